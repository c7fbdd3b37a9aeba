/// How the proximal points of several regularizers on one tensor combine exactly.
///
/// The point minimised is ½‖p − w‖² + t·Σ sₖcₖRₖ(p) in the Euclidean or a diagonal metric, where cₖ is the
/// factor of a part within a sum and sₖ the strength of the penalty (`source`) that it came from. Rules,
/// valid in both metrics:
///
/// 1. Squared L2 folds: prox of f + (ρ/2)‖·‖² at t is prox of f at t/(1 + tρ), of w/(1 + tρ). By completing
///    the square.
/// 2. Equal regularizers add their strengths.
/// 3. An elementwise, convex, positively homogeneous part comes before a radial one. Source: Yu, "On
///    Decomposing the Proximal Map", 2013, theorem 4: ∂g(y) ⊆ ∂g(prox_f(y)), here since a radial prox
///    multiplies each element by a number ≥ 0 in either metric.
///
/// What no rule covers is refused.
struct ProximalPlan: Sendable {
    /// A part to be combined, and the penalty that it came from.
    struct Candidate: Sendable {
        let part: Part
        let source: Int
    }

    /// A factor of a part, times the strength of its source.
    struct Term: Sendable {
        let factor: Double
        let source: Int
    }

    /// One proximal point in the order of application, at the sum of its terms.
    struct Step: Sendable {
        let regularizer: any ProximalRegularizer
        /// The same, if its proximal point is known in a diagonal metric.
        let metric: (any MetricProximalRegularizer)?
        var terms: [Term]

        /// Rule 3.
        func comesBefore(_ other: Step) -> Bool {
            regularizer.structure == .elementwise && other.regularizer.structure.isRadial
                && regularizer.properties.isSuperset(of: [.convex, .positivelyHomogeneous])
        }
    }

    private(set) var steps: [Step] = []
    private(set) var ridges: [Term] = []

    /// Orders the parts by the rules, or says which two do not compose.
    static func combining(_ candidates: [Candidate]) -> Result<ProximalPlan, CompositionRefusal> {
        var plan = ProximalPlan()
        for candidate in candidates {
            let part = candidate.part
            if case .ridge(let coefficient, _) = part.regularizer.structure {
                plan.ridges.append(Term(factor: part.factor * coefficient, source: candidate.source))
                continue
            }
            guard let regularizer = part.regularizer as? any ProximalRegularizer else {
                return .failure(
                    CompositionRefusal(
                        parts: [part.regularizer.name], sources: [candidate.source],
                        reason: "\(part.regularizer.name) has no proximal point"))
            }
            let term = Term(factor: part.factor, source: candidate.source)
            if let same = plan.steps.firstIndex(where: { areEqual($0.regularizer, regularizer) }) {
                plan.steps[same].terms.append(term)
            } else {
                let metric = regularizer as? any MetricProximalRegularizer
                plan.steps.append(Step(regularizer: regularizer, metric: metric, terms: [term]))
            }
        }
        if let refusal = plan.order() { return .failure(refusal) }
        return .success(plan)
    }

    /// Sorts the steps, elementwise before radial; the first two that do not compose, if any.
    private mutating func order() -> CompositionRefusal? {
        for (index, step) in steps.enumerated() {
            for other in steps[(index + 1)...]
            where !step.comesBefore(other) && !other.comesBefore(step) {
                return CompositionRefusal(step, other)
            }
        }
        if steps.count == 2, steps[1].comesBefore(steps[0]) { steps.swapAt(0, 1) }
        return nil
    }

    /// The order and why it is exact, for the plan's table.
    var explanation: String {
        var clauses: [String] = []
        if !ridges.isEmpty { clauses.append("squared L2 folded") }
        if steps.count == 2 {
            clauses.append(
                """
                \(steps[0].regularizer.name), then \(steps[1].regularizer.name): exact \
                (elementwise before radial)
                """)
        } else if let step = steps.first, step.terms.count > 1 {
            clauses.append("\(step.regularizer.name) strengths added")
        }
        return clauses.isEmpty ? "one proximal point" : clauses.joined(separator: "; ")
    }

    /// The regularizers whose proximal point is known in the Euclidean metric only.
    var euclideanOnly: [any ProximalRegularizer] {
        steps.filter { $0.metric == nil }.map(\.regularizer)
    }
}

extension ProximalPlan {
    /// Moves the weights to the proximal point in the Euclidean metric; `strengths` are those of the sources,
    /// all 1 if empty.
    func apply(to weights: inout MutableWeights, scale: Float, strengths: [Double] = []) {
        let ridge = Float(total(ridges, strengths))
        var scale = scale
        if ridge != 0 {
            weights.elements.divide(by: 1 + scale * ridge)
            scale /= 1 + scale * ridge
        }
        for step in steps {
            let factor = Float(total(step.terms, strengths))
            if factor != 0 { step.regularizer.applyProx(to: &weights, scale: scale * factor) }
        }
    }

    /// Moves the weights to the proximal point in a diagonal metric.
    func apply(to weights: inout MutableWeights, scales: Scales, strengths: [Double] = []) {
        let ridge = Float(total(ridges, strengths))
        if ridge != 0 { weights.elements.divide(byOnePlus: ridge, times: scales) }
        let folded = scales.folding(ridge: ridge)
        for step in steps {
            let factor = Float(total(step.terms, strengths))
            if factor != 0 { step.metric?.applyProx(to: &weights, scales: folded.scaled(by: factor)) }
        }
    }

    private func total(_ terms: [Term], _ strengths: [Double]) -> Double {
        terms.reduce(0) { $0 + $1.factor * (strengths.isEmpty ? 1 : strengths[$1.source]) }
    }
}

/// Two regularizers on one tensor whose proximal points have no proven composition.
struct CompositionRefusal: Error, CustomStringConvertible {
    let parts: [String]
    let sources: [Int]
    let reason: String

    var description: String { reason }
}

extension CompositionRefusal {
    init(_ first: ProximalPlan.Step, _ second: ProximalPlan.Step) {
        let (a, b) = (first.regularizer.name, second.regularizer.name)
        parts = [a, b]
        sources = [first.terms[0].source, second.terms[0].source]
        reason = """
            the proximal points of \(a) and \(b) have no proven composition on one tensor; \
            make one of them a loss term, or filter them to different parameters
            """
    }
}

extension Structure {
    var isElementwise: Bool {
        switch self {
        case .elementwise, .separable, .interval, .ridge: true
        case .unknown, .radial, .grouped: false
        }
    }

    var isRadial: Bool {
        if case .radial = self { true } else { false }
    }
}

/// Whether two regularizers are equal values of one type.
private func areEqual(_ a: any Regularizer, _ b: any Regularizer) -> Bool {
    guard let a = a as? any Equatable, let b = b as? any Equatable else { return false }
    return a.isEqual(to: b)
}

extension Equatable {
    fileprivate func isEqual(to other: any Equatable) -> Bool { (other as? Self) == self }
}
