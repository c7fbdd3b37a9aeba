/// The effect of one penalty at given weights, reported apart from the data loss and from other penalties.
///
/// For an `ActivityPenalty` it is the effect on the outputs h of layers in the last training batch of n samples: read
/// R(w) as R(h)/n, and a weight as an output.
public struct Contribution: Sendable, Hashable, Codable {
    /// The stage of a training step in which a penalty acts, for penalties of every kind.
    public enum Stage: String, Sendable, Hashable, Codable {
        /// The stage `Penalty.Stage.lossTerm`.
        case lossTerm
        /// The stage `Penalty.Stage.decay`.
        case decay
        /// The stage `Penalty.Stage.proximalStep`.
        case proximalStep
        /// The model's backward pass, in which the gradient of an `ActivityPenalty` joins that of a layer's outputs.
        case activity
    }

    /// The label of the penalty.
    public let label: String
    /// The stage of a training step in which the penalty acts.
    public let stage: Stage
    /// The strength at the step of the report, before strength factors.
    public let strength: Double
    /// The value of the penalty at strength 1: R(w) times the strength factor, summed over the views that the penalty
    /// acts on.
    ///
    /// Where views of a loss term overlap, the elements that they share count in each.
    public let value: Double
    /// The summand that the penalty adds to the minimized sum, strength · value; 0 at strength 0, also outside of a
    /// constraint.
    ///
    /// For a decay it is ½λ‖w‖², which is no summand that an optimizer with momentum or with a step size for each
    /// weight minimizes.
    public var weightedValue: Double { strength.times(value) }
    /// The norm of the penalty's gradient, strength · ‖∇R(w)‖ over those views; nil if the regularizer has no
    /// gradient.
    public let gradientNorm: Double?
    /// The number of weights, among `count`, that are exactly zero.
    public let exactZeros: Int
    /// The number of weights that the penalty acts on, each counted once.
    public let count: Int
    /// The number of groups whose weights are all exactly zero, such as units in a view of units.
    ///
    /// It is nil if the regularizer has no groups.
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
