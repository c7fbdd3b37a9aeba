import Testing

@testable import Regularization

/// Every pair of the catalogue: where the planner has an order it is minimal, and where it refuses, each order is seen
/// to be wrong.
@Suite("Pairs")
struct PairTests {
    /// A pair by its places in the catalogue, and the metric.
    struct Pair: Sendable, CustomTestStringConvertible {
        let first, second: Int
        let isDiagonal: Bool

        var parts: [any ProximalRegularizer] { [catalogue[first], catalogue[second]] }
        var names: String { parts.map(\.name).joined(separator: " + ") }
        var testDescription: String { names + (isDiagonal ? ", diagonal" : "") }

        func plan() -> Result<ProximalPlan, CompositionRefusal> {
            ProximalPlan.combining(
                parts.map { ProximalPlan.Candidate(part: Part(regularizer: $0, factor: 1), source: 0) },
                in: isDiagonal ? .diagonal : .learningRate)
        }
    }

    static let catalogue: [any ProximalRegularizer] = [
        L1(), SquaredL2(), GroupLasso(.rows), GroupLasso(.columns), GroupLasso(.rows, weighting: .none),
    ]

    static let pairs = [false, true].flatMap { isDiagonal in
        catalogue.indices.flatMap { first in
            catalogue[first...].indices.compactMap { second in
                let pair = Pair(first: first, second: second, isDiagonal: isDiagonal)
                let isPossible = !isDiagonal || pair.parts.allSatisfy { $0 is any MetricProximalRegularizer }
                return isPossible && first != second ? pair : nil
            }
        }
    }

    static let shape: Shape = [2, 3]

    @Test(arguments: pairs)
    func pair(_ pair: Pair) throws {
        switch pair.plan() {
        case .success(let plan): try expectExact(plan, pair)
        case .failure: expectWrongInEitherOrder(pair)
        }
    }

    private func expectExact(_ plan: ProximalPlan, _ pair: Pair) throws {
        for seed in 0..<6 as Range<UInt64> {
            let problem = ProximalProblem(Self.shape, pair.parts, seed: seed, isDiagonal: pair.isDiagonal)
            var point = problem.weights
            var view = MutableWeights(shape: Self.shape, point.mutableSpan)
            if pair.isDiagonal {
                plan.apply(to: &view, scales: Scales(problem.scales.span, factor: 1))
            } else {
                plan.apply(to: &view, scale: problem.scales[0])
            }
            let excess = problem.excess(at: point)
            let slack = 2e-4 * (1 + abs(problem.objective(at: point)))
            #expect(excess <= slack, "\(plan.explanation): \(point) of \(problem.weights) for seed \(seed)")
        }
    }

    private func expectWrongInEitherOrder(_ pair: Pair) {
        for order in [[0, 1], [1, 0]] {
            let isWrong = (0..<40 as Range<UInt64>).contains { seed in
                let problem = ProximalProblem(Self.shape, pair.parts, seed: seed, isDiagonal: pair.isDiagonal)
                let point = problem.composition(of: order)
                return problem.excess(at: point, stoppingAbove: 1e-3) > 1e-3
            }
            #expect(isWrong, "\(pair.names) in the order \(order) was never seen to be wrong")
        }
    }
}
