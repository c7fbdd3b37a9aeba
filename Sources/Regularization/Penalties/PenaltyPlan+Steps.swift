extension PenaltyPlan {
    /// Adds the gradients of the loss terms, at the strengths of a training step.
    ///
    /// Traps if parameters or gradients have another layout than those that the penalties were attached to.
    public func addGradients(at parameters: Parameters, to gradients: inout Gradients, step: Int = 0) {
        forEachLossTerm(at: step, of: parameters, &gradients) { term, strength, gradients, scratch in
            term.addGradient(at: parameters, strength: strength, to: &gradients, &scratch)
        }
    }

    /// Adds the gradients of the loss terms at step 0, and returns Σ strength · R(w) over those whose strength is not
    /// 0.
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

    /// Calls a function with each loss term and its strength; those that need a whole view come first, as in an update.
    func forEachLossTerm(
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

    /// Multiplies the weights by 1 − ηλ for each decay of strength λ, before an update with the learning rate η.
    ///
    /// Traps unless the learning rate is finite and 0 or more, or if the parameters have another layout.
    public func applyDecay(to parameters: inout Parameters, learningRate: Float, step: Int = 0) {
        requireLayout(parameters.layout)
        require(
            learningRate >= 0 && learningRate < .infinity,
            "A learning rate is a finite number of 0 or more, not \(learningRate).")
        let step = PiecePenalties.UpdateNumbers(
            strengths: strengths(at: step), learningRate: learningRate, metric: .undefined,
            addsGradients: false)
        for tensor in layout.tensors.indices {
            var weights = parameters.mutableWeights(tensor)
            piecePenalties.decay(&weights, of: tensor, step)
        }
    }

    /// Stores the strengths of a training step and adds the gradients of the loss terms that need a whole view, before
    /// the update goes through the pieces.
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

    /// Adds the gradients of the loss terms that are sums over elements, at the strengths stored last.
    func addElementwiseGradients(at parameters: Parameters, to gradients: inout Gradients) {
        for term in attachments where term.stage == .lossTerm && term.isElementwise {
            for tensor in term.view.tensors {
                var gradient = gradients.mutableWeights(tensor)
                term.addGradient(
                    at: parameters.weights(tensor), strength: state.strengths[term.penalty], to: &gradient)
            }
        }
    }

    /// The numbers of an update, with the strengths stored last.
    func step(learningRate: Float, metric: Metric, addsGradients: Bool) -> PiecePenalties.UpdateNumbers {
        PiecePenalties.UpdateNumbers(
            strengths: state.strengths, learningRate: learningRate, metric: metric,
            addsGradients: addsGradients)
    }

    /// Moves the views that need all their elements at once to their proximal points, after the step sizes have been
    /// written.
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

    /// Whether every weight is finite in the views that `applyWholeProximalSteps` moves.
    func wholeViewsAreFinite(at parameters: Parameters) -> Bool {
        proximalSteps.whole.allSatisfy { plan in
            plan.keepsFinite || plan.view.tensors.allSatisfy { parameters.weights($0).isFinite }
        }
    }

    /// Traps if the plan has proximal steps and was made for another metric.
    func requireMetric(_ metric: PlanMetric) {
        require(
            metric == planMetric || !penalties.contains { $0.stage == .proximalStep },
            "This plan was made for another metric; make it by PenaltyPlan(_:over:under:) with this optimizer."
        )
    }
}

extension ViewPlan {
    /// Replaces step sizes sᵢ by sᵢ/(1 + ρsᵢ), where ρ is the total strength of the squared L2 that is folded in.
    func fold(_ stepSizes: inout MutableSpan<Float>, _ strengths: [Double]) {
        if proximalPlan.ridges.isEmpty { return }
        let ridge = Float(proximalPlan.ridges.reduce(0) { $0 + $1.term.factor * strengths[$1.term.source] })
        for index in 0..<stepSizes.count { stepSizes[index] /= 1 + ridge * stepSizes[index] }
    }
}
