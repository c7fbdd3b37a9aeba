/// Mathematical properties that an author states of a regularizer beyond its structure; exact composition relies on
/// them.
public struct CompositionProperties: OptionSet, Sendable, Hashable {
    /// The properties as bits.
    public let rawValue: Int

    /// Makes a set of properties from its bits.
    public init(rawValue: Int) {
        self.rawValue = rawValue
    }

    /// R(λv + (1−λ)w) ≤ λR(v) + (1−λ)R(w) for all v, w and 0 ≤ λ ≤ 1.
    public static let convex = CompositionProperties(rawValue: 1 << 0)
    /// R(c·w) = c·R(w) for every c ≥ 0.
    public static let positivelyHomogeneous = CompositionProperties(rawValue: 1 << 1)
    /// R(v) ≤ R(w) wherever |vᵢ| ≤ |wᵢ| for all i; so signs do not matter.
    public static let monotoneInMagnitudes = CompositionProperties(rawValue: 1 << 2)
    /// R stays the same when elements of one group are exchanged, or any elements if the structure has no groups.
    public static let permutationInvariant = CompositionProperties(rawValue: 1 << 3)
    /// R(v + w) = R(v) + R(w) wherever one order sorts both v and w, as for total variation.
    public static let linearInOrder = CompositionProperties(rawValue: 1 << 4)
    /// R(v + w) = R(v) + R(w) wherever v and w have the same signs and one order sorts the magnitudes of both, as for
    /// the largest magnitude.
    public static let linearInOrderOfMagnitudes = CompositionProperties(rawValue: 1 << 5)
    /// The proximal point limits the elements of each group, or all if the structure has no groups, to one interval.
    ///
    /// So in every diagonal metric pᵢ = min(max(wᵢ, a), b), where a and b may depend on the weights, as for the largest
    /// magnitude.
    public static let clamping = CompositionProperties(rawValue: 1 << 6)
    /// The proximal point keeps the largest elements of each group, or of all if the structure has no groups.
    ///
    /// These stay as they are, and the others become zero. How many stay depends on the group alone, not on weights and
    /// scales. In a diagonal metric the elements with the largest wᵢ²/tᵢ stay.
    public static let keepingLargest = CompositionProperties(rawValue: 1 << 7)
    /// R(v) = R(w) wherever the same elements of v and w are zero, as for the count of nonzero elements.
    public static let supportOnly = CompositionProperties(rawValue: 1 << 8)
    /// R treats all groups of one size by one function: what a group adds depends on its elements, not on its index.
    ///
    /// So where rows are the groups, a few rows can be moved without the others, while they are in cache.
    public static let groupsAlike = CompositionProperties(rawValue: 1 << 9)
}
