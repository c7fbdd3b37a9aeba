import Testing

@testable import Regularization

/// Every pair of the catalog: where the planner has an order it is minimal, and where it refuses, each order is seen
/// to be wrong.
@Suite("Pairs")
struct PairTests {
    /// Refused although no order was seen to be wrong.
    ///
    /// The simplex is nonnegative; matrices with orthonormal rows have no other value of `Orthogonality`, which hardly
    /// ever makes a singular value zero and so leaves the largest where they are; total variation hardly ever makes a
    /// column zero, where alone the sphere after it is wrong; two columns leave no row more than two elements; and of
    /// groups with one function of their norms the largest stay, but a sum over groups may have different functions.
    static let withoutProof: Set<String> = [
        "Nonnegative + Simplex(rows, total 0.8)", "Orthogonality + Stiefel", "Orthogonality + RankBall(1)",
        "TotalVariation(columns) + L2Sphere(columns, radius 0.45)",
        "L0Ball(rows, count 2) + GroupL0Ball(columns, count 2)",
        "GroupSCAD(columns) + GroupL0Ball(columns, count 2)",
    ]

    /// All of them, but one in eleven in a debug build, where a search takes long.
    static let pairs: [Combination] = {
        let all = [false, true].flatMap { isDiagonal in
            catalog.indices.flatMap { first in
                catalog[(first + 1)...].compactMap { second in
                    let pair = Combination(parts: [catalog[first], second], isDiagonal: isDiagonal)
                    return pair.isKnown ? pair : nil
                }
            }
        }
        return stride(from: 0, to: all.count, by: isDebug ? 11 : 1).map { all[$0] }
    }()

    static let isDebug = _isDebugAssertConfiguration()
    static let problems: UInt64 = isDebug ? 2 : 12

    @Test(arguments: pairs)
    func pair(_ pair: Combination) throws {
        switch pair.plan() {
        case .success(let plan): expectExact(plan, pair)
        case .failure: expectWrongInEitherOrder(pair)
        }
    }

    private func expectExact(_ plan: ProximalPlan, _ pair: Combination) {
        for seed in 0..<Self.problems {
            let problem = pair.problem(seed: seed)
            let point = problem.point(of: plan)
            let slack = 2e-4 * (1 + abs(problem.objective(at: point)))
            let excess = problem.excess(at: point)
            #expect(
                excess.isFinite && excess <= slack,
                "\(plan.explanation): \(point) of \(problem.weights) for seed \(seed)")
        }
    }

    private func expectWrongInEitherOrder(_ pair: Combination) {
        if Self.withoutProof.contains(pair.names) { return }
        for order in [[0, 1], [1, 0]] {
            let isSeen =
                (closeCalls(pair) + closeColumns(pair)).contains { isWrong(order, $0) }
                || (0..<96 as Range<UInt64>).contains { isWrong(order, pair.problem(seed: $0)) }
            #expect(isSeen, "\(pair.names) in the order \(order) was never seen to be wrong")
        }
    }

    private func isWrong(_ order: [Int], _ problem: CompositionProblem) -> Bool {
        problem.excess(at: problem.composition(of: order), stoppingAbove: 1e-3) > 1e-3
    }

    /// Problems with columns of nearly the same norms: which of them are worth keeping depends on their elements, most
    /// so where one has equal elements and another a single one.
    private func closeColumns(_ pair: Combination) -> [CompositionProblem] {
        if !pair.parts.contains(where: { $0 is GroupL0Ball }) { return [] }
        let random = (0..<96 as Range<UInt64>).map { seed in
            let problem = pair.problem(seed: seed)
            let norms = (0..<3).map { 1 + 0.02 * Float((Int(seed) / 16 * $0) % 7) }
            return self.problem(pair, problem.weights, norms, problem.scales)
        }
        let equal = [0.25, 1, 3].flatMap { (scale: Float) in
            (0..<16).map { step in
                let norms = [3, 1, 0.86 + 0.01 * Float(step)].map { Float(2).squareRoot() * $0 }
                return problem(pair, [1, 1, 1, 1, 1, 0], norms, Array(repeating: scale, count: 6))
            }
        }
        return random + equal
    }

    /// A problem with columns of the given norms in the directions of those given.
    private func problem(
        _ pair: Combination, _ directions: [Float], _ norms: [Float], _ scales: [Float]
    ) -> CompositionProblem {
        let weights = directions.indices.map { element in
            let (first, second) = (directions[element % 3], directions[element % 3 + 3])
            return directions[element] * norms[element % 3] / (first * first + second * second).squareRoot()
        }
        return CompositionProblem(
            catalogShape, pair.parts, weights: weights, scales: scales, isDiagonal: pair.isDiagonal)
    }

    /// Which of the second and third element is worth keeping depends on what else they cost: random problems hardly
    /// ever show it.
    private func closeCalls(_ pair: Combination) -> [CompositionProblem] {
        guard pair.isDiagonal else { return [] }
        return [5.98, 6.2].map {
            CompositionProblem(
                catalogShape, pair.parts, weights: [10, 0.6, $0, 10, 0, 0], scales: [1, 0.01, 1, 1, 1, 1],
                isDiagonal: true)
        }
    }
}
