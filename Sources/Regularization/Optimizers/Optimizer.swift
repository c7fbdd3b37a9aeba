/// A method that moves parameters along gradients, and that states the metric in which it moves them.
///
/// An optimizer is a value: an update of a copy leaves the original alone. Most optimizers conform to `UpdateRule`,
/// which moves any range of weights by itself. An optimizer that needs whole tensors (for the norm of a direction, or
/// for an orthogonal factor) conforms to this protocol alone and calls `OptimizerState.update` as its loop.
///
/// `metric` has no default, because with a wrong metric proximal steps solve another problem. An author states
///
/// - `ScalarMetric` if a weight moves by step size × gradient; with momentum this is the step size at rest, when the
///   gradient no longer changes, see `SGD`;
/// - `DiagonalMetric`, with `writeStepSizes`, if each weight has its own step size, as η/(√v̂ + ε) in Adam;
/// - `UndefinedMetric` if neither is true.
public protocol Optimizer: Sendable {
    /// The kind of metric: `ScalarMetric`, `DiagonalMetric` or `UndefinedMetric`.
    associatedtype MetricType: OptimizerMetric

    /// The learning rate η, which a training loop may change between updates.
    var learningRate: Float { get set }

    /// The metric of an update at the present learning rate.
    var metric: MetricType { get }

    /// Everything but the parameters that updates change: the number of updates made, and named buffers in the
    /// parameters' layout.
    var state: OptimizerState { get set }

    /// Moves the parameters by one update, and counts it in `state`.
    ///
    /// The gradients may be overwritten.
    mutating func update(_ parameters: inout Parameters, along gradients: inout Gradients)

    /// Moves the parameters by one update together with the penalties of a plan, and counts it in `state`.
    ///
    /// The strengths are those of the step `state.updates`, the number of updates made before. The default adds the
    /// gradients of the loss terms, applies the decays, calls `update(_:along:)`, and moves the weights to the
    /// proximal points in the metric of that update, one stage after the other.
    mutating func update(
        _ parameters: inout Parameters, along gradients: inout Gradients, with plan: inout PenaltyPlan)

    /// Writes the step size that each weight in a range of the layout had in the last update.
    ///
    /// The step sizes are computed at the present learning rate. The range may be any part of a tensor, and `sizes`
    /// has one element for each of its weights. An optimizer whose step sizes do not exist before its first update
    /// traps with a sentence.
    func writeStepSizes(of range: Range<Int>, to sizes: inout MutableSpan<Float>)

    /// The plan of the penalties that this optimizer's updates apply; nil unless it is a `RegularizedOptimizer`.
    var attachedPlan: PenaltyPlan? { get }
}

extension Optimizer {
    /// Adds the gradients of the loss terms, decays, updates, and applies the proximal steps, one after the other.
    ///
    /// Traps if the update was not counted in `state`, or if the plan was made for other parameters or for another
    /// metric.
    public mutating func update(
        _ parameters: inout Parameters, along gradients: inout Gradients, with plan: inout PenaltyPlan
    ) {
        let step = state.updates
        plan.addGradients(at: parameters, to: &gradients, step: step)
        plan.applyDecay(to: &parameters, learningRate: learningRate, step: step)
        update(&parameters, along: &gradients)
        require(
            state.updates == step + 1,
            "\(Self.self) made an update that its state did not count; see OptimizerState.update.")
        plan.applyProximalSteps(to: &parameters, after: self, step: step)
        if state.isFinite == true, !parameters.isFinite { state.isFinite = false }
    }

    /// Nil, since an optimizer by itself applies no penalties.
    public var attachedPlan: PenaltyPlan? { nil }

    /// The step of the last update, counted from 0, at whose strengths penalties are reported; 0 before the first
    /// update.
    var lastStep: Int { max(0, state.updates - 1) }

    /// The contribution of each penalty at the given weights, at the strengths of the last update; empty without
    /// penalties.
    ///
    /// Traps if the parameters are not those that the penalties were attached to.
    public func contributions(at parameters: Parameters) -> [Contribution] {
        attachedPlan?.contributions(at: parameters, step: lastStep) ?? []
    }

    /// The distance of the weights from a stationary point of data loss + penalties.
    ///
    /// It is measured in the metric and at the strengths of the last update. The `gradients` are those of the data
    /// loss alone, over all samples; without penalties the residual is their norm. It traps where
    /// `PenaltyPlan.stationarityResidual(at:gradients:after:step:)` does.
    public func stationarityResidual(at parameters: Parameters, gradients: Gradients) -> StationarityResidual
    {
        attachedPlan?.stationarityResidual(
            at: parameters, gradients: gradients, after: self, step: lastStep)
            ?? StationarityResidual(gradients)
    }

    /// This optimizer with penalties, which its updates then apply.
    ///
    ///     var optimizer = try Adam(learningRate: 1e-3).regularized(
    ///         by: [.proximalStep(L1(), strength: 3e-4)], over: network.parameters)
    ///
    /// An optimizer that has made updates continues to count from their number, so that the schedules of strengths
    /// stand where they would stand if the penalties had been attached from the start. With `restartingSchedules`
    /// they begin at step 0.
    ///
    /// - Throws: `PenaltyError`, see `PenaltyPlan`.
    public func regularized(
        by penalties: [Penalty], over parameters: Parameters, restartingSchedules: Bool = false
    ) throws(PenaltyError) -> RegularizedOptimizer<Self> {
        try RegularizedOptimizer(
            self, penalties, over: parameters,
            firstSteps: penalties.map { _ in restartingSchedules ? state.updates : 0 })
    }
}

extension Optimizer where MetricType == ScalarMetric {
    /// Writes the one step size of the metric for each weight of the range.
    public func writeStepSizes(of range: Range<Int>, to sizes: inout MutableSpan<Float>) {
        for index in 0..<range.count { sizes[index] = metric.stepSize }
    }
}

extension Optimizer where MetricType == UndefinedMetric {
    /// Traps, since there are no step sizes.
    public func writeStepSizes(of range: Range<Int>, to sizes: inout MutableSpan<Float>) {
        fatalError("\(Self.self) has no metric, and no step sizes.")
    }
}
