/// How the proximal points of several regularizers on one tensor combine.
///
/// The point minimized is ½‖p − w‖² + t·Σ sₖcₖRₖ(p) in the Euclidean or a diagonal metric, where cₖ is the factor of
/// a part within a sum and sₖ the strength of the penalty (`source`) that it came from.
///
/// - Squared L2 folds: the proximal point of f + (ρ/2)‖· − a‖² at t is that of f at t/(1 + tρ), of
///   (w + tρa)/(1 + tρ), for any f. By completing the square.
/// - Equal regularizers add their strengths.
/// - The others are put in an order in which each may follow all before it, see `CompositionRule`.
/// - Where there is none and a part asks for it, convex parts are combined by iteration, see `DykstraIteration`.
/// - What is left is refused.
struct ProximalPlan: Sendable {
    /// A part to be combined, and the penalty that it came from.
    struct Candidate: Sendable {
        let summand: Summand
        let source: Int
    }

    /// A factor of a part, times the strength of its source.
    struct Term: Sendable {
        let factor: Double
        let source: Int
    }

    /// ½‖w − center‖² times a term, with 0 for an empty center.
    struct Ridge: Sendable {
        let term: Term
        let center: [Float]
    }

    /// One proximal point, at the sum of its terms.
    struct Step: Sendable {
        let regularizer: any ProximalRegularizer
        /// The same, if its proximal point is known in a diagonal metric.
        let metric: (any MetricProximalRegularizer)?
        var terms: [Term]
        /// Those of the same groups' norms that come before, and with it make one proximal point in the metric.
        var merged: [Step] = []

        init(_ regularizer: any ProximalRegularizer, _ term: Term) {
            self.regularizer = regularizer
            metric = regularizer as? any MetricProximalRegularizer
            terms = [term]
        }
    }

    let metric: PlanMetric
    private(set) var ridges: [Ridge] = []
    /// Steps whose composition is exact; if there is more than one such chain they are iterated.
    private(set) var chains: [[Step]] = []
    /// The rules by which the order within the chains is exact.
    private(set) var rules: [CompositionRule] = []
    /// When the iteration ends; the smallest that was asked for.
    private(set) var tolerance: Double?

    /// Orders the parts by the rules, or says which two do not compose.
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

    /// Folds ridges, adds the strengths of equal parts, and returns the steps in the order given.
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

    /// One chain of all steps, or several if an iteration was asked for.
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

    /// The steps in an order in which each may follow all before it.
    ///
    /// A step that all others may follow can come first in any order, so taking the first such one is enough.
    private func ordered(_ steps: [Step]) throws(CompositionRefusal) -> [Step] {
        var rest = steps
        var order: [Step] = []
        while !rest.isEmpty {
            let first = rest.indices.first { index in
                rest.indices.allSatisfy { $0 == index || rule(letting: rest[$0], follow: rest[index]) != nil }
            }
            guard let first else { throw refusal(of: rest) }
            order.append(rest.remove(at: first))
        }
        return order
    }

    private func rule(letting step: Step, follow other: Step) -> CompositionRule? {
        CompositionRule(letting: step.regularizer, follow: other.regularizer, in: metric)
    }

    /// Names two steps that may follow each other in neither order, or the first two.
    private func refusal(of steps: [Step]) -> CompositionRefusal {
        for (index, step) in steps.enumerated() {
            for other in steps[..<index]
            where rule(letting: step, follow: other) == nil && rule(letting: other, follow: step) == nil {
                let known = PlanMetric.learningRate
                let isEuclidean =
                    CompositionRule(letting: step.regularizer, follow: other.regularizer, in: known) != nil
                    || CompositionRule(letting: other.regularizer, follow: step.regularizer, in: known) != nil
                return CompositionRefusal(other, step, isExactInEuclideanMetric: isEuclidean)
            }
        }
        return CompositionRefusal(steps[0], steps[1], isExactInEuclideanMetric: false)
    }

    private mutating func noteRules(of chain: [Step]) {
        for (index, step) in chain.enumerated() {
            for other in chain[..<index] {
                guard let rule = rule(letting: step, follow: other), !rules.contains(rule) else { continue }
                rules.append(rule)
            }
        }
    }

    /// In a diagonal metric functions of the same norms are one step, in the place of the last.
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

    /// All steps, in order, those that are merged into one too.
    var steps: [Step] { chains.joined().flatMap { $0.merged + [$0] } }

    /// The regularizers whose proximal point is known in the Euclidean metric only.
    var euclideanOnly: [any ProximalRegularizer] { steps.filter { $0.metric == nil }.map(\.regularizer) }

    /// Whether every weight's proximal point is a function of that weight alone.
    var isElementwise: Bool {
        ridges.allSatisfy(\.center.isEmpty) && chains.count <= 1
            && steps.allSatisfy { $0.regularizer.isElementwise }
    }
}

extension ProximalPlan {
    /// Whether some rows can be moved alone.
    var goesByRows: Bool {
        ridges.allSatisfy(\.center.isEmpty) && chains.count <= 1 && steps.allSatisfy(\.regularizer.goesByRows)
    }

    /// The order and why it is exact, for the plan's table.
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
    /// Whether it comes last in an iteration, so that zeros are exact.
    fileprivate var makesZeros: Bool {
        let structure = regularizer.structure
        return structure.isSumOverElements || structure.groups != nil
    }

    /// Intervals without a common number leave nothing to project on.
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
