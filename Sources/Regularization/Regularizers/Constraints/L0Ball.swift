/// The constraint that each group has at most k elements that are not zero: hard sparsity.
///
///     R(w) = 0 if every group g has at most k elements that are not 0, else ∞
///
/// - Shape: one that the groups divide.
/// - Gradient: not offered; use it as a proximal step.
/// - Proximal point: the projection, whatever the scale: the k elements with the largest magnitudes stay, bit for bit,
///   and the others become zero; of equal magnitudes the first stay.
/// - Metric: diagonal; the elements with the largest wᵢ²/tᵢ stay. Elements with tᵢ = 0 come before all others, those
///   with the largest magnitudes first.
/// - Composition: positively homogeneous, monotone in the magnitudes, a sum over its groups, and the same for
///   every order of a group's elements; depends on the support alone and keeps the largest; not convex.
/// - Edge cases: NaN counts as the largest magnitude and infinity as the next, and both stay also where there are more
///   than k; k = 0 makes zeros of the others; groups of at most k elements stay.
/// - Complexity: O(n), at most nine passes, by radix selection: without memory on the heap, and independent of
///   the order of the elements.
/// - Source: Blumensath, Davies, "Iterative Thresholding for Sparse Approximations", 2008.
public struct L0Ball: MetricProximalRegularizer, Hashable, Codable {
    /// The division of the elements into groups.
    public let groups: Groups
    /// The largest number k of nonzero elements in a group.
    public let count: Int

    /// Makes the constraint of at most `count` nonzero elements in each group; traps if the count is negative.
    public init(_ groups: Groups = .whole, count: Int) { self = trapping(try Self(checking: groups, count)) }

    /// Reads `count` and, where they are given, `groups`; throws a `DecodingError` if the count is negative.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self = try values.checked(
            Self(checking: values.decode(.groups, default: .whole), values.decode(.count)))
    }

    private init(checking groups: Groups, _ count: Int) throws(ArgumentError) {
        self.groups = try groups.checked()
        guard count >= 0 else {
            throw ArgumentError("The number of nonzero elements is 0 or more, not \(count).", at: "count")
        }
        self.count = count
    }

    /// `L0Ball(rows, count 3)`.
    public var name: String { "L0Ball(\(groups), count \(count))" }

    /// `.grouped` by its groups, since each of them is constrained by itself.
    public var structure: Structure { .grouped(groups) }

    /// Positively homogeneous, monotone in magnitudes and the same for every order of a group's elements; it depends on
    /// the support alone, keeps the largest elements, and treats groups of one size alike.
    public var properties: CompositionProperties {
        [
            .positivelyHomogeneous, .monotoneInMagnitudes, .permutationInvariant, .keepingLargest,
            .supportOnly, .groupsAlike,
        ]
    }

    /// Accepts the shapes that the groups divide.
    public func check(_ shape: Shape) throws { try groups.check(shape) }

    /// 0 where the constraint holds, else infinite, as where an element is; NaN where one is NaN.
    public func value(at weights: Weights) -> Double {
        guard weights.isFinite else { return weights.valueOfNonfinite }
        return weights.sum(over: groups) { group in
            var nonzeros = 0
            group.forEach { element in nonzeros += weights[element] == 0 ? 0 : 1 }
            return nonzeros <= count ? 0 : .infinity
        }
    }

    /// Keeps the k largest magnitudes of every group, in a diagonal metric the k largest wᵢ²/tᵢ.
    public func applyProx(to weights: inout MutableWeights, scales: Scales) {
        require(weights.count == scales.count, "The weights and the scales differ in count.")
        if scales.uniform != nil {
            return weights.forEach(of: groups) { group, weights in
                weights.keep(count, of: group) { weight, _ in UInt64(weight.magnitude.bitPattern) << 32 }
            }
        }
        weights.forEach(of: groups) { group, weights in
            weights.keep(count, of: group) { weight, element in
                let magnitude = Double(weight.magnitude)
                let scale = Double(min(scales[element], .greatestFiniteMagnitude))
                if magnitude == 0 { return 0 }
                // The sign bit of a Double of 0 or more is free to mark the elements that come first.
                return scale == 0
                    ? 1 << 63 | magnitude.bitPattern : (magnitude * magnitude / scale).magnitude.bitPattern
            }
        }
    }
}

extension MutableWeights {
    /// Makes zeros of all elements of a group but the `count` with the largest keys; of equal keys the first stay.
    ///
    /// The smallest key that stays is found byte by byte, from the highest one: each pass counts the bytes of the keys
    /// that begin with the bytes found so far.
    @inline(__always)
    fileprivate mutating func keep(_ count: Int, of group: Group, key: (Float, Int) -> UInt64) {
        if group.size <= count { return }
        var prefix: UInt64 = 0
        var isPrefix: UInt64 = 0
        var remaining = count
        for shift in stride(from: 56, through: 0, by: -8) where remaining > 0 {
            var counts = InlineArray<256, Int>(repeating: 0)
            group.forEach { element in
                let key = key(self[element], element)
                if key & isPrefix == prefix {
                    counts[Int(truncatingIfNeeded: key >> UInt64(shift)) & 255] += 1
                }
            }
            var byte = 255
            while counts[byte] < remaining {
                remaining -= counts[byte]
                byte -= 1
            }
            prefix |= UInt64(byte) << UInt64(shift)
            isPrefix |= 255 << UInt64(shift)
            if counts[byte] == remaining { break }
        }
        group.forEach { element in
            let weight = self[element]
            let key = key(weight, element) & isPrefix
            if remaining > 0 && key == prefix {
                remaining -= 1
            } else if key <= prefix && weight.isFinite && weight != 0 {
                self[element] = 0
            }
        }
    }
}
