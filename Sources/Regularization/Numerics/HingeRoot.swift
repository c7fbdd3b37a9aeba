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

    init(limit: Int) { self.limit = limit }

    /// Whether the memory holds all active hinges.
    var areKnown: Bool { count > 0 && count <= limit }

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
