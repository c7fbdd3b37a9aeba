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

    /// w ← (1 − ηλ)w for each decay, which comes before an update with the learning rate η.
    public func applyDecay(to parameters: inout Parameters, learningRate: Float, step: Int = 0) {
        requireLayout(parameters.layout)
        require(
            learningRate >= 0 && learningRate < .infinity,
            "A learning rate is a finite number of 0 or more, not \(learningRate).")
        let step = PiecePenalties.Step(
            strengths: strengths(at: step), learningRate: learningRate, metric: .undefined,
            addsGradients: false)
        for tensor in layout.tensors.indices {
            var weights = parameters.mutableWeights(tensor)
            pieces.decay(&weights, of: tensor, step)
        }
    }

    /// Takes the strengths of a step and adds the gradients of the loss terms that need a whole view: what comes before the
    /// pieces of an update.
    mutating func begin(
        _ step: Int, of parameters: Parameters, along gradients: inout Gradients, under planMetric: PlanMetric
    ) {
        requireLayout(parameters.layout)
        requireLayout(gradients.layout)
        requireMetric(planMetric)
        setStrengths(at: step)
        for term in attachments where term.stage == .lossTerm && !term.isElementwise {
            term.addGradient(
                at: parameters, strength: state.strengths[term.penalty], to: &gradients, &state.scratch)
        }
    }

    /// Adds the gradients of the other loss terms.
    func addElementwiseGradients(at parameters: Parameters, to gradients: inout Gradients) {
        for term in attachments where term.stage == .lossTerm && term.isElementwise {
            for tensor in term.view.tensors {
                var gradient = gradients.mutableWeights(tensor)
                term.addGradient(
                    at: parameters.weights(tensor), strength: state.strengths[term.penalty], to: &gradient)
            }
        }
    }

    /// The numbers of an update at the strengths of the state.
    func step(learningRate: Float, metric: Metric, addsGradients: Bool) -> PiecePenalties.Step {
        PiecePenalties.Step(
            strengths: state.strengths, learningRate: learningRate, metric: metric,
            addsGradients: addsGradients)
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

    func requireMetric(_ metric: PlanMetric) {
        require(
            metric == planMetric || !penalties.contains { $0.stage == .proximalStep },
            "This plan was made for another metric; make it with under: for this optimizer.")
    }
}

extension ViewPlan {
    /// Makes sᵢ/(1 + ρsᵢ) of step sizes, where squared L2 of strength ρ is folded in.
    func fold(_ stepSizes: inout MutableSpan<Float>, _ strengths: [Double]) {
        if steps.ridges.isEmpty { return }
        let ridge = Float(steps.ridges.reduce(0) { $0 + $1.term.factor * strengths[$1.term.source] })
        for index in 0..<stepSizes.count { stepSizes[index] /= 1 + ridge * stepSizes[index] }
    }
}
