import Testing

@testable import Regularization

/// Random triples and quadruples of the catalog with random factors, some with a ridge: where the planner has an
/// order it is minimal, and however the parts are written it is the same point, or one as good.
@Suite("Triples and quadruples")
struct TripleTests {
    /// Three or four regularizers that fold into no other, and a ridge in a third of all cases.
    static func combination(_ generator: inout SeededGenerator) -> Combination {
        let isDiagonal = Bool.random(using: &generator)
        let (ridges, others) = (catalog.filter(\.isRidge), catalog.filter { !$0.isRidge })
        var parts = Array(others.shuffled(using: &generator).prefix(Int.random(in: 3...4, using: &generator)))
        if Int.random(in: 0..<3, using: &generator) == 0, let ridge = ridges.randomElement(using: &generator)
        {
            parts.insert(ridge, at: Int.random(in: 0...parts.count, using: &generator))
        }
        let factors = [0.25, 0.5, 1, 2, 3]
        return Combination(
            parts: parts.map { $0.multiple(by: factors.randomElement(using: &generator) ?? 1) },
            isDiagonal: isDiagonal)
    }

    /// Those for which the planner has an order; a search takes long in a debug build.
    static let combinations: [Combination] = {
        var generator = SeededGenerator(seed: 2)
        var found: [Combination] = []
        while found.count < (_isDebugAssertConfiguration() ? 40 : 400) {
            let combination = combination(&generator)
            if combination.isKnown, case .success = combination.plan() { found.append(combination) }
        }
        return found
    }()

    @Test(arguments: zip(0..<UInt64(combinations.count), combinations))
    func combination(_ seed: UInt64, _ combination: Combination) throws {
        let problem = combination.problem(seed: seed)
        let plan = try combination.plan().get()
        let point = problem.point(of: plan)
        let objective = problem.objective(at: point)
        let excess = problem.excess(at: point)
        #expect(
            excess.isFinite && excess <= 2e-4 * (1 + abs(objective)),
            "\(plan.explanation): \(point) of \(problem.weights), \(problem.scales), \(excess) too much")
        let input = problem.weights.reduce(0) { max($0, abs($1)) }
        for parts in combination.parts.orders {
            let other = try Combination(parts: parts, isDiagonal: combination.isDiagonal).plan().get()
            let otherPoint = problem.point(of: other)
            let isSame = zip(point, otherPoint).allSatisfy { abs($0 - $1) <= 1e-5 * input }
            #expect(
                isSame || abs(problem.objective(at: otherPoint) - objective) <= 1e-5 * (1 + abs(objective)),
                "\(other.explanation): \(otherPoint), but \(plan.explanation): \(point)")
        }
    }
}

extension ProximalRegularizer {
    fileprivate var isRidge: Bool { if case .ridge = structure { true } else { false } }

    fileprivate func multiple(by factor: Double) -> any ProximalRegularizer { multiplied(by: factor) }
}
