/// A regularizer at work: what (the regularizer), where (the filter), how much (the strength) and when (the
/// stage).
///
///     .lossTerm(Orthogonality(), strength: .warmUp(to: 1e-2, over: 1_000), on: .named("fully.*.weight"))
///     .proximalStep(L1() + GroupLasso(.columns), strength: 3e-4)
///     .proximalStep(
///         UnitGroupLasso(), strength: 3e-4,
///         on: .named("fully.0.weight"), .named("fully.0.bias"), .named("fully.1.weight"))
///
/// A regularizer of one tensor applies to each that the filter selects. A coupled one has a filter for each of its
/// tensors, which select equally many: it applies to the first of each, to the second of each, and so on.
///
/// Nothing is checked here; `regularized(by:over:)` and `PenaltyPlan` check every penalty against the
/// parameters before the first step. A module with a `Penalty` of its own reaches this one as
/// `Regularization.Penalty`.
public struct Penalty: Sendable {
    /// When in a training step a penalty acts.
    public enum Stage: String, Sendable, Hashable, Codable, CaseIterable {
        /// Its value joins the loss and its gradient the gradients, before the optimizer's update.
        case lossTerm
        /// The weights move to the proximal point after the optimizer's update.
        case proximalStep
    }

    /// A regularizer of one tensor, or of several at once.
    public enum Subject: Sendable {
        /// Applied to each tensor that the filter selects.
        case tensor(any Regularizer)
        /// Applied to the first tensors that each filter selects, to the second ones, and so on.
        case coupled(any CoupledRegularizer)
    }

    /// The regularizer.
    public let subject: Subject
    /// When in a training step the penalty acts.
    public let stage: Stage
    /// The factor of the regularizer at each training step.
    public let strength: Schedule
    /// The parameters that the penalty applies to; one filter, or for a coupled regularizer one for each of its tensors.
    public let filters: [ParameterFilter]
    /// The metric of the proximal step; `.optimizer`, and without effect, for a loss term.
    public let metric: ProximalMetric
    /// The name in plans, contributions and errors; the regularizer's unless given.
    public let label: String
    /// The factor of the strength for each parameter.
    public internal(set) var scaling = ParameterScaling.one

    /// The gradient of strength · R joins the gradients, its value the loss.
    public static func lossTerm(
        _ regularizer: some DifferentiableRegularizer, strength: Schedule = 1,
        on filter: ParameterFilter = .weights, label: String? = nil
    ) -> Penalty {
        Penalty(
            subject: .tensor(regularizer), stage: .lossTerm, strength: strength, filters: [filter],
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
            subject: .tensor(regularizer), stage: .proximalStep, strength: strength, filters: [filter],
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

extension Penalty {
    /// The regularizer, if it is one of one tensor.
    public var regularizer: (any Regularizer)? {
        if case .tensor(let regularizer) = subject { regularizer } else { nil }
    }
}

/// The metric in which a proximal step measures how far weights move.
public enum ProximalMetric: String, Sendable, Hashable, Codable, CaseIterable {
    /// The metric of the optimizer's own step: under Adam each weight has its own threshold, and weights
    /// become exactly zero.
    case optimizer
    /// The plain step size, learning rate × strength, for every weight: decoupled weight decay with
    /// `SquaredL2`; with L1 under Adam it leaves almost no zeros.
    case euclidean
}
