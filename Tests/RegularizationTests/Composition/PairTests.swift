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
                parts.flatMap { $0.parts() }.map { ProximalPlan.Candidate(part: $0, source: 0) },
                in: isDiagonal ? .diagonal : .learningRate)
        }
    }

    /// No constraint contains another, and most leave points in common.
    static let catalogue: [any ProximalRegularizer] = [
        L1(), WeightedL1([0.5, 1, 0, 2, 0.25, 1.5]), SquaredL2(),
        SquaredDistance(to: [1, -1, 0.5, 0, 2, -0.5]),
        Huber(delta: 0.5), LogCosh(), L0(), LHalf(), LogSum(epsilon: 0.5),
        MCP(threshold: 0.8, concavity: 1.5),
        SCAD(threshold: 0.6, concavity: 2.5), Nonnegative(), Box(-0.4...0.4), Box(-0.35...0.65),
        GroupLasso(.rows), GroupLasso(.columns), GroupLasso(.whole), GroupLasso(.rows, weighting: .none),
        GroupMCP(.rows, threshold: 0.8, concavity: 1.5), GroupSCAD(.columns, threshold: 0.6, concavity: 2.5),
        GroupLInfinity(.rows), GroupLInfinity(.whole),
        NestedGroupLasso(GroupLasso(.rows), GroupLasso(.whole)),
        TotalVariation(along: .rows), TotalVariation(along: .columns),
        SortedL1(weights: [1, 0.8, 0.8, 0.5, 0.2, 0]), NuclearNorm(), SpectralNorm(), Orthogonality(),
        L2Ball(.rows, radius: 0.6), L2Sphere(.columns, radius: 0.45), L1Ball(.rows, radius: 0.75),
        L1Ball(.whole, radius: 1.4), Simplex(.rows, total: 0.8), L0Ball(.rows, count: 2),
        L0Ball(.whole, count: 3), RankBall(rank: 1), Stiefel(),
    ]

    /// Refused although no order was seen to be wrong: the simplex is nonnegative, matrices with orthonormal rows have
    /// no other value of `Orthogonality`, which hardly ever makes a singular value zero and so leaves the largest where
    /// they are, and total variation hardly ever makes a column zero, where alone the sphere after it is wrong.
    static let withoutProof: Set<String> = [
        "Nonnegative + Simplex(rows, total 0.8)", "Orthogonality + Stiefel", "Orthogonality + RankBall(1)",
        "TotalVariation(columns) + L2Sphere(columns, radius 0.45)",
    ]

    static let pairs = [false, true].flatMap { isDiagonal in
        catalogue.indices.flatMap { first in
            catalogue[(first + 1)...].indices.compactMap { second in
                let pair = Pair(first: first, second: second, isDiagonal: isDiagonal)
                return !isDiagonal || pair.parts.allSatisfy(\.hasMetric) ? pair : nil
            }
        }
    }

    static let shape: Shape = [2, 3]
    /// A search takes long in a debug build.
    static let problems: UInt64 = _isDebugAssertConfiguration() ? 2 : 12

    @Test(arguments: pairs)
    func pair(_ pair: Pair) throws {
        switch pair.plan() {
        case .success(let plan): try expectExact(plan, pair)
        case .failure: expectWrongInEitherOrder(pair)
        }
    }

    private func expectExact(_ plan: ProximalPlan, _ pair: Pair) throws {
        for seed in 0..<Self.problems {
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
        if Self.withoutProof.contains(pair.names) { return }
        for order in [[0, 1], [1, 0]] {
            let isSeen =
                closeCalls(pair).contains { isWrong(order, $0) }
                || (0..<96 as Range<UInt64>).contains { seed in
                    isWrong(
                        order,
                        ProximalProblem(Self.shape, pair.parts, seed: seed, isDiagonal: pair.isDiagonal))
                }
            #expect(isSeen, "\(pair.names) in the order \(order) was never seen to be wrong")
        }
    }

    private func isWrong(_ order: [Int], _ problem: ProximalProblem) -> Bool {
        problem.excess(at: problem.composition(of: order), stoppingAbove: 1e-3) > 1e-3
    }

    /// Which of the second and third element is worth keeping depends on what else they cost: random problems hardly
    /// ever show it.
    private func closeCalls(_ pair: Pair) -> [ProximalProblem] {
        guard pair.isDiagonal else { return [] }
        return [5.98, 6.2].map {
            ProximalProblem(
                Self.shape, pair.parts, weights: [10, 0.6, $0, 10, 0, 0], scales: [1, 0.01, 1, 1, 1, 1])
        }
    }
}

extension ProximalRegularizer {
    fileprivate var hasMetric: Bool {
        guard let metric = self as? any MetricProximalRegularizer else { return false }
        return metric.metricRefusal == nil
    }
}
