/// A regularizer with the view that it acts on, the strength that it has and the stage of a training step at which it
/// acts.
///
///     .lossTerm(Orthogonality(), strength: .warmUp(to: 1e-2, over: 1_000), on: .named("fully.*.weight"))
///     .proximalStep(L1() + GroupLasso(.columns), strength: 3e-4)
///     .proximalStep(GroupLasso(.rows), strength: 3e-4, on: network.units[0])
///
/// A filter is the simplest view: the regularizer applies to each tensor that it selects. Other views make one tensor
/// of several, see `WeightsView`.
///
/// Nothing is checked here; `regularized(by:over:)` and `PenaltyPlan` check every penalty against the
/// parameters before the first step. A module with a `Penalty` of its own reaches this one as
/// `Regularization.Penalty`.
public struct Penalty: Sendable {
    /// The stage of a training step at which a penalty acts.
    public enum Stage: String, Sendable, Hashable, Codable, CaseIterable {
        /// The value is added to the loss and the gradient to the gradients, before the optimizer's update.
        case lossTerm
        /// The weights are multiplied by 1 − learning rate × strength before the optimizer's update: decoupled weight
        /// decay.
        case decay
        /// The weights are moved to the proximal point after the optimizer's update.
        case proximalStep
    }

    /// The regularizer R, at unit strength.
    public let regularizer: any Regularizer
    /// The stage of a training step at which the penalty acts.
    public let stage: Stage
    /// The number by which R is multiplied at each training step, 0 or more.
    public let strength: Schedule
    /// The view that selects the tensors on which the penalty acts.
    public let view: ParameterView
    /// The metric of the proximal step; `.optimizer`, and without effect, for the other stages.
    public let metric: ProximalMetric
    /// The name in plans, contributions and errors; the regularizer's unless given.
    public let label: String
    /// The factor for the strength on each view, 1 unless `multiplyingStrength(by:)` gave another.
    public internal(set) var strengthFactor = StrengthFactor.one

    /// Adds the gradient of strength · R to the gradients, and its value to the loss.
    public static func lossTerm(
        _ regularizer: some DifferentiableRegularizer, strength: some ScheduleConvertible = 1.0,
        on view: some WeightsView = .weights, label: String? = nil
    ) -> Penalty {
        Penalty(
            regularizer: regularizer, stage: .lossTerm, strength: strength.schedule, view: view.view,
            metric: .optimizer, label: label ?? regularizer.name)
    }

    /// Multiplies the weights by 1 − η · strength before each update of learning rate η, whatever the optimizer's
    /// metric.
    ///
    ///     .decay(1e-2)        .decay(.cosine(from: 1e-2, to: 0, over: 10_000), on: .all)
    ///
    /// This is decoupled weight decay, as PyTorch's `AdamW`, optax and Keras have it. Under SGD without momentum it is
    /// the same as `SquaredL2` of the same strength as a loss term; under other optimizers it is another method, since
    /// the gradient of a loss term goes through their averages and divisions. The value that is reported is ½‖w‖².
    ///
    /// - Source: Loshchilov, Hutter, "Decoupled Weight Decay Regularization", 2019. Their λ shrinks by a schedule of
    ///   its own, not by the learning rate: divide it by the learning rate.
    public static func decay(
        _ strength: some ScheduleConvertible, on view: some WeightsView = .weights, label: String = "decay"
    ) -> Penalty {
        Penalty(
            regularizer: SquaredL2(), stage: .decay, strength: strength.schedule, view: view.view,
            metric: .optimizer, label: label)
    }

    /// Moves the weights to the proximal point of step size · strength · R after each update.
    public static func proximalStep(
        _ regularizer: some ProximalRegularizer, strength: some ScheduleConvertible = 1.0,
        on view: some WeightsView = .weights, metric: ProximalMetric = .optimizer, label: String? = nil
    ) -> Penalty {
        Penalty(
            regularizer: regularizer, stage: .proximalStep, strength: strength.schedule, view: view.view,
            metric: metric, label: label ?? regularizer.name)
    }
}

/// Combinations that do not compile, so that the compiler states the reason.
extension Penalty {
    /// Does not compile, since there is no gradient to add.
    @available(
        *, unavailable,
        message: "a regularizer without a gradient cannot be a loss term; make it a .proximalStep"
    )
    public static func lossTerm(
        _ regularizer: some Regularizer, strength: some ScheduleConvertible = 1.0,
        on view: some WeightsView = .weights, label: String? = nil
    ) -> Penalty {
        fatalError("unavailable")
    }

    /// Does not compile, since there is no proximal point to move to.
    @available(
        *, unavailable,
        message: "a regularizer without a proximal point cannot be a proximal step; make it a .lossTerm"
    )
    public static func proximalStep(
        _ regularizer: some Regularizer, strength: some ScheduleConvertible = 1.0,
        on view: some WeightsView = .weights, metric: ProximalMetric = .optimizer, label: String? = nil
    ) -> Penalty {
        fatalError("unavailable")
    }
}

extension Penalty {
    /// The same penalty with its strength multiplied by a factor for each view, which replaces any earlier factor.
    public func multiplyingStrength(by factor: StrengthFactor) -> Penalty {
        var penalty = self
        penalty.strengthFactor = factor
        return penalty
    }
}
