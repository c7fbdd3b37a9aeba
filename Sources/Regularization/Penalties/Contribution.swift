/// What one penalty adds at some weights, reported apart from the data loss and from other penalties.
public struct Contribution: Sendable, Hashable, Codable {
    /// The penalty's label.
    public let label: String
    /// When in a training step it acts.
    public let stage: Penalty.Stage
    /// The strength at this step.
    public let strength: Double
    /// R(w) summed over the tensors that the penalty applies to, at unit strength.
    public let value: Double
    /// strength · R(w), what the penalty adds to the minimised sum.
    public var weightedValue: Double { strength * value }
    /// strength · ‖∇R(w)‖ over those tensors; nil if the regularizer has no gradient.
    public let gradientNorm: Double?
    /// The number of weights that are exactly zero, of `count`.
    public let exactZeros: Int
    /// The number of weights that the penalty applies to.
    public let count: Int
    /// The number of groups of which every weight is exactly zero; nil if the regularizer has no groups.
    public let deadGroups: Int?
}
