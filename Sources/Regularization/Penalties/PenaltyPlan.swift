/// Penalties resolved for a model's parameters, with an order of the proximal steps in which they are exact.
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
/// The description is a table of all parameters, with the penalties on each and why the order is exact.
public struct PenaltyPlan: Sendable {
    /// The penalties, in the order given.
    public let penalties: [Penalty]
    /// The layout of the parameters that the penalties were attached to.
    let layout: Layout
    /// The attachments of all penalties, one for each view of each penalty, in the order given.
    let attachments: [Attachment]
    /// The range of the attachments of each penalty.
    private let ranges: [Range<Int>]
    /// The penalties, of all stages, that can act on a piece of a tensor without the rest of it.
    let piecePenalties: PiecePenalties
    /// The proximal steps of all views in their order.
    let proximalSteps: ProximalSteps
    /// The training step at which the schedule of each penalty's strength is at its step 0.
    let firstSteps: [Int]
    /// The metric of the optimizer for which the plan was made.
    let planMetric: PlanMetric
    /// The numbers that change from step to step.
    var state: State

    /// The numbers that change from step to step.
    struct State: Sendable {
        /// The strength of each penalty at the current step.
        var strengths: [Double] = []
        /// The step size of each weight, in the order of the layout, written in each step; empty if none have to be
        /// kept.
        var stepSizes: [Float] = []
        /// Memory for the views whose elements have to be copied.
        var scratch = ViewScratch()
        /// The result of the last iteration of each proximal step on a whole view; nil where there was none.
        var iterations: [Iteration?] = []
    }

    /// Resolves penalties for the parameters, for a training loop with one step size for all weights.
    ///
    /// - Throws: `PenaltyError` for a filter that selects nothing, a shape that a regularizer does not accept, a
    ///   strength that is no finite number of 0 or more, or proximal steps that do not compose or whose metric does not
    ///   fit. A strength given as a closure is checked at step 0 here, and traps at the step at which it becomes
    ///   invalid.
    public init(_ penalties: [Penalty], over parameters: Parameters) throws(PenaltyError) {
        try self.init(penalties, over: parameters.layout, .euclidean)
    }

    init(
        _ penalties: [Penalty], over layout: Layout, _ planMetric: PlanMetric, firstSteps: [Int]? = nil
    ) throws(PenaltyError) {
        self.penalties = penalties
        self.planMetric = planMetric
        self.layout = layout
        self.firstSteps = firstSteps ?? Array(repeating: 0, count: penalties.count)
        var attachments: [Attachment] = []
        var ranges: [Range<Int>] = []
        for (index, penalty) in penalties.enumerated() {
            let own = try penalty.attachments(in: layout, index: index)
            try own.checkDecays(of: penalty)
            ranges.append(attachments.count..<(attachments.count + own.count))
            attachments += own
        }
        self.attachments = attachments
        self.ranges = ranges
        let steps = attachments.filter { $0.stage == .proximalStep }
        let proximalSteps = try ProximalSteps(steps, in: layout, planMetric)
        self.proximalSteps = proximalSteps
        piecePenalties = PiecePenalties(attachments, proximalSteps, in: layout)
        state = State(
            strengths: Array(repeating: 0, count: penalties.count),
            stepSizes: Array(
                repeating: 0, count: piecePenalties.keepsStepSizes.contains(true) ? layout.count : 0),
            scratch: ViewScratch(
                for: attachments.filter { $0.stage == .lossTerm && $0.needsScratch }.map(\.view)
                    + proximalSteps.whole.filter { $0.view.needsScratch(byRows: $0.movesRowsAlone) }.map(
                        \.view)),
            iterations: Array(repeating: nil, count: proximalSteps.whole.count))
    }

    /// Σ strength · R(w) over all penalties, of every stage, at the strengths of a training step.
    ///
    /// It is what is minimized beside the data loss, so that proximal steps and decays count as loss terms do, and it
    /// is infinite outside of a constraint. `contributions(at:step:)` has the penalties apart, with their stages.
    ///
    /// Traps if the parameters have another layout than those that the penalties were attached to.
    public func value(at parameters: Parameters, step: Int = 0) -> Double {
        requireLayout(parameters.layout)
        return penalties.indices.reduce(0) { sum, index in
            sum + strength(of: index, at: step).times(unitValue(of: index, at: parameters))
        }
    }

    /// The results of the last iterations of proximal steps, by the name of the parameter or the names of a view's
    /// parameters.
    ///
    /// Empty where every composition is exact.
    public var iterations: [String: Iteration] {
        var iterations: [String: Iteration] = [:]
        for (plan, iteration) in zip(proximalSteps.whole, state.iterations) {
            iterations[plan.view.name] = iteration
        }
        return iterations
    }

    /// The contribution of each penalty at the weights, at the strengths of a training step, in the order given.
    ///
    /// Traps if the parameters have another layout than those that the penalties were attached to.
    public func contributions(at parameters: Parameters, step: Int = 0) -> [Contribution] {
        requireLayout(parameters.layout)
        return penalties.indices.map { contribution(of: $0, at: parameters, step: step) }
    }

    /// The first step from which on every strength stays the same; a closure, whose end is not known, counts as
    /// constant.
    public var scheduleEnd: Int {
        zip(firstSteps, penalties).map { $0.addingSaturated($1.strength.end) }.max() ?? 0
    }

    /// The training step at which the last of the schedules begins.
    package var latestScheduleStart: Int { firstSteps.max() ?? 0 }

    /// The strength of each penalty at a training step; traps if one is invalid.
    func strengths(at step: Int) -> [Double] { penalties.indices.map { strength(of: $0, at: step) } }

    /// Stores the strengths of a training step.
    mutating func setStrengths(at step: Int) {
        for index in penalties.indices { state.strengths[index] = strength(of: index, at: step) }
    }

    /// The strength of one penalty at a training step; traps if it is invalid.
    func strength(of penalty: Int, at step: Int) -> Double {
        penalties[penalty].strength.checkedValue(
            at: step, from: firstSteps[penalty], of: penalties[penalty].label)
    }

    /// The value of one penalty at unit strength, summed over its views with their strength factors.
    func unitValue(of penalty: Int, at parameters: Parameters) -> Double {
        attachments(of: penalty).reduce(0) { $0 + $1.value(at: parameters) }
    }

    /// What distinguishes a layout from the one that the penalties were attached to, as a clause; nil if its tensors
    /// are the same.
    package func difference(from other: Layout) -> String? {
        other === layout || other.tensors == layout.tensors ? nil : layout.difference(from: other)
    }

    /// The attachments of one penalty.
    func attachments(of penalty: Int) -> ArraySlice<Attachment> { attachments[ranges[penalty]] }

    /// Traps if a layout has other tensors than the one that the penalties were attached to.
    func requireLayout(_ other: Layout) {
        if let difference = difference(from: other) {
            fatalError(
                """
                These parameters or gradients are not those that the penalties were attached to: \(difference). \
                Attach penalties to this model, by regularized(by:over:).
                """)
        }
    }
}
