/// The constraint that at most k groups are not zero: hard sparsity of whole groups.
///
///     R(w) = 0 if at most k groups g have an element that is not 0, else ∞
///
/// - Shape: one that the groups divide.
/// - Gradient: not offered; use it as a proximal step.
/// - Proximal point: the projection, whatever the scale: the k groups with the largest norms stay, bit for bit, and the
///   others become zero; of equal norms the first stay.
/// - Metric: diagonal; the groups with the largest Σ wᵢ²/tᵢ stay. Groups with an element ≠ 0 at tᵢ = 0 come before all
///   others, in the order of the sum of the squares of such elements.
/// - Composition: positively homogeneous, a nondecreasing function of its groups' norms, though not a sum; depends
///   on the support alone; not convex.
/// - Edge cases: a group with NaN or infinity counts as the largest, and stays also where there are more than k; k = 0
///   makes zeros of the others; where there are at most k groups all stay, and so do elements in no group.
/// - Complexity: O(n) and a sort of the groups, with memory for two numbers for each of them.
/// - Source: Baraniuk, Cevher, Duarte, Hegde, "Model-Based Compressive Sensing", 2010, on block
///   sparsity.
public struct GroupL0Ball: MetricProximalRegularizer, Hashable, Codable {
    /// The division of the elements into groups.
    public let groups: Groups
    /// The largest number k of groups that are not zero.
    public let count: Int

    /// Makes the constraint of at most `count` groups that are not zero; traps if the count is negative.
    public init(_ groups: Groups, count: Int) { self = trapping(try Self(checking: groups, count)) }

    /// Reads `groups` and `count`; throws a `DecodingError` if the count is negative.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self = try values.checked(Self(checking: values.decode(.groups), values.decode(.count)))
    }

    private init(checking groups: Groups, _ count: Int) throws(ArgumentError) {
        self.groups = try groups.checked()
        guard count >= 0 else {
            throw ArgumentError(
                "The number of groups that are not zero is 0 or more, not \(count).", at: "count")
        }
        self.count = count
    }

    /// `GroupL0Ball(rows, count 3)`.
    public var name: String { "GroupL0Ball(\(groups), count \(count))" }

    /// `.normwise` on its groups, since it depends on how many norms are not zero.
    public var structure: Structure { .normwise(groups) }

    /// Positively homogeneous and monotone in magnitudes; it depends on the support alone.
    public var properties: CompositionProperties {
        [.positivelyHomogeneous, .monotoneInMagnitudes, .supportOnly]
    }

    /// Accepts the shapes that the groups divide.
    public func check(_ shape: Shape) throws { try groups.check(shape) }

    /// 0 where the constraint holds, else infinite, as where an element of a group is; NaN where one is NaN.
    public func value(at weights: Weights) -> Double {
        let nonzeros = weights.sum(over: groups) { group in
            let norm = weights.norm(of: group)
            return norm.isFinite ? (norm == 0 ? 0 : 1) : norm
        }
        return nonzeros.isNaN ? .nan : nonzeros <= Double(count) ? 0 : .infinity
    }

    /// Keeps the k groups with the largest Σ wᵢ²/tᵢ, where the scales are uniform those with the largest norms.
    public func applyProx(to weights: inout MutableWeights, scales: Scales) {
        require(weights.count == scales.count, "The weights and the scales differ in count.")
        keepLargest(of: &weights) { scales.uniform == nil ? scales[$0] : 1 }
    }

    private func keepLargest(of weights: inout MutableWeights, scale: (Int) -> Float) {
        let shape = weights.shape
        if groups.count(in: shape) <= count { return }
        var gains: [UInt64] = []
        for index in 0..<groups.count(in: shape) {
            gains.append(weights.readOnly.gain(of: groups.group(index, in: shape), scale))
        }
        let order = gains.indices.sorted { gains[$0] == gains[$1] ? $0 < $1 : gains[$0] > gains[$1] }
        for index in order[count...] where gains[index] != .max {
            weights.fill(groups.group(index, in: shape), with: 0)
        }
    }
}

extension Weights {
    /// Σ wᵢ²/tᵢ of a group, twice what the objective gains if the group stays, as a key to sort by.
    ///
    /// The key has the bits of the sum, which are in the order of the numbers; with NaN or infinity it is the largest
    /// integer.
    fileprivate func gain(of group: Group, _ scale: (Int) -> Float) -> UInt64 {
        var (gain, fixed) = (0.0, 0.0)
        group.forEach { element in
            let square = Double(self[element]) * Double(self[element])
            let scale = Double(min(scale(element), .greatestFiniteMagnitude))
            if scale == 0 { fixed += square } else { gain += square / scale }
        }
        if !(gain + fixed).isFinite { return .max }
        // The sign bit of a Double of 0 or more is free to mark the groups that come first.
        return fixed > 0 ? 1 << 63 | fixed.bitPattern : gain.bitPattern
    }
}
