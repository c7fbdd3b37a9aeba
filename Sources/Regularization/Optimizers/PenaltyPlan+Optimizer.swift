/// Everything that a plan asks of an optimizer: the kind of its metric, and its step sizes.
extension PenaltyPlan {
    /// Resolves penalties for the parameters and for an optimizer, in whose metric the proximal steps are taken.
    ///
    /// - Throws: `PenaltyError`, for the reasons that `init(_:over:)` gives.
    public init(
        _ penalties: [Penalty], over parameters: Parameters, under optimizer: some Optimizer
    ) throws(PenaltyError) {
        try self.init(penalties, over: parameters.layout, optimizer.planMetric)
    }

    /// Moves the weights to the proximal points after an update with one step size for all weights.
    ///
    /// Traps if the step size is negative or not finite, if the parameters are not those that the penalties were
    /// attached to, or if the plan was made under an optimizer with another metric.
    public mutating func applyProximalSteps(
        to parameters: inout Parameters, stepSize: Float, step: Int = 0
    ) {
        require(stepSize >= 0 && stepSize < .infinity, "A step size is 0 or more, not \(stepSize).")
        applyProximalSteps(to: &parameters, after: PlainUpdate(learningRate: stepSize), step: step)
    }

    /// Moves the weights to the proximal points in the metric of the optimizer's last update.
    ///
    /// Traps if the parameters are not those that the penalties were attached to, or if the plan was made for another
    /// metric: make it with `under:` for this optimizer.
    public mutating func applyProximalSteps(
        to parameters: inout Parameters, after optimizer: some Optimizer, step: Int = 0
    ) {
        requireLayout(parameters.layout)
        requireMetric(optimizer.planMetric)
        setStrengths(at: step)
        let step = self.step(
            learningRate: optimizer.learningRate, metric: optimizer.metric.value, addsGradients: false)
        let (layout, piecePenalties) = (layout, piecePenalties)
        for tensor in layout.tensors.indices where piecePenalties.keepsStepSizes[tensor] {
            var sizes = state.stepSizes.mutableSpan.slice(layout.tensors[tensor].range)
            optimizer.writeStepSizes(of: layout.tensors[tensor].range, to: &sizes)
        }
        var scratch = Piece.Scratch(repeating: 0)
        for piece in layout.pieces where piecePenalties.viewPlans[piece.tensor] != nil {
            var weights = parameters.mutableWeights(piece)
            switch piecePenalties.stepSizes(of: piece.tensor, in: step.metric) {
            case .ofTensor:
                var sizes = state.stepSizes.mutableSpan.slice(piece.range)
                piecePenalties.applyProximalSteps(to: &weights, of: piece.tensor, stepSizes: &sizes, step)
            case .ofPiece:
                var sizes = scratch.mutableSpan.slice(0..<piece.range.count)
                optimizer.writeStepSizes(of: piece.range, to: &sizes)
                piecePenalties.applyProximalSteps(to: &weights, of: piece.tensor, stepSizes: &sizes, step)
            case .none:
                var sizes = scratch.mutableSpan.slice(0..<0)
                piecePenalties.applyProximalSteps(to: &weights, of: piece.tensor, stepSizes: &sizes, step)
            }
        }
        applyWholeProximalSteps(to: &parameters, learningRate: step.learningRate, metric: step.metric)
    }
}

extension Optimizer {
    /// The kind of the metric; a scalar one is compared at the learning rate 1, since at 0 every step size is 0.
    var planMetric: PlanMetric {
        switch metric.value {
        case .diagonal: return .diagonal
        case .undefined: return .undefined
        case .scalar:
            var optimizer = self
            optimizer.learningRate = 1
            return optimizer.metric.value == .scalar(1) ? .euclidean : .scalar
        }
    }
}

/// A stand-in for an update with one step size for all weights that the user's own training loop has made.
struct PlainUpdate: Optimizer {
    var learningRate: Float
    var state = OptimizerState()
    var metric: ScalarMetric { ScalarMetric(learningRate) }

    init(learningRate: Float) { self.learningRate = learningRate }

    mutating func update(_ parameters: inout Parameters, along gradients: inout Gradients) {}
}

extension Parameters {
    @_lifetime(&self)
    fileprivate mutating func mutableWeights(_ piece: Piece) -> MutableWeights {
        MutableWeights(shape: piece.shape, mutableElements.slice(piece.range))
    }
}
