/// Penalties resolved for a model's parameters: which tensors each applies to, and in which order the
/// proximal steps of a tensor are exact.
///
/// `RegularizedOptimizer` holds one. A hand-written training loop can use one directly:
///
///     var penalties = try PenaltyPlan([.lossTerm(L1(), strength: 1e-3)], over: model.parameters)
///     let total = loss + penalties.value(at: model.parameters)
///     penalties.addGradients(at: model.parameters, to: &gradients)
///     // … the update …
///     penalties.applyProximalSteps(to: &model.parameters, stepSize: 0.1)
///
/// Its description is a table of every parameter, with what is applied to it and why the order is exact.
public struct PenaltyPlan: Sendable {
    /// The penalties, in the order given.
    public let penalties: [Penalty]
    /// The layout of the parameters that the penalties were attached to.
    public let layout: Layout
    /// For each penalty, the indices of the tensors that it applies to, one by one or coupled.
    let targets: [[Int]]
    /// The coupled penalties.
    let couplings: [Coupling]
    /// Those that need whole tensors first.
    let lossTerms: [LossTerm]
    /// For each tensor, its elementwise loss terms.
    let elementwiseTerms: [[LossTerm]]
    /// For each tensor, its proximal steps.
    let proximalSteps: [TensorPlan?]
    /// All weights, in parts that stay in cache and on which elementwise penalties work.
    let pieces: [Piece]
    /// The place in `stepSizes` of each tensor whose proximal steps need the sizes of the whole tensor.
    let places: [Range<Int>?]
    let metricKind: MetricKind
    /// The strength of each penalty at the current step.
    var strengths: [Double]
    /// Written anew in each step, kept for its storage.
    var stepSizes: [Float]
    /// For each tensor how the last iteration went, if there was one.
    var lastIterations: [Iteration?]

    /// Resolves penalties for the parameters and for an optimizer whose metric the proximal steps use.
    ///
    /// - Throws: `PenaltyError` for a filter that selects nothing, a shape that a regularizer does not
    ///   accept, a strength that is no finite number of 0 or more, or proximal steps that do not compose or
    ///   whose metric does not fit. A strength given as a closure is checked at step 0 here, and traps at the
    ///   step at which it turns invalid.
    public init(
        _ penalties: [Penalty], over parameters: Parameters, under optimizer: some Optimizer
    ) throws(PenaltyError) {
        try self.init(
            penalties, over: parameters, metricKind: optimizer.metricKind)
    }

    /// Resolves penalties for the parameters, for a training loop with one step size for all weights.
    ///
    /// - Throws: as the other initializer.
    public init(_ penalties: [Penalty], over parameters: Parameters) throws(PenaltyError) {
        try self.init(penalties, over: parameters, metricKind: .learningRate)
    }

    private init(
        _ penalties: [Penalty], over parameters: Parameters, metricKind: MetricKind
    ) throws(PenaltyError) {
        self.penalties = penalties
        self.metricKind = metricKind
        layout = parameters.layout
        var targets: [[Int]] = []
        var couplings: [Coupling] = []
        for (index, penalty) in penalties.enumerated() {
            try penalty.checkStrength()
            switch penalty.subject {
            case .tensor(let regularizer):
                targets.append(try penalty.targets(of: regularizer, in: parameters.layout))
            case .coupled(let regularizer):
                let coupling = try Coupling(penalty, index: index, regularizer, in: parameters.layout)
                couplings.append(coupling)
                targets.append(coupling.tensors)
            }
        }
        self.targets = targets
        let terms = penalties.enumerated().compactMap { LossTerm($1, index: $0) }
        lossTerms = terms.filter { !$0.isElementwise } + terms.filter(\.isElementwise)
        elementwiseTerms = layout.tensors.indices.map { tensor in
            terms.filter { $0.isElementwise && targets[$0.penalty].contains(tensor) }
        }
        var plans: [TensorPlan?] = []
        var places: [Range<Int>?] = []
        var end = 0
        for (index, tensor) in layout.tensors.enumerated() {
            let sources = penalties.indices.filter {
                penalties[$0].stage == .proximalStep && penalties[$0].regularizer != nil
                    && targets[$0].contains(index)
            }
            let isCoupled = couplings.contains {
                $0.needsStepSizes(in: metricKind) && targets[$0.penalty].contains(index)
            }
            let plan =
                sources.isEmpty
                ? nil
                : try TensorPlan(
                    tensor, sources: sources, penalties: penalties, metricKind: metricKind)
            plans.append(plan)
            if isCoupled || plan.map({ $0.needsSizesOfAll(in: metricKind) }) ?? false {
                places.append(end..<end + tensor.range.count)
                end += tensor.range.count
            } else {
                places.append(nil)
            }
        }
        proximalSteps = plans
        self.places = places
        for index in couplings.indices { couplings[index].find(in: places, metricKind) }
        self.couplings = couplings
        pieces = Piece.cover(layout)
        strengths = Array(repeating: 0, count: penalties.count)
        stepSizes = Array(repeating: 0, count: end)
        lastIterations = Array(repeating: nil, count: plans.count)
        for coupling in couplings where coupling.stage == .proximalStep { try check(coupling) }
    }

    /// Σ strength · R(w) over all penalties, of both stages, at the strengths of a step.
    public func value(at parameters: Parameters, step: Int = 0) -> Double {
        requireLayout(parameters.layout)
        return penalties.indices.reduce(0) { sum, index in
            sum + strength(of: index, at: step).times(unitValue(of: index, at: parameters))
        }
    }

    /// Moves the weights to the proximal points after an update with one step size for all weights.
    public mutating func applyProximalSteps(
        to parameters: inout Parameters, stepSize: Float, step: Int = 0
    ) {
        require(stepSize >= 0 && stepSize < .infinity, "A step size is 0 or more, not \(stepSize).")
        applyProximalSteps(to: &parameters, after: UniformStep(learningRate: stepSize), step: step)
    }

    /// How the iterations of the last proximal steps went, by parameter; empty where every composition is exact.
    public var iterations: [String: Iteration] {
        var iterations: [String: Iteration] = [:]
        for (tensor, iteration) in zip(layout.tensors, lastIterations) { iterations[tensor.name] = iteration }
        return iterations
    }

    /// What each penalty adds at the weights, at the strengths of a step, in the order given.
    public func contributions(at parameters: Parameters, step: Int = 0) -> [Contribution] {
        requireLayout(parameters.layout)
        return penalties.indices.map { contribution(of: $0, at: parameters, step: step) }
    }

    mutating func setStrengths(at step: Int) {
        for index in penalties.indices { strengths[index] = strength(of: index, at: step) }
    }

    func strength(of penalty: Int, at step: Int) -> Double {
        let value = penalties[penalty].strength.value(at: step)
        require(
            isStrength(value),
            "Penalty \"\(penalties[penalty].label)\" has strength \(value) at step \(step); it must be \(strengthRule)."
        )
        return value
    }

    /// The factor of the penalty's strength for a tensor.
    func factor(of penalty: Int, for tensor: Int) -> Double {
        penalties[penalty].scaling.factor(for: layout.tensors[tensor])
    }

    func unitValue(of penalty: Int, at parameters: Parameters) -> Double {
        switch penalties[penalty].subject {
        case .tensor(let regularizer):
            targets[penalty].reduce(0) {
                $0 + factor(of: penalty, for: $1).times(regularizer.value(at: parameters.weights($1)))
            }
        case .coupled:
            couplings.first { $0.penalty == penalty }?.value(at: parameters) ?? 0
        }
    }

    func requireLayout(_ other: Layout) {
        require(
            other === layout || other.tensors == layout.tensors,
            "These parameters or gradients are not those that the penalties were attached to.")
    }
}

/// An update with one step size for all weights, made by the user's own training loop.
struct UniformStep: Optimizer {
    var learningRate: Float
    var metric: Metric { .scalar(learningRate) }

    mutating func update(_ parameters: inout Parameters, along gradients: inout Gradients) {}
}

extension Penalty {
    fileprivate func checkStrength() throws(PenaltyError) {
        if let value = strength.extremes.first(where: { !isStrength($0) }) {
            throw .strength(penalty: label, value: value)
        }
    }

    /// The tensors that a filter selects.
    func indices(of filter: ParameterFilter, in layout: Layout) throws(PenaltyError) -> [Int] {
        do {
            return try filter.indices(in: layout)
        } catch {
            throw .filter(penalty: label, error)
        }
    }

    /// The tensors that the filter selects, once every shape is accepted.
    fileprivate func targets(
        of regularizer: any Regularizer, in layout: Layout
    ) throws(PenaltyError) -> [Int] {
        let indices = try indices(of: filters[0], in: layout)
        for tensor in indices.map({ layout.tensors[$0] }) {
            do {
                try regularizer.check(tensor.shape)
            } catch {
                throw .shape(penalty: label, parameter: tensor.name, shape: tensor.shape, reason: "\(error)")
            }
        }
        if let reason = scaling.flaw(on: indices.map { layout.tensors[$0].name }) {
            throw .scaling(penalty: label, reason: reason)
        }
        return indices
    }
}
