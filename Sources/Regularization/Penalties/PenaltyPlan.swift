/// Penalties resolved for a model's parameters: where each acts, and in which order the proximal steps are exact.
///
/// `RegularizedOptimizer` holds one. A hand-written training loop can use one directly:
///
///     var penalties = try PenaltyPlan([.lossTerm(L1(), strength: 1e-3)], over: model.parameters)
///     let total = loss + penalties.value(at: model.parameters)
///     penalties.addGradients(at: model.parameters, to: &gradients)
///     penalties.applyDecay(to: &model.parameters, learningRate: 0.1)
///     // … the update …
///     penalties.applyProximalSteps(to: &model.parameters, stepSize: 0.1)
///
/// Its description is a table of every parameter, with what is applied to it and why the order is exact.
public struct PenaltyPlan: Sendable {
    /// The penalties, in the order given.
    public let penalties: [Penalty]
    /// The layout of the parameters that the penalties were attached to.
    let layout: Layout
    /// Each penalty on each of its views, in the order given.
    let attachments: [Attachment]
    /// Those that act on any piece of a tensor alone.
    let pieces: PiecePenalties
    let proximalSteps: ProximalStepOrder
    /// For each penalty the step at which the schedule of its strength begins.
    let firstSteps: [Int]
    let planMetric: PlanMetric
    var state: State

    /// What steps change.
    struct State: Sendable {
        /// The strength of each penalty at the current step.
        var strengths: [Double] = []
        /// At the offsets of the weights, written anew in each step; empty if none are kept.
        var stepSizes: [Float] = []
        var scratch = ViewScratch()
        /// For each of the whole proximal steps how the last iteration went, if there was one.
        var iterations: [Iteration?] = []
    }

    /// Resolves penalties for the parameters, for a training loop with one step size for all weights.
    ///
    /// - Throws: `PenaltyError` for a filter that selects nothing, a shape that a regularizer does not
    ///   accept, a strength that is no finite number of 0 or more, or proximal steps that do not compose or
    ///   whose metric does not fit. A strength given as a closure is checked at step 0 here, and traps at the
    ///   step at which it turns invalid.
    public init(_ penalties: [Penalty], over parameters: Parameters) throws(PenaltyError) {
        try self.init(penalties, over: parameters.layout, .learningRate)
    }

    init(
        _ penalties: [Penalty], over layout: Layout, _ planMetric: PlanMetric, firstSteps: [Int]? = nil
    ) throws(PenaltyError) {
        self.penalties = penalties
        self.planMetric = planMetric
        self.layout = layout
        self.firstSteps = firstSteps ?? Array(repeating: 0, count: penalties.count)
        var attachments: [Attachment] = []
        for (index, penalty) in penalties.enumerated() {
            attachments += try penalty.attachments(in: layout, index: index)
            try attachments.checkDecays(of: penalty, index: index)
        }
        self.attachments = attachments
        let steps = attachments.filter { $0.stage == .proximalStep }
        let proximalSteps = try ProximalStepOrder(steps, in: layout, planMetric)
        self.proximalSteps = proximalSteps
        pieces = PiecePenalties(attachments, proximalSteps, in: layout)
        state = State(
            strengths: Array(repeating: 0, count: penalties.count),
            stepSizes: Array(repeating: 0, count: pieces.keepsStepSizes.contains(true) ? layout.count : 0),
            scratch: ViewScratch(
                for: attachments.filter { $0.stage == .lossTerm && $0.needsScratch }.map(\.view)
                    + proximalSteps.whole.filter { $0.view.needsScratch(byRows: $0.goesByRows) }.map(\.view)),
            iterations: Array(repeating: nil, count: proximalSteps.whole.count))
    }

    /// Σ strength · R(w) over all penalties, of every stage, at the strengths of a step.
    public func value(at parameters: Parameters, step: Int = 0) -> Double {
        requireLayout(parameters.layout)
        return penalties.indices.reduce(0) { sum, index in
            sum + strength(of: index, at: step).times(unitValue(of: index, at: parameters))
        }
    }

    /// How the iterations of the last proximal steps went, by parameter, or by the names of a view's parameters; empty
    /// where every composition is exact.
    public var iterations: [String: Iteration] {
        var iterations: [String: Iteration] = [:]
        for (plan, iteration) in zip(proximalSteps.whole, state.iterations) {
            iterations[plan.view.name] = iteration
        }
        return iterations
    }

    /// What each penalty adds at the weights, at the strengths of a step, in the order given.
    public func contributions(at parameters: Parameters, step: Int = 0) -> [Contribution] {
        requireLayout(parameters.layout)
        return penalties.indices.map { contribution(of: $0, at: parameters, step: step) }
    }

    /// The step from which on every strength stays the same; that of a closure is not known, and counts as constant.
    public var scheduleEnd: Int { zip(firstSteps, penalties).map { $0 + $1.strength.end }.max() ?? 0 }

    /// The step at which the last of the schedules begins.
    package var lastFirstStep: Int { firstSteps.max() ?? 0 }

    func strengths(at step: Int) -> [Double] { penalties.indices.map { strength(of: $0, at: step) } }

    mutating func setStrengths(at step: Int) {
        for index in penalties.indices { state.strengths[index] = strength(of: index, at: step) }
    }

    func strength(of penalty: Int, at step: Int) -> Double {
        let value = penalties[penalty].strength.value(at: max(0, step - firstSteps[penalty]))
        require(
            isStrength(value),
            "Penalty \"\(penalties[penalty].label)\" has strength \(value) at step \(step); it must be \(strengthRule)."
        )
        return value
    }

    func unitValue(of penalty: Int, at parameters: Parameters) -> Double {
        attachments.reduce(0) { $1.penalty == penalty ? $0 + $1.value(at: parameters) : $0 }
    }

    func requireLayout(_ other: Layout) {
        require(
            other === layout || other.tensors == layout.tensors,
            "These parameters or gradients are not those that the penalties were attached to.")
    }
}
