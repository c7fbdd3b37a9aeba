/// The sum of several functions of the norms of the same groups, each times its strength, in a diagonal metric.
struct RadialSum: ProximalGroupwiseRegularizer {
    let step: ProximalPlan.Step
    let strengths: [Double]

    init(of step: ProximalPlan.Step, strengths: [Double]) {
        self.step = step
        self.strengths = strengths
    }

    var groups: Groups {
        guard case .radial(let groups) = step.regularizer.structure else {
            fatalError("Steps are merged by groups.")
        }
        return groups
    }

    var properties: CompositionProperties {
        step.merged.reduce(step.regularizer.properties) { $0.intersection($1.regularizer.properties) }
    }

    func value(atNorm norm: Double, of group: Group) -> Double {
        var sum = 0.0
        forEach { regularizer, factor in sum += factor * regularizer.value(atNorm: norm, of: group) }
        return sum
    }

    /// The proximal norms of the summands one after the other, which is exact for one number by the rule that merged
    /// them.
    func proximalNorm(of norm: Double, scale: Double, in group: Group) -> Double {
        var norm = norm
        forEach { regularizer, factor in
            norm = regularizer.proximalNorm(of: norm, scale: scale * factor, in: group)
        }
        return norm
    }

    private func forEach(_ body: (any ProximalGroupwiseRegularizer, Double) -> Void) {
        for step in step.merged { visit(step, body) }
        visit(step, body)
    }

    private func visit(
        _ step: ProximalPlan.Step, _ body: (any ProximalGroupwiseRegularizer, Double) -> Void
    ) {
        let factor = step.terms.total(at: strengths)
        if factor != 0, let regularizer = step.regularizer as? any ProximalGroupwiseRegularizer {
            body(regularizer, factor)
        }
    }
}
