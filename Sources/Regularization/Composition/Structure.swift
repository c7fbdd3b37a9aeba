/// The form of a regularizer, which decides with what its proximal point composes exactly.
public enum Structure: Sendable, Hashable {
    /// Nothing is known; composes with squared L2 alone.
    case unknown
    /// A sum of functions of one element each.
    case elementwise
    /// A sum over the groups of a nondecreasing function of each group's L2 norm.
    case radial(Groups)
    /// coefficient · ½‖w‖²: folds into every other proximal point.
    case ridge(Double)
}

/// What an author states of a regularizer beyond its structure; composition relies on it.
public struct CompositionProperties: OptionSet, Sendable, Hashable {
    /// The bits.
    public let rawValue: Int

    /// Makes a set from its bits.
    public init(rawValue: Int) {
        self.rawValue = rawValue
    }

    /// R(λx + (1−λ)y) ≤ λR(x) + (1−λ)R(y).
    public static let convex = CompositionProperties(rawValue: 1 << 0)
    /// R(c·w) = c·R(w) for every c ≥ 0.
    public static let positivelyHomogeneous = CompositionProperties(rawValue: 1 << 1)
}
