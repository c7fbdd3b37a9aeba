/// Moves parameters along gradients, and says in which metric it did.
///
/// A value: what is done to a copy leaves it alone. Most optimizers are an `UpdateRule`, which is one for a range of
/// weights. What needs whole tensors (the norm of a direction, an orthogonal factor) conforms to this protocol alone, with
/// `OptimizerState.update` as its loop.
///
/// The metric has no default, because a wrong one makes proximal steps solve another problem: `ScalarMetric` if a weight
/// moves by a step size × gradient, with momentum by the step size that it has at rest, when the gradient does not
/// change, see `SGD`; `DiagonalMetric`, with `writeStepSizes`, if each weight has its own step size, as Adam's
/// η/(√v̂ + ε); `UndefinedMetric` if neither is true.
public protocol Optimizer: Sendable {
    /// The kind of metric.
    associatedtype MetricType: OptimizerMetric

    /// The learning rate η, which a schedule may change between updates.
    var learningRate: Float { get set }

    /// The metric of an update.
    var metric: MetricType { get }

    /// What updates change: the number of updates made and named buffers in the parameters' layout.
    var state: OptimizerState { get set }

    /// Moves the parameters one step, and counts it in `state`. The gradients may be changed in place.
    mutating func update(_ parameters: inout Parameters, along gradients: inout Gradients)

    /// Moves the parameters one step with penalties, at the strengths of the step that is the number of updates made.
    ///
    /// Unless given, it adds the gradients of the loss terms, decays, updates, and moves the weights to the proximal points
    /// in the metric of that update, one after the other.
    mutating func update(
        _ parameters: inout Parameters, along gradients: inout Gradients, with plan: inout PenaltyPlan)

    /// Writes the step size of the last update of each weight in a range of the layout, which may be any part of a
    /// tensor. Before the first update there may be none: trap with a sentence.
    func writeStepSizes(of range: Range<Int>, to sizes: inout MutableSpan<Float>)

    /// The penalties that its updates apply; nil unless this is a `RegularizedOptimizer`.
    var attachedPlan: PenaltyPlan? { get }
}

extension Optimizer {
    /// Adds gradients, decays, updates, and applies proximal steps, one after the other.
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
    }

    /// None.
    public var attachedPlan: PenaltyPlan? { nil }

    /// The number of the last update's step, at which strengths are reported; 0 before the first.
    var lastStep: Int { max(0, state.updates - 1) }

    /// What each penalty adds at the weights, at the strengths of the last update; none without penalties.
    public func contributions(at parameters: Parameters) -> [Contribution] {
        attachedPlan?.contributions(at: parameters, step: lastStep) ?? []
    }

    /// How far the weights are from a stationary point of data loss + penalties, in the metric and at the strengths of the
    /// last update.
    ///
    /// `gradients` are those of the data loss alone, over all samples. Without penalties it is their norm.
    public func stationarityResidual(at parameters: Parameters, gradients: Gradients) -> StationarityResidual
    {
        attachedPlan?.stationarityResidual(
            at: parameters, gradients: gradients, after: self, step: lastStep)
            ?? StationarityResidual(gradients)
    }

    /// This optimizer with penalties.
    ///
    ///     var optimizer = try Adam(learningRate: 1e-3).regularized(
    ///         by: [.proximalStep(L1(), strength: 3e-4)], over: network.parameters)
    ///
    /// An optimizer that has made updates goes on from their number: schedules of strengths are where they would be if the
    /// penalties had been there from the start. `restartingSchedules` begins them at step 0.
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
    /// Writes the step size of the metric.
    public func writeStepSizes(of range: Range<Int>, to sizes: inout MutableSpan<Float>) {
        for index in 0..<range.count { sizes[index] = metric.stepSize }
    }
}

extension Optimizer where MetricType == UndefinedMetric {
    /// Traps, since there are none.
    public func writeStepSizes(of range: Range<Int>, to sizes: inout MutableSpan<Float>) {
        fatalError("\(Self.self) has no metric, and no step sizes.")
    }
}
