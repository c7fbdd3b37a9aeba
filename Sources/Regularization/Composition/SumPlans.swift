internal import Synchronization

/// The proximal plans of a sum for the Euclidean metric and for diagonal metrics, each made once, when it is first
/// asked for.
///
/// Most sums are never asked: a penalty's summands are planned together with those of other penalties. It is an object,
/// so that copies of a sum share its plans.
final class SumPlans: Sendable {
    let summands: [Summand]
    private let plans = Mutex<[PlanMetric: PlanResult]>([:])

    private typealias PlanResult = Result<ProximalPlan, CompositionRefusal>

    init(of summands: [Summand]) { self.summands = summands }

    /// The reason why no composition is known in the Euclidean metric; nil if one is.
    var refusal: String? { plan(in: .euclidean).refusal }

    /// The reason why no composition is known in a diagonal metric; nil if one is.
    var metricRefusal: String? { plan(in: .diagonal).refusal }

    /// Moves the weights to the proximal point, by the Euclidean plan if the scales are uniform, else by the diagonal
    /// one.
    ///
    /// Traps with the reason if there is no plan. Returns the result of an iteration, if there was one.
    @discardableResult
    func apply(to weights: inout MutableWeights, scales: Scales, _ name: String) -> Iteration? {
        plan(in: scales.uniform == nil ? .diagonal : .euclidean).proven(for: name)
            .apply(to: &weights, scales: scales)
    }

    private func plan(in metric: PlanMetric) -> PlanResult {
        plans.withLock { plans in
            if let plan = plans[metric] { return plan }
            let plan = ProximalPlan.combining(
                summands.map { ProximalPlan.Candidate(summand: $0, source: 0) }, in: metric)
            plans[metric] = plan
            return plan
        }
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
