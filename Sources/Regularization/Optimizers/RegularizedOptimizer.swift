/// An optimizer together with penalties that its updates apply.
///
/// An update adds the gradients of the loss terms, applies the decays, lets the base optimizer update, and moves the
/// weights to the proximal points in the metric of that update. Proximal steps leave the state of the base optimizer
/// alone; the next gradient is taken at the proximal point.
public struct RegularizedOptimizer<Base: Optimizer>: Optimizer {
    /// The optimizer without penalties, which makes the update.
    public private(set) var base: Base
    /// The penalties resolved for the parameters; printed, the plan is a table.
    public private(set) var plan: PenaltyPlan

    /// Attaches penalties to an optimizer, see `Optimizer.regularized(by:over:restartingSchedules:)`.
    ///
    /// - Parameter firstSteps: For each penalty the step at which its schedule begins.
    /// - Throws: `PenaltyError`, also if the optimizer has penalties already.
    init(
        _ base: Base, _ penalties: [Penalty], over parameters: Parameters, firstSteps: [Int]
    ) throws(PenaltyError) {
        if let plan = base.attachedPlan {
            throw .alreadyRegularized(penalties: plan.penalties.map(\.label))
        }
        self.base = base
        plan = try PenaltyPlan(penalties, over: parameters.layout, base.planMetric, firstSteps: firstSteps)
    }

    /// The learning rate of the base optimizer.
    public var learningRate: Float {
        get { base.learningRate }
        set { base.learningRate = newValue }
    }

    /// The metric of the base optimizer.
    public var metric: Base.MetricType { base.metric }

    /// The state of the base optimizer.
    public var state: OptimizerState {
        get { base.state }
        set { base.state = newValue }
    }

    /// The plan of the penalties.
    public var attachedPlan: PenaltyPlan? { plan }

    /// Writes the step sizes of the base optimizer for a range of the layout.
    public func writeStepSizes(of range: Range<Int>, to sizes: inout MutableSpan<Float>) {
        base.writeStepSizes(of: range, to: &sizes)
    }

    /// Moves the parameters by one update: adds the gradients of the loss terms, decays, updates, and applies the
    /// proximal steps.
    public mutating func update(_ parameters: inout Parameters, along gradients: inout Gradients) {
        base.update(&parameters, along: &gradients, with: &plan)
    }

    /// The same optimizer with more penalties, which are checked together with those that it has.
    ///
    /// The schedules of the present penalties continue. Those of the new ones stand where they would stand if they
    /// had been attached from the start; with `restartingSchedules` they begin at step 0.
    ///
    /// - Throws: `PenaltyError`, see `PenaltyPlan`.
    public func regularized(
        by penalties: [Penalty], over parameters: Parameters, restartingSchedules: Bool = false
    ) throws(PenaltyError) -> RegularizedOptimizer<Base> {
        try RegularizedOptimizer(
            base, plan.penalties + penalties, over: parameters,
            firstSteps: plan.firstSteps + penalties.map { _ in restartingSchedules ? state.updates : 0 })
    }
}

extension RegularizedOptimizer: CustomStringConvertible {
    /// The base optimizer's type, learning rate and metric, and below them the plan as a table.
    public var description: String {
        "\(Base.self), learning rate \(learningRate), metric \(metric.value)\n\(plan)"
    }
}
