/// What one penalty adds at some weights, reported apart from the data loss and from other penalties.
///
/// An `ActivityPenalty` is one on the outputs of layers on the last training batch of n samples instead: read
/// R(w) as R(h)/n, and a weight as an output.
public struct Contribution: Sendable, Hashable, Codable {
    /// When in a training step a penalty acts, of whatever kind it is.
    public enum Stage: String, Sendable, Hashable, Codable {
        /// As `Penalty.Stage.lossTerm`.
        case lossTerm
        /// As `Penalty.Stage.decay`.
        case decay
        /// As `Penalty.Stage.proximalStep`.
        case proximalStep
        /// The gradient of an `ActivityPenalty` joins that of a layer's outputs, in the model's backward pass.
        case activity
    }

    /// The penalty's label.
    public let label: String
    /// When in a training step it acts.
    public let stage: Stage
    /// The strength at this step.
    public let strength: Double
    /// R(w) summed over the views that the penalty acts on, at unit strength; what loss terms on views that overlap share
    /// counts in each.
    public let value: Double
    /// strength · R(w), what the penalty adds to the minimized sum; 0 at strength 0, also outside of a constraint.
    ///
    /// Of a decay it is ½λ‖w‖², which an optimizer with momentum or step sizes of its own does not minimize as a term of a sum.
    public var weightedValue: Double { strength.times(value) }
    /// strength · ‖∇R(w)‖ over those views; nil if the regularizer has no gradient.
    public let gradientNorm: Double?
    /// The number of weights that are exactly zero, of `count`.
    public let exactZeros: Int
    /// The number of weights that the penalty acts on, each counted once.
    public let count: Int
    /// The number of groups of which every weight is exactly zero, such as units in a view of units; nil if the regularizer
    /// has none.
    public let deadGroups: Int?
}

extension Contribution.Stage {
    init(_ stage: Penalty.Stage) {
        switch stage {
        case .lossTerm: self = .lossTerm
        case .decay: self = .decay
        case .proximalStep: self = .proximalStep
        }
    }
}
