extension Coupling {
    /// Finds where the step sizes of its tensors are.
    mutating func find(in ranges: [Range<Int>?], _ kind: MetricKind) {
        guard needsStepSizes(in: kind) else { return }
        sizeSlots = zip(places, slots).map { place, slots in
            zip(place, slots).map {
                Layout.Tensor(name: $1.name, shape: $1.shape, range: ranges[$0] ?? 0..<0)
            }
        }
    }
}

extension PenaltyPlan {
    /// Throws unless a coupled proximal step has its proximal point in the optimizer's metric, and its tensors for
    /// itself.
    func check(_ coupling: Coupling) throws(PenaltyError) {
        let (regularizer, label) = (coupling.regularizer, penalties[coupling.penalty].label)
        let tensors = layout.tensors
        let isDiagonal = coupling.needsStepSizes(in: metricKind)
        if isDiagonal, coupling.metricProximal == nil {
            throw .euclideanOnly(
                penalty: label, part: regularizer.name, parameter: tensors[coupling.places[0][0]].name)
        }
        if let reason = isDiagonal ? coupling.metricProximal?.metricRefusal : coupling.proximal?.refusal {
            throw .coupling(penalty: label, reason: reason)
        }
        let all = coupling.places.flatMap { $0 }
        if let twice = all.first(where: { tensor in all.count { $0 == tensor } > 1 }) {
            throw .composition(
                penalties: [label], parameter: tensors[twice].name,
                reason: """
                    the tensor is in two of the penalty's places, and proximal points that overlap have no proven \
                    composition; make it a loss term, or filter to places that share no tensor
                    """)
        }
        for tensor in all {
            let other = penalties.indices.first { index in
                index != coupling.penalty && penalties[index].stage == .proximalStep
                    && targets[index].contains(tensor) && !isDecay(index, beside: coupling)
            }
            guard let other else { continue }
            throw .composition(
                penalties: [label, penalties[other].label], parameter: tensors[tensor].name,
                reason: """
                    a proximal point of several tensors has no proven composition with others on one of them; make \
                    one of the two a loss term, or filter them to different parameters
                    """)
        }
    }

    /// Whether a penalty is decoupled weight decay, a step of its own before a proximal step in the optimizer's metric.
    private func isDecay(_ penalty: Int, beside coupling: Coupling) -> Bool {
        metricKind != .learningRate && coupling.metric == .optimizer && penalties[penalty].isDecay
    }

    /// Adds the gradients of coupled loss terms.
    func addCoupledGradients(
        at parameters: Parameters, to gradients: inout Gradients, strength: (_ penalty: Int) -> Double
    ) {
        for coupling in couplings where coupling.stage == .lossTerm {
            coupling.addGradient(at: parameters, scale: Float(strength(coupling.penalty)), to: &gradients)
        }
    }

    /// Moves weights to the proximal points of coupled penalties; the step sizes are written.
    func applyCoupledProximalSteps(to parameters: inout Parameters, learningRate: Float, metric: Metric) {
        for coupling in couplings where coupling.stage == .proximalStep {
            coupling.applyProx(
                to: &parameters, strength: Float(strengths[coupling.penalty]), learningRate: learningRate,
                metric: metric, stepSizes: stepSizes.span)
        }
    }
}
