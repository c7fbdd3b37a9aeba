extension Group {
    /// The root x ≥ 0 of Σ (gᵢ + bᵢx)₊ = sum over a group, with gaps gᵢ ≤ 0, of which one is 0, and slopes bᵢ > 0.
    ///
    /// An element with gᵢ = bᵢ = 0 takes no part. The root is found by Newton's method from `start`, a bound above
    /// the root. The sum is convex and piecewise linear, so that the steps descend, each of them makes elements
    /// inactive, and they end with the exact root after at most one step for each element and one more, in practice
    /// few. An inactive element stays inactive: as soon as the active ones fit into scratch memory, a step visits
    /// them alone. Gaps below the largest number keep the precision that a threshold itself would lose where the
    /// numbers are much larger than the sum.
    ///
    /// Source: Michelot, "A finite algorithm for finding the projection of a point onto the canonical simplex of ℝⁿ",
    /// 1986.
    @inline(__always)
    func hingeRoot(
        sum: Double, below start: Double, _ hinge: (Int) -> (gap: Double, slope: Double)
    ) -> NewtonRoot {
        withDoubleScratch { scratch in
            var root = NewtonRoot(value: start)
            var active = ActiveHinges(limit: scratch.count / 2)
            while root.steps <= size {
                root.steps += 1
                if active.areKnown {
                    active.remain(at: root.value, &scratch)
                } else {
                    active.clear()
                    forEach { element in
                        let (gap, slope) = hinge(element)
                        if gap + slope * root.value > 0 { active.append(gap, slope, &scratch) }
                    }
                }
                let next = (sum - active.gaps) / active.slopes
                if !(next < root.value) { break }
                root.value = next
            }
            return root
        }
    }
}

/// The hinges gᵢ + bᵢx that are active, above 0, at a point: their sums, and as many of them as fit into memory.
private struct ActiveHinges {
    private(set) var gaps = 0.0
    private(set) var slopes = 0.0
    private var count = 0
    private let limit: Int
    private var isEmpty = true

    init(limit: Int) { self.limit = limit }

    /// Whether the memory holds all active hinges.
    var areKnown: Bool { !isEmpty && count <= limit }

    mutating func clear() { self = ActiveHinges(limit: limit) }

    @inline(__always)
    mutating func append(_ gap: Double, _ slope: Double, _ memory: inout MutableSpan<Double>) {
        gaps += gap
        slopes += slope
        if count < limit {
            memory[2 * count] = gap
            memory[2 * count + 1] = slope
        }
        count += 1
        isEmpty = false
    }

    /// Drops the hinges that are not active at a lower point.
    mutating func remain(at point: Double, _ memory: inout MutableSpan<Double>) {
        let before = count
        clear()
        for index in 0..<before {
            let (gap, slope) = (memory[2 * index], memory[2 * index + 1])
            if gap + slope * point > 0 { append(gap, slope, &memory) }
        }
    }
}

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
            let weight = bounded(element)
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
