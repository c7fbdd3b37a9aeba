extension PenaltyPlan {
    /// Adds the gradients of the loss terms, at the strengths of a step.
    public func addGradients(at parameters: Parameters, to gradients: inout Gradients, step: Int = 0) {
        requireLayout(parameters.layout)
        requireLayout(gradients.layout)
        addCoupledGradients(at: parameters, to: &gradients) { strength(of: $0, at: step) }
        for term in lossTerms {
            add(term, at: parameters, to: &gradients, strength: strength(of: term.penalty, at: step))
        }
    }

    /// Moves the weights to the proximal points, in the metric of the optimizer's last update.
    ///
    /// Traps if the plan was made for another kind of metric: make it with `under:` for this optimizer.
    public mutating func applyProximalSteps(
        to parameters: inout Parameters, after optimizer: some Optimizer, step: Int = 0
    ) {
        requireLayout(parameters.layout)
        requireMetric(optimizer.metricKind)
        setStrengths(at: step)
        let (rate, metric) = (optimizer.learningRate, optimizer.metric)
        var scratch = Piece.Scratch(repeating: 0)
        for piece in pieces {
            guard let plan = proximalSteps[piece.tensor], plan.isElementwise else { continue }
            var sizes = scratch.mutableSpan.part(0..<piece.range.count)
            if plan.needsStepSizes(in: metric) { optimizer.writeStepSizes(of: piece.range, to: &sizes) }
            var weights = parameters.mutableWeights(piece)
            plan.apply(
                to: &weights, learningRate: rate, metric: metric, stepSizes: sizes.span, strengths: strengths)
        }
        let tensors = layout.tensors
        for (tensor, place) in places.enumerated() {
            guard let place else { continue }
            var sizes = stepSizes.mutableSpan.part(place)
            optimizer.writeStepSizes(of: tensors[tensor].range, to: &sizes)
        }
        applyWholeProximalSteps(to: &parameters, learningRate: rate, metric: metric)
    }

    /// Adds the gradients of the loss terms that need a whole tensor.
    func addWholeGradients(at parameters: Parameters, to gradients: inout Gradients) {
        addCoupledGradients(at: parameters, to: &gradients) { strengths[$0] }
        for term in lossTerms where !term.isElementwise {
            add(term, at: parameters, to: &gradients, strength: strengths[term.penalty])
        }
    }

    private func add(
        _ term: LossTerm, at parameters: Parameters, to gradients: inout Gradients, strength: Double
    ) {
        for tensor in targets[term.penalty] {
            var gradient = gradients.mutableWeights(tensor)
            term.addGradient(
                at: parameters.weights(tensor), strength: strength * factor(of: term.penalty, for: tensor),
                to: &gradient)
        }
    }

    /// Adds the gradients of the other loss terms on a piece.
    func addElementwiseGradients(of piece: Piece, at weights: Weights, to gradient: inout MutableWeights) {
        for term in elementwiseTerms[piece.tensor] {
            let strength = strengths[term.penalty] * factor(of: term.penalty, for: piece.tensor)
            term.addGradient(at: weights, strength: strength, to: &gradient)
        }
    }

    /// Moves whole tensors whose steps need that to their proximal points; their step sizes are written.
    mutating func applyWholeProximalSteps(
        to parameters: inout Parameters, learningRate: Float, metric: Metric
    ) {
        for (tensor, plan) in proximalSteps.enumerated() {
            guard let plan, !plan.isElementwise else { continue }
            var weights = parameters.mutableWeights(tensor)
            let iteration = plan.apply(
                to: &weights, learningRate: learningRate, metric: metric,
                stepSizes: stepSizes.span.extracting(places[tensor] ?? 0..<0), strengths: strengths)
            if let iteration { lastIterations[tensor] = iteration }
        }
        applyCoupledProximalSteps(to: &parameters, learningRate: learningRate, metric: metric)
    }

    func requireMetric(_ kind: MetricKind) {
        require(
            kind == metricKind || !penalties.contains { $0.stage == .proximalStep },
            "This plan was made for another kind of metric; make it with under: for this optimizer.")
    }
}

extension Parameters {
    @_lifetime(&self)
    fileprivate mutating func mutableWeights(_ piece: Piece) -> MutableWeights {
        MutableWeights(shape: piece.shape, mutableElements.part(piece.range))
    }
}
