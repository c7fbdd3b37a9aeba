/// The proximal plans of a sum, made once, for the Euclidean and for diagonal metrics.
struct Composition: Sendable {
    private let plan: Result<ProximalPlan, CompositionRefusal>
    private let metricPlan: Result<ProximalPlan, CompositionRefusal>

    init(of summands: [Summand]) {
        let candidates = summands.map { ProximalPlan.Candidate(summand: $0, source: 0) }
        plan = ProximalPlan.combining(candidates, in: .learningRate)
        metricPlan = ProximalPlan.combining(candidates, in: .diagonal)
    }

    /// Why no composition is known in the Euclidean metric, or nil.
    var refusal: String? { plan.refusal }

    /// Why none is known in a diagonal metric, or nil.
    var metricRefusal: String? { metricPlan.refusal }

    /// Moves the weights to the proximal point, at uniform scales by the Euclidean plan; traps with the reason if there
    /// is none.
    @discardableResult
    func apply(to weights: inout MutableWeights, scales: Scales, _ name: String) -> Iteration? {
        (scales.uniform == nil ? metricPlan : plan).proven(for: name).apply(to: &weights, scales: scales)
    }
}

extension Result<ProximalPlan, CompositionRefusal> {
    fileprivate var refusal: String? {
        if case .failure(let refusal) = self { refusal.description } else { nil }
    }

    fileprivate func proven(for name: String) -> ProximalPlan {
        switch self {
        case .success(let plan): return plan
        case .failure(let refusal): fatalError("\(name): \(refusal.description)")
        }
    }
}
