extension Group {
    /// The root x ≥ 0 of Σ (gᵢ + bᵢx)₊ = sum, where no gap gᵢ is above 0 and one is 0, and all slopes bᵢ are
    /// positive.
    ///
    /// By Newton's method from a bound above the root. The sum is convex and piecewise linear, so the steps
    /// descend, each of them makes elements inactive, and they end with the exact root after finitely many,
    /// in practice few; at most one for each element, and one that finds the root unchanged. Gaps below the largest number keep the precision that a threshold itself would lose
    /// where numbers are much larger than the sum. Source: Michelot, "A finite algorithm for finding the
    /// projection of a point onto the canonical simplex of ℝⁿ", 1986.
    @inline(__always)
    func hingeRoot(
        sum: Double, below start: Double, _ hinge: (Int) -> (gap: Double, slope: Double)
    ) -> NewtonRoot {
        var root = NewtonRoot(value: start)
        while root.steps <= size {
            root.steps += 1
            var gaps = 0.0
            var slopes = 0.0
            forEach { element in
                let (gap, slope) = hinge(element)
                if gap + slope * root.value > 0 {
                    gaps += gap
                    slopes += slope
                }
            }
            let next = (sum - gaps) / slopes
            if !(next < root.value) { break }
            root.value = next
        }
        return root
    }
}

extension MutableWeights {
    /// Moves a group to the nearest point of the simplex, pᵢ = (zᵢ − μtᵢ)₊ with Σ pᵢ = total, or its
    /// magnitudes to theirs.
    ///
    /// With the largest zᵢ/tᵢ, that of element k, pᵢ = gᵢ + tᵢx for gᵢ = zᵢ − tᵢ·zₖ/tₖ: products of two
    /// Floats are exact in Double, so the difference loses nothing. Returns the number of steps.
    @inline(__always)
    @discardableResult
    mutating func projectOntoSimplex(
        _ group: Group, total: Double, ofMagnitudes: Bool, scale: (Int) -> Double
    ) -> Int {
        func coordinate(_ element: Int) -> Double {
            let weight = weights.bounded(element)
            return ofMagnitudes ? abs(weight) : weight
        }
        var (largest, top, topScale) = (-Double.infinity, 0.0, 1.0)
        group.forEach { element in
            let (weight, scale) = (coordinate(element), scale(element))
            if weight / scale > largest { (largest, top, topScale) = (weight / scale, weight, scale) }
        }
        func hinge(_ element: Int) -> (gap: Double, slope: Double) {
            let scale = scale(element)
            return (min(0, (coordinate(element) * topScale - top * scale) / topScale), scale)
        }
        let root = group.hingeRoot(sum: total, below: total / topScale, hinge)
        group.forEach { element in
            let (gap, slope) = hinge(element)
            let point = Float(max(0, gap + slope * root.value))
            self[element] = point == 0 ? 0 : ofMagnitudes && self[element] < 0 ? -point : point
        }
        return root.steps
    }
}
