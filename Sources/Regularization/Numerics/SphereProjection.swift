extension MutableWeights {
    /// Moves a group to the point of the sphere ‖p‖ = radius that minimizes Σ (pᵢ − zᵢ)²/(2tᵢ).
    ///
    /// Stationarity gives pᵢ = zᵢ/(1 + tᵢc), and the point is the minimizer iff c ≥ −1/T with the largest scale T. In
    /// u = 1 + Tc ≥ 0 and the ratios ρᵢ = tᵢ/T that is pᵢ = zᵢ/(1 − ρᵢ + ρᵢu), whose norm falls from u = 0 on, so
    /// that the root of ‖p‖ = radius is unique. If all elements with scale T are 0, the norm may stay below the
    /// radius even at u = 0: the minimizers then share what is missing among these elements, in any way; here the
    /// first one gets all of it. If ‖z‖ is above the radius, u > 1, and p is the projection onto the ball too.
    ///
    /// 1/‖p‖ is concave in u, so that Newton's method on 1/radius − 1/‖p‖ rises monotonically from any lower bound.
    /// Returns the number of Newton steps. Source: Moré, Sorensen, "Computing a trust region step", 1983.
    @inline(__always)
    mutating func projectOntoSphere(_ group: Group, radius: Double, scale: (Int) -> Double) -> Int {
        var largest = 0.0
        group.forEach { element in largest = max(largest, scale(element)) }
        var (steepest, others, sum) = (0.0, 0.0, 0.0)
        group.forEach { element in
            let (weight, ratio) = (Double(self[element]), scale(element) / largest)
            sum += weight * weight
            if ratio == 1 {
                steepest += weight * weight
            } else {
                others += weight * weight / ((1 - ratio) * (1 - ratio))
            }
        }
        var missing = 0.0
        var root = NewtonRoot(value: 0)
        if steepest == 0 && others <= radius * radius {
            missing = (radius * radius - others).squareRoot()
        } else {
            root = sphereRoot(
                group, radius: radius, largest: largest, scale: scale,
                above: max(
                    steepest.squareRoot() / radius, sum > radius * radius ? sum.squareRoot() / radius : 0))
        }
        group.forEach { element in
            let ratio = scale(element) / largest
            if missing > 0 && ratio == 1 {
                self[element] = Float(missing)
                missing = 0
            } else if self[element] != 0 {
                let point = Float(Double(self[element]) / (1 - ratio + ratio * root.value))
                self[element] = point == 0 ? 0 : point
            }
        }
        return root.steps
    }

    /// The root u of ‖p‖ = radius, by Newton's method from a lower bound.
    @inline(__always)
    private func sphereRoot(
        _ group: Group, radius: Double, largest: Double, scale: (Int) -> Double, above start: Double
    ) -> NewtonRoot {
        var root = NewtonRoot(value: start)
        while root.steps < 100 {
            root.steps += 1
            var squares = 0.0
            var cubes = 0.0
            group.forEach { element in
                let weight = Double(self[element])
                if weight == 0 { return }
                let ratio = scale(element) / largest
                let inverse = 1 / (1 - ratio + ratio * root.value)
                let square = weight * inverse * weight * inverse
                squares += square
                cubes += square * inverse * ratio
            }
            let excess = squares.squareRoot() / radius - 1
            let next = root.value + excess * squares / cubes
            if !(next > root.value) { break }
            root.value = next
            if excess < 1e-8 { break }
        }
        return root
    }
}
