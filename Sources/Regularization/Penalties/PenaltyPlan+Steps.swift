extension PenaltyPlan {
    /// Adds the gradients of the loss terms, at the strengths of a step.
    public func addGradients(at parameters: Parameters, to gradients: inout Gradients, step: Int = 0) {
        forEachLossTerm(at: step, of: parameters, &gradients) { term, strength, gradients, scratch in
            term.addGradient(at: parameters, strength: strength, to: &gradients, &scratch)
        }
    }

    /// Adds the gradients of the loss terms at step 0, and returns Σ strength · R(w) over those that have a strength.
    func valueAddingGradients(at parameters: Parameters, to gradients: inout Gradients) -> Double {
        var sum = 0.0
        forEachLossTerm(at: 0, of: parameters, &gradients) { term, strength, gradients, scratch in
            if strength == 0 { return }
            sum +=
                strength
                * term.valueAddingGradient(at: parameters, strength: strength, to: &gradients, &scratch)
        }
        return sum
    }

    /// Those that need whole views come first.
    private func forEachLossTerm(
        at step: Int, of parameters: Parameters, _ gradients: inout Gradients,
        _ body: (Attachment, Double, inout Gradients, inout ViewScratch) -> Void
    ) {
        requireLayout(parameters.layout)
        requireLayout(gradients.layout)
        var scratch = ViewScratch(for: attachments.lazy.filter { !$0.isElementwise }.map(\.view))
        let strengths = strengths(at: step)
        for isElementwise in [false, true] {
            for term in attachments where term.stage == .lossTerm && term.isElementwise == isElementwise {
                body(term, strengths[term.penalty], &gradients, &scratch)
            }
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
        let (tensors, strengths) = (layout.tensors, state.strengths)
        for tensor in tensors.indices where keepsStepSizes[tensor] {
            var sizes = state.stepSizes.mutableSpan.part(tensors[tensor].range)
            optimizer.writeStepSizes(of: tensors[tensor].range, to: &sizes)
        }
        var scratch = Piece.Scratch(repeating: 0)
        for piece in pieces {
            var weights = parameters.mutableWeights(piece)
            applyDecay(to: &weights, piece, learningRate: rate, strengths)
            guard let plan = proximalSteps.piecewise[piece.tensor] else { continue }
            if keepsStepSizes[piece.tensor] {
                var sizes = state.stepSizes.mutableSpan.part(piece.range)
                plan.apply(
                    to: &weights, learningRate: rate, metric: metric, keeping: &sizes, strengths: strengths)
            } else {
                var sizes = scratch.mutableSpan.part(0..<piece.range.count)
                if plan.needsStepSizes(in: metric) { optimizer.writeStepSizes(of: piece.range, to: &sizes) }
                plan.apply(
                    to: &weights, learningRate: rate, metric: metric, stepSizes: sizes.span,
                    strengths: strengths)
            }
        }
        applyWholeProximalSteps(to: &parameters, learningRate: rate, metric: metric)
    }

    /// Adds the gradients of the loss terms that need a whole view, at the strengths of the state.
    mutating func addWholeGradients(at parameters: Parameters, to gradients: inout Gradients) {
        for term in attachments where term.stage == .lossTerm && !term.isElementwise {
            term.addGradient(
                at: parameters, strength: state.strengths[term.penalty], to: &gradients, &state.scratch)
        }
    }

    /// Adds the gradients of the other loss terms on a piece.
    func addElementwiseGradients(
        of piece: Piece, at weights: Weights, to gradient: inout MutableWeights, _ strengths: [Double]
    ) {
        let terms = elementwiseTerms[piece.tensor]
        for index in terms.indices {
            terms[index].addGradient(at: weights, strength: strengths[terms[index].penalty], to: &gradient)
        }
    }

    /// Moves a piece by decoupled weight decay.
    func applyDecay(
        to weights: inout MutableWeights, _ piece: Piece, learningRate: Float, _ strengths: [Double]
    ) {
        proximalSteps.decays[piece.tensor]?.apply(
            to: &weights, scales: Scales(uniform: learningRate, count: weights.count), strengths: strengths,
            from: piece.range.lowerBound - layout.tensors[piece.tensor].range.lowerBound)
    }

    /// Moves whole views whose steps need that to their proximal points; their step sizes are written.
    mutating func applyWholeProximalSteps(
        to parameters: inout Parameters, learningRate: Float, metric: Metric
    ) {
        if proximalSteps.whole.isEmpty { return }
        var scratch = exchange(&state.scratch, with: ViewScratch())
        for (index, plan) in proximalSteps.whole.enumerated() {
            let iteration = plan.apply(
                to: &parameters, learningRate: learningRate, metric: metric, stepSizes: state.stepSizes.span,
                strengths: state.strengths, &scratch)
            if let iteration { state.iterations[index] = iteration }
        }
        state.scratch = scratch
    }

    func requireMetric(_ kind: MetricKind) {
        require(
            kind == metricKind || !penalties.contains { $0.stage == .proximalStep },
            "This plan was made for another kind of metric; make it with under: for this optimizer.")
    }
}

extension ViewPlan {
    /// Moves a piece to its proximal points; its step sizes become those for the steps on whole views that follow.
    ///
    /// A squared L2 on the piece leaves sᵢ/(1 + ρsᵢ) of a step size for what comes after it.
    func apply(
        to weights: inout MutableWeights, learningRate: Float, metric: Metric,
        keeping stepSizes: inout MutableSpan<Float>, strengths: [Double]
    ) {
        let count = needsStepSizes(in: metric) ? stepSizes.count : 0
        apply(
            to: &weights, learningRate: learningRate, metric: metric,
            stepSizes: stepSizes.span.extracting(first: count), strengths: strengths)
        if needsStepSizes(in: metric) { fold(&stepSizes, strengths) }
    }

    /// Makes sᵢ/(1 + ρsᵢ) of step sizes, where squared L2 of strength ρ is folded in.
    func fold(_ stepSizes: inout MutableSpan<Float>, _ strengths: [Double]) {
        if steps.ridges.isEmpty { return }
        let ridge = Float(steps.ridges.reduce(0) { $0 + $1.term.factor * strengths[$1.term.source] })
        for index in 0..<stepSizes.count { stepSizes[index] /= 1 + ridge * stepSizes[index] }
    }
}

extension Parameters {
    @_lifetime(&self)
    fileprivate mutating func mutableWeights(_ piece: Piece) -> MutableWeights {
        MutableWeights(shape: piece.shape, mutableElements.part(piece.range))
    }
}
