/// A regularizer at work: what (the regularizer), where (the filter), how much (the strength) and when (the
/// stage).
///
///     .lossTerm(Orthogonality(), strength: .warmUp(to: 1e-2, over: 1_000), on: .named("fully.*.weight"))
///     .proximalStep(L1() + GroupLasso(.columns), strength: 3e-4)
///
/// Nothing is checked here; `regularized(by:over:)` and `PenaltyPlan` check every penalty against the
/// parameters before the first step. A module with a `Penalty` of its own reaches this one as
/// `Regularization.Penalty`.
public struct Penalty: Sendable {
    /// When in a training step a penalty acts.
    public enum Stage: String, Sendable, Hashable, Codable {
        /// Its value joins the loss and its gradient the gradients, before the optimizer's update.
        case lossTerm
        /// The weights move to the proximal point after the optimizer's update.
        case proximalStep
    }

    /// The regularizer.
    public let regularizer: any Regularizer
    /// When in a training step the penalty acts.
    public let stage: Stage
    /// The factor of the regularizer at each training step.
    public let strength: Schedule
    /// The parameters that the penalty applies to.
    public let filter: ParameterFilter
    /// The metric of the proximal step; `.optimizer`, and without effect, for a loss term.
    public let metric: ProximalMetric
    /// The name in plans, contributions and errors; the regularizer's unless given.
    public let label: String
    /// The factor of the strength for each parameter.
    public private(set) var scaling = ParameterScaling.one

    /// The gradient of strength · R joins the gradients, its value the loss.
    public static func lossTerm(
        _ regularizer: some DifferentiableRegularizer, strength: Schedule = 1,
        on filter: ParameterFilter = .weights, label: String? = nil
    ) -> Penalty {
        Penalty(
            regularizer: regularizer, stage: .lossTerm, strength: strength, filter: filter,
            metric: .optimizer, label: label ?? regularizer.name)
    }

    /// The same with a strength that is computed.
    @_disfavoredOverload
    public static func lossTerm(
        _ regularizer: some DifferentiableRegularizer, strength: some BinaryFloatingPoint,
        on filter: ParameterFilter = .weights, label: String? = nil
    ) -> Penalty {
        lossTerm(regularizer, strength: .constant(Double(strength)), on: filter, label: label)
    }

    /// After each update the weights move to the proximal point of step size · strength · R.
    public static func proximalStep(
        _ regularizer: some ProximalRegularizer, strength: Schedule = 1,
        on filter: ParameterFilter = .weights, metric: ProximalMetric = .optimizer, label: String? = nil
    ) -> Penalty {
        Penalty(
            regularizer: regularizer, stage: .proximalStep, strength: strength, filter: filter,
            metric: metric, label: label ?? regularizer.name)
    }

    /// The same with a strength that is computed.
    @_disfavoredOverload
    public static func proximalStep(
        _ regularizer: some ProximalRegularizer, strength: some BinaryFloatingPoint,
        on filter: ParameterFilter = .weights, metric: ProximalMetric = .optimizer, label: String? = nil
    ) -> Penalty {
        proximalStep(
            regularizer, strength: .constant(Double(strength)), on: filter, metric: metric, label: label)
    }
}

extension Penalty {
    /// The same penalty with its strength multiplied by a factor for each parameter, in place of any earlier scaling.
    public func scaled(by scaling: ParameterScaling) -> Penalty {
        var penalty = self
        penalty.scaling = scaling
        return penalty
    }
}

/// The metric in which a proximal step measures how far weights move.
public enum ProximalMetric: String, Sendable, Hashable {
    /// The metric of the optimizer's own step: under Adam each weight has its own threshold, and weights
    /// become exactly zero.
    case optimizer
    /// The plain step size, learning rate × strength, for every weight: decoupled weight decay with
    /// `SquaredL2`; with L1 under Adam it leaves almost no zeros.
    case euclidean
}
