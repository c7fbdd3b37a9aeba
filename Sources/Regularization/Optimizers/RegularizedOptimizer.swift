/// An optimizer with penalties, and an optimizer itself.
///
/// An update adds the gradients of the loss terms, lets the base optimizer step, and moves the weights to
/// the proximal points in the metric of that step. The state of the base optimizer is left alone by the
/// proximal steps; the next gradient is taken at the proximal point.
public struct RegularizedOptimizer<Base: Optimizer>: Optimizer {
    /// The optimizer that makes the update.
    public private(set) var base: Base
    /// The penalties resolved for the parameters; its description is a table.
    public private(set) var plan: PenaltyPlan
    /// The number of updates made, at which the strengths are taken.
    public private(set) var step = 0

    /// Attaches penalties to an optimizer, see `Optimizer.regularized(by:over:)`.
    init(_ base: Base, _ penalties: [Penalty], over parameters: Parameters) throws(PenaltyError) {
        if let regularized = base as? any PenaltyCarrying {
            throw .alreadyRegularized(penalties: regularized.plan.penalties.map(\.label))
        }
        self.base = base
        plan = try PenaltyPlan(penalties, over: parameters, under: base)
    }

    /// The learning rate of the base optimizer.
    public var learningRate: Float {
        get { base.learningRate }
        set { base.learningRate = newValue }
    }

    /// The metric of the base optimizer.
    public var metric: Metric { base.metric }

    /// Writes the step sizes of the base optimizer.
    public func writeStepSizes(of range: Range<Int>, to sizes: inout MutableSpan<Float>) {
        base.writeStepSizes(of: range, to: &sizes)
    }

    /// Adds the loss terms' gradients to `gradients`, updates, and applies the proximal steps.
    public mutating func update(_ parameters: inout Parameters, along gradients: inout Gradients) {
        base.update(&parameters, along: &gradients, with: &plan, step: step)
        step += 1
    }

    /// What each penalty adds at the weights, at the strengths of the last update.
    public func contributions(at parameters: Parameters) -> [Contribution] {
        plan.contributions(at: parameters, step: max(0, step - 1))
    }

    /// How far the weights are from a stationary point, at the strengths of the last update.
    public func stationarityResidual(at parameters: Parameters, gradients: Gradients) -> StationarityResidual
    {
        plan.stationarityResidual(
            at: parameters, gradients: gradients, after: base, step: max(0, step - 1))
    }

    /// The same optimizer with more penalties, checked together with those that it has, from step 0 on.
    public func regularized(
        by penalties: [Penalty], over parameters: Parameters
    ) throws(PenaltyError) -> RegularizedOptimizer<Base> {
        try RegularizedOptimizer(base, plan.penalties + penalties, over: parameters)
    }
}

/// An optimizer that has penalties, whatever its base is.
private protocol PenaltyCarrying {
    var plan: PenaltyPlan { get }
}

extension RegularizedOptimizer: PenaltyCarrying {}

extension RegularizedOptimizer: CustomStringConvertible {
    /// The base optimizer's type, learning rate and metric, and the plan as a table.
    public var description: String {
        "\(Base.self), learning rate \(learningRate), metric \(metric)\n\(plan)"
    }
}
