/// The proximal plans of a sum for the Euclidean metric and for diagonal metrics, made once when the sum is made.
struct SumPlans: Sendable {
    private let euclidean: Result<ProximalPlan, CompositionRefusal>
    private let diagonal: Result<ProximalPlan, CompositionRefusal>

    init(of summands: [Summand]) {
        let candidates = summands.map { ProximalPlan.Candidate(summand: $0, source: 0) }
        euclidean = ProximalPlan.combining(candidates, in: .euclidean)
        diagonal = ProximalPlan.combining(candidates, in: .diagonal)
    }

    /// The reason why no composition is known in the Euclidean metric; nil if one is.
    var refusal: String? { euclidean.refusal }

    /// The reason why no composition is known in a diagonal metric; nil if one is.
    var metricRefusal: String? { diagonal.refusal }

    /// Moves the weights to the proximal point, by the Euclidean plan if the scales are uniform, else by the diagonal
    /// one.
    ///
    /// Traps with the reason if there is no plan. Returns the result of an iteration, if there was one.
    @discardableResult
    func apply(to weights: inout MutableWeights, scales: Scales, _ name: String) -> Iteration? {
        (scales.uniform == nil ? diagonal : euclidean).proven(for: name).apply(to: &weights, scales: scales)
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
