/// A coupled penalty resolved for a model's parameters.
struct Coupling: Sendable {
    /// Which penalty it is.
    let penalty: Int
    let regularizer: any CoupledRegularizer
    // Found once, since a cast allocates.
    let differentiable: (any DifferentiableCoupledRegularizer)?
    let proximal: (any ProximalCoupledRegularizer)?
    let metricProximal: (any MetricProximalCoupledRegularizer)?
    let stage: Penalty.Stage
    let metric: ProximalMetric
    /// The tensors of each place that it applies to.
    let places: [[Int]]
    /// Where they are among the parameters.
    let slots: [[Layout.Tensor]]
    /// Where their step sizes are, if those are needed.
    var sizeSlots: [[Layout.Tensor]]?

    init(_ penalty: Penalty, index: Int, _ regularizer: any CoupledRegularizer, in layout: Layout)
        throws(PenaltyError)
    {
        self.penalty = index
        self.regularizer = regularizer
        differentiable = regularizer as? any DifferentiableCoupledRegularizer
        proximal = regularizer as? any ProximalCoupledRegularizer
        metricProximal = regularizer as? any MetricProximalCoupledRegularizer
        stage = penalty.stage
        metric = penalty.metric
        var selected: [[Int]] = []
        for filter in penalty.filters { selected.append(try penalty.indices(of: filter, in: layout)) }
        let names = selected.map { $0.map { layout.tensors[$0].name } }
        guard selected.allSatisfy({ $0.count == selected[0].count }) else {
            throw .coupling(
                penalty: penalty.label,
                reason:
                    "its filters select equally many parameters, in the order of the model, but these \(names)"
            )
        }
        places = selected[0].indices.map { place in selected.map { $0[place] } }
        for place in places where Set(place).count < place.count {
            let names = place.map { layout.tensors[$0].name }
            throw .coupling(
                penalty: penalty.label, reason: "its tensors are different ones, but it is given \(names)")
        }
        slots = places.map { place in place.map { layout.tensors[$0] } }
        for tensors in slots {
            do {
                try regularizer.check(tensors.map(\.shape))
            } catch {
                throw .coupling(
                    penalty: penalty.label,
                    reason: "it does not accept \(tensors.map { "\($0.name) \($0.shape)" }): \(error)")
            }
        }
        guard penalty.scaling == .one else {
            throw .scaling(
                penalty: penalty.label,
                reason: "a coupled penalty is not scaled by parameter; scale its strength, or its regularizer"
            )
        }
    }

    /// The tensors that it applies to, each once.
    var tensors: [Int] { Array(Set(places.joined())).sorted() }

    /// Whether step sizes are needed for each weight.
    func needsStepSizes(in kind: MetricKind) -> Bool {
        stage == .proximalStep && metric == .optimizer && kind == .diagonal
    }

    /// R at unit strength, summed over the places.
    func value(at parameters: Parameters) -> Double {
        slots.reduce(0) { $0 + regularizer.value(at: CoupledWeights($1, in: parameters.elements)) }
    }

    /// Adds scale · ∇R; nothing if there is no gradient.
    func addGradient(at parameters: Parameters, scale: Float, to gradients: inout Gradients) {
        guard scale != 0, let differentiable else { return }
        for slots in slots {
            var gradient = MutableCoupledWeights(slots, in: gradients.mutableElements)
            differentiable.addGradient(
                at: CoupledWeights(slots, in: parameters.elements), scale: scale, to: &gradient)
        }
    }

    /// Moves the weights to the proximal point in the metric of an update.
    func applyProx(
        to parameters: inout Parameters, strength: Float, learningRate: Float, metric: Metric,
        stepSizes: Span<Float>
    ) {
        guard strength != 0, let proximal else { return }
        for (place, slots) in slots.enumerated() {
            var weights = MutableCoupledWeights(slots, in: parameters.mutableElements)
            switch (self.metric, metric) {
            case (.euclidean, _): proximal.applyProx(to: &weights, scale: learningRate * strength)
            case (.optimizer, .scalar(let size)): proximal.applyProx(to: &weights, scale: size * strength)
            case (.optimizer, .diagonal):
                guard let sizeSlots, let metricProximal else { return }
                let scales = CoupledScales(sizeSlots[place], in: stepSizes, factor: strength)
                metricProximal.applyProx(to: &weights, scales: scales)
            }
        }
    }
}
