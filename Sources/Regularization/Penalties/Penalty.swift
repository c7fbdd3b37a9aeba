/// A regularizer at work: what (the regularizer), where (the view), how much (the strength) and when (the stage).
///
///     .lossTerm(Orthogonality(), strength: .warmUp(to: 1e-2, over: 1_000), on: .named("fully.*.weight"))
///     .proximalStep(L1() + GroupLasso(.columns), strength: 3e-4)
///     .proximalStep(GroupLasso(.rows), strength: 3e-4, on: network.units[0])
///
/// A filter is the plainest view: the regularizer applies to each tensor that it selects. Other views make one tensor
/// of several, see `WeightsView`.
///
/// Nothing is checked here; `regularized(by:over:)` and `PenaltyPlan` check every penalty against the
/// parameters before the first step. A module with a `Penalty` of its own reaches this one as
/// `Regularization.Penalty`.
public struct Penalty: Sendable {
    /// When in a training step a penalty acts.
    public enum Stage: String, Sendable, Hashable, Codable, CaseIterable {
        /// Its value joins the loss and its gradient the gradients, before the optimizer's update.
        case lossTerm
        /// The weights shrink by learning rate × strength before the optimizer's update: decoupled weight decay.
        case decay
        /// The weights move to the proximal point after the optimizer's update.
        case proximalStep
    }

    /// The regularizer.
    public let regularizer: any Regularizer
    /// When in a training step the penalty acts.
    public let stage: Stage
    /// The factor of the regularizer at each training step.
    public let strength: Schedule
    /// Where the penalty acts.
    public let view: ParameterView
    /// The metric of the proximal step; `.optimizer`, and without effect, for the other stages.
    public let metric: ProximalMetric
    /// The name in plans, contributions and errors; the regularizer's unless given.
    public let label: String
    /// The factor of the strength for each view.
    public internal(set) var strengthFactor = StrengthFactor.one

    /// The gradient of strength · R joins the gradients, its value the loss.
    public static func lossTerm(
        _ regularizer: some DifferentiableRegularizer, strength: some ScheduleConvertible = 1.0,
        on view: some WeightsView = .weights, label: String? = nil
    ) -> Penalty {
        Penalty(
            regularizer: regularizer, stage: .lossTerm, strength: strength.schedule, view: view.view,
            metric: .optimizer, label: label ?? regularizer.name)
    }

    /// Before each update of learning rate η the weights are multiplied by 1 − η · strength, whatever the optimizer's metric:
    /// decoupled weight decay, as PyTorch's `AdamW`, optax and Keras have it.
    ///
    ///     .decay(1e-2)        .decay(.cosine(from: 1e-2, to: 0, over: 10_000), on: .all)
    ///
    /// Under SGD without momentum that is what `SquaredL2` of the same strength is as a loss term; under other optimizers it is
    /// another method, since the gradient of a loss term goes through their averages and divisions. The value that is
    /// reported is ½‖w‖².
    ///
    /// - Source: Loshchilov, Hutter, "Decoupled Weight Decay Regularization", 2019. Their λ shrinks by a schedule of its own,
    ///   not by the learning rate: divide it by the learning rate.
    public static func decay(
        _ strength: some ScheduleConvertible, on view: some WeightsView = .weights, label: String = "decay"
    ) -> Penalty {
        Penalty(
            regularizer: SquaredL2(), stage: .decay, strength: strength.schedule, view: view.view,
            metric: .optimizer, label: label)
    }

    /// After each update the weights move to the proximal point of step size · strength · R.
    public static func proximalStep(
        _ regularizer: some ProximalRegularizer, strength: some ScheduleConvertible = 1.0,
        on view: some WeightsView = .weights, metric: ProximalMetric = .optimizer, label: String? = nil
    ) -> Penalty {
        Penalty(
            regularizer: regularizer, stage: .proximalStep, strength: strength.schedule, view: view.view,
            metric: metric, label: label ?? regularizer.name)
    }
}

/// What a penalty cannot be made of, so that the compiler says why.
extension Penalty {
    /// Does not compile: there is no gradient to add.
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

    /// Does not compile: there is no proximal point to move to.
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
    /// The same penalty with its strength multiplied by a factor for each view, in place of any earlier one.
    public func multiplyingStrength(by factor: StrengthFactor) -> Penalty {
        var penalty = self
        penalty.strengthFactor = factor
        return penalty
    }
}

/// The metric in which a proximal step measures how far weights move.
public enum ProximalMetric: String, Sendable, Hashable, Codable, CaseIterable {
    /// The metric of the optimizer's own step: under Adam each weight has its own threshold, and weights
    /// become exactly zero.
    case optimizer
    /// The plain step size, learning rate × strength, for every weight; with L1 under Adam it leaves almost no zeros.
    case euclidean
}
