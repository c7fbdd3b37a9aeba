extension MutableWeights {
    /// Moves a group to the nearest point of the simplex in the metric of the scales: pᵢ = (zᵢ − μtᵢ)₊ with Σ pᵢ =
    /// total.
    ///
    /// With `ofMagnitudes` it moves the magnitudes, and the signs stay. With the element k of the largest zₖ/tₖ, pᵢ =
    /// gᵢ + tᵢx for gᵢ = zᵢ − tᵢ·zₖ/tₖ: products of two Floats are exact in Double, so that the difference loses
    /// nothing. Returns the number of Newton steps.
    @inline(__always)
    mutating func projectOntoSimplex(
        _ group: Group, total: Double, ofMagnitudes: Bool, scale: (Int) -> Double
    ) -> Int {
        func coordinate(_ element: Int) -> Double {
            let weight = Double(self[element])
            return ofMagnitudes ? abs(weight) : weight
        }
        var (largest, top, topScale) = (-Double.infinity, 0.0, 1.0)
        group.forEach { element in
            let (weight, scale) = (coordinate(element), scale(element))
            let ratio = weight / scale
            if ratio > largest { (largest, top, topScale) = (ratio, weight, scale) }
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
