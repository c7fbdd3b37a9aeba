/// A way to compute the proximal point of a sum of regularizers on one tensor from the proximal points of the summands.
///
/// The point minimizes ½‖p − w‖² + t·Σ sₖcₖRₖ(p) in the Euclidean or a diagonal metric, where cₖ is the factor of a
/// summand and sₖ the strength of the penalty (`source`) that it came from.
///
/// - Squared L2 folds: the proximal point of f + (ρ/2)‖· − a‖² at t is that of f at t/(1 + tρ), of (w + tρa)/(1 + tρ),
///   for any f, by completing the square.
/// - The strengths of equal regularizers are added.
/// - The others are put in an order in which each may follow all before it, see `CompositionRule`.
/// - Where there is no such order and a summand permits it, convex summands are combined by iteration, see
///   `DykstraIteration`.
/// - Everything else is refused.
struct ProximalPlan: Sendable {
    /// A summand to be combined, and the penalty that it came from.
    struct Candidate: Sendable {
        let summand: Summand
        let source: Int
    }

    /// The factor of a summand, which is multiplied by the strength of its source.
    struct Term: Sendable {
        let factor: Double
        let source: Int
    }

    /// The function ½‖w − center‖² times a term; an empty center stands for 0.
    struct Ridge: Sendable {
        let term: Term
        let center: [Float]
    }

    /// One proximal point of a regularizer, at the sum of its terms.
    struct Step: Sendable {
        let regularizer: any ProximalRegularizer
        /// The same regularizer, if its proximal point is known in a diagonal metric; else nil.
        let metric: (any MetricProximalRegularizer)?
        var terms: [Term]
        /// The earlier steps that depend on the norms of the same groups, and that become one proximal point with this
        /// one in a diagonal metric.
        var merged: [Step] = []

        init(_ regularizer: any ProximalRegularizer, _ term: Term) {
            self.regularizer = regularizer
            metric = regularizer as? any MetricProximalRegularizer
            terms = [term]
        }
    }

    let metric: PlanMetric
    /// The squared L2 terms that are folded before the first chain.
    private(set) var ridges: [Ridge] = []
    /// Chains of steps whose composition is exact; if there is more than one chain they are combined by iteration.
    private(set) var chains: [[Step]] = []
    /// The rules by which the order within the chains is exact.
    private(set) var rules: [CompositionRule] = []
    /// The tolerance of the iteration, the smallest that was asked for; nil if none is permitted.
    private(set) var tolerance: Double?

    /// The plan of some summands, or the reason why two of them do not compose.
    static func combining(_ candidates: [Candidate], in metric: PlanMetric) -> Result<
        ProximalPlan, CompositionRefusal
    > {
        var plan = ProximalPlan(metric: metric)
        do {
            try plan.arrange(plan.collect(candidates))
            return .success(plan)
        } catch {
            return .failure(error)
        }
    }

    private init(metric: PlanMetric) {
        self.metric = metric
    }

    /// Folds ridges, adds the strengths of equal regularizers, and returns the other steps in the order given.
    private mutating func collect(_ candidates: [Candidate]) throws(CompositionRefusal) -> [Step] {
        var steps: [Step] = []
        for candidate in candidates {
            let summand = candidate.summand
            if let tolerance = summand.tolerance {
                self.tolerance = min(tolerance, self.tolerance ?? tolerance)
            }
            if case .ridge(let coefficient, let center) = summand.regularizer.structure {
                let term = Term(factor: summand.factor * coefficient, source: candidate.source)
                ridges.append(Ridge(term: term, center: center))
                continue
            }
            guard let regularizer = summand.regularizer as? any ProximalRegularizer else {
                throw CompositionRefusal(
                    regularizers: [summand.regularizer.name], sources: [candidate.source],
                    reason: "\(summand.regularizer.name) has no proximal point")
            }
            let refusal =
                metric == .diagonal
                ? (regularizer as? any MetricProximalRegularizer)?.metricRefusal : regularizer.refusal
            if let refusal {
                throw CompositionRefusal(
                    regularizers: [regularizer.name], sources: [candidate.source], reason: refusal)
            }
            let term = Term(factor: summand.factor, source: candidate.source)
            if let same = steps.firstIndex(where: { areEqual($0.regularizer, regularizer) }) {
                steps[same].terms.append(term)
            } else {
                steps.append(Step(regularizer, term))
            }
        }
        return steps
    }

    /// Puts all steps into one chain, or into several if an iteration is permitted; throws if neither works.
    private mutating func arrange(_ steps: [Step]) throws(CompositionRefusal) {
        for (index, step) in steps.enumerated() {
            for other in steps[..<index] { try other.requireCommonPoint(with: step) }
        }
        do throws(CompositionRefusal) {
            chains = steps.isEmpty ? [] : [try ordered(steps)]
        } catch {
            guard tolerance != nil else { throw error }
            if let step = steps.first(where: { !$0.regularizer.properties.contains(.convex) }) {
                throw CompositionRefusal(notConvex: step)
            }
            for step in steps.filter({ !$0.makesZeros }) + steps.filter(\.makesZeros) {
                let chain = chains.indices.last { (try? ordered(chains[$0] + [step])) != nil }
                if let chain {
                    chains[chain] = try ordered(chains[chain] + [step])
                } else {
                    chains.append([step])
                }
            }
        }
        for chain in chains { noteRules(of: chain) }
        if metric == .diagonal { chains = chains.map(mergingNorms) }
    }

    /// The steps in an order in which each may follow all before it; throws if there is none.
    ///
    /// A step that all others may follow can come first in any order, so taking the first such step is enough.
    private func ordered(_ steps: [Step]) throws(CompositionRefusal) -> [Step] {
        var rest = Array(steps.indices)
        var order: [Step] = []
        // The number of steps, from the first one on, that are known to be able to follow each step or are in the order
        // already; so each pair is compared once or little more often.
        var known = steps.map { _ in 0 }
        var isInOrder = steps.map { _ in false }
        func canBeNext(_ step: Int) -> Bool {
            while known[step] < steps.count {
                let other = known[step]
                if other != step, !isInOrder[other], rule(letting: steps[other], follow: steps[step]) == nil {
                    return false
                }
                known[step] += 1
            }
            return true
        }
        while !rest.isEmpty {
            guard let next = rest.firstIndex(where: canBeNext) else {
                throw refusal(of: rest.map { steps[$0] })
            }
            let step = rest.remove(at: next)
            order.append(steps[step])
            isInOrder[step] = true
        }
        return order
    }

    private func rule(letting step: Step, follow other: Step) -> CompositionRule? {
        CompositionRule(letting: step.regularizer, follow: other.regularizer, in: metric)
    }

    /// The refusal of two steps neither of which may follow the other, or of the first two if there is no such pair.
    private func refusal(of steps: [Step]) -> CompositionRefusal {
        for (index, step) in steps.enumerated() {
            for other in steps[..<index]
            where rule(letting: step, follow: other) == nil && rule(letting: other, follow: step) == nil {
                let known = PlanMetric.euclidean
                let isEuclidean =
                    CompositionRule(letting: step.regularizer, follow: other.regularizer, in: known) != nil
                    || CompositionRule(letting: other.regularizer, follow: step.regularizer, in: known) != nil
                return CompositionRefusal(other, step, isExactInEuclideanMetric: isEuclidean)
            }
        }
        return CompositionRefusal(steps[0], steps[1], isExactInEuclideanMetric: false)
    }

    /// Adds the rules by which the order of a chain is exact to `rules`, each of them once.
    private mutating func noteRules(of chain: [Step]) {
        for (index, step) in chain.enumerated() {
            for other in chain[..<index] {
                guard let rule = rule(letting: step, follow: other), !rules.contains(rule) else { continue }
                rules.append(rule)
            }
        }
    }

    /// The chain for a diagonal metric, where functions of the same norms are merged into one step at the index of the
    /// last.
    private func mergingNorms(_ chain: [Step]) -> [Step] {
        var steps: [Step] = []
        for var step in chain {
            let same = steps.firstIndex {
                $0.regularizer.structure == step.regularizer.structure
                    && rule(letting: step, follow: $0) == .sameNorms
            }
            if let same {
                var before = steps.remove(at: same)
                step.merged = before.merged
                before.merged = []
                step.merged.append(before)
            }
            steps.append(step)
        }
        return steps
    }

    /// All steps of all chains, in order, including those that are merged into another.
    var steps: [Step] { chains.joined().flatMap { $0.merged + [$0] } }

    /// The regularizers whose proximal point is known in the Euclidean metric only.
    var euclideanOnly: [any ProximalRegularizer] { steps.filter { $0.metric == nil }.map(\.regularizer) }

    /// Whether every weight's proximal point is a function of that weight alone, so that any range of weights can be
    /// moved without the others.
    var isElementwise: Bool {
        ridges.allSatisfy(\.center.isEmpty) && chains.count <= 1
            && steps.allSatisfy { $0.regularizer.isElementwise }
    }
}

extension ProximalPlan {
    /// Whether some rows of the tensor can be moved without the others, since the proximal point of a row depends on
    /// that row alone.
    var movesRowsAlone: Bool {
        ridges.allSatisfy(\.center.isEmpty) && chains.count <= 1
            && steps.allSatisfy(\.regularizer.isSumOverRows)
    }

    /// The order of the steps and why it is exact, as a clause for the plan's table.
    var explanation: String {
        var clauses: [String] = []
        if !ridges.isEmpty { clauses.append("squared L2 folded") }
        let orders = chains.map { chain in
            chain.flatMap { $0.merged + [$0] }.map(\.regularizer.name).joined(separator: ", then ")
        }
        let proof = rules.map(\.rawValue).joined(separator: ", ")
        if let tolerance, chains.count > 1 {
            clauses.append(
                "\(orders.map { "(\($0))" }.joined(separator: " and ")) iterated to \(tolerance)"
                    + (rules.isEmpty ? "" : ", each exact (\(proof))"))
        } else if !rules.isEmpty {
            clauses.append("\(orders.joined()): exact (\(proof))")
        } else if let step = steps.first, step.terms.count > 1 {
            clauses.append("\(step.regularizer.name) strengths added")
        }
        return clauses.isEmpty ? "one proximal point" : clauses.joined(separator: "; ")
    }
}

extension ProximalPlan.Step {
    /// Whether the step can make single elements or groups zero; then it comes last in an iteration, so that its zeros
    /// are exact.
    fileprivate var makesZeros: Bool {
        let structure = regularizer.structure
        return structure.isSumOverElements || structure.groups != nil
    }

    /// Throws if both regularizers are intervals without a common number, since nothing is left to project on.
    fileprivate func requireCommonPoint(with other: Self) throws(CompositionRefusal) {
        guard case .interval(let first) = regularizer.structure,
            case .interval(let second) = other.regularizer.structure, !first.overlaps(second)
        else { return }
        throw CompositionRefusal(
            regularizers: [regularizer.name, other.regularizer.name],
            sources: [terms[0].source, other.terms[0].source],
            reason: "no number is in the intervals of both \(regularizer.name) and \(other.regularizer.name)")
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
