import Regularization
import Testing

struct CompositionSnippets {
    let weights = Parameters([("layer.weight", [2, 3], [1, -2, 0.5, -0.25, 3, 0.75])])

    @Test func exact() throws {
        // snippet: exact
        let plan = try PenaltyPlan(
            [
                .proximalStep(GroupLasso(.rows), strength: 0.1),
                .proximalStep(L1(), strength: 0.2),
                .proximalStep(TotalVariation(along: .rows), strength: 0.3),
            ], over: weights)
        print(plan)
        // end snippet
        try expectInComposition("\(plan)")
    }

    @Test func folded() throws {
        // snippet: folded
        let plan = try PenaltyPlan(
            [
                .proximalStep(0.5 * L1() + 0.5 * SquaredL2(), strength: 0.1),
                .proximalStep(L1(), strength: 0.3),
            ],
            over: weights)
        print(plan)
        // end snippet
        try expectInComposition("\(plan)")
    }

    @Test func iterated() throws {
        // snippet: iterated
        var plan = try PenaltyPlan(
            [.proximalStep((L1() + NuclearNorm()).iterative(tolerance: 1e-6), strength: 0.1)], over: weights)
        var parameters = weights
        plan.applyProximalSteps(to: &parameters, stepSize: 1)
        print(plan.iterations["layer.weight"]?.count ?? 0)
        // end snippet
        let iteration = try #require(plan.iterations["layer.weight"])
        #expect(iteration.count > 2 && iteration.residual <= 1e-6)
    }

    @Test func refused() throws {
        var message = ""
        // snippet: refused
        do {
            _ = try PenaltyPlan([.proximalStep(L1() + NuclearNorm(), strength: 0.1)], over: weights)
        } catch {
            message = error.description
        }
        // end snippet
        try expectInComposition(message)
    }

    private func expectInComposition(_ output: String) throws {
        let text = try String(contentsOf: Document.file("Documentation/Composition.md"), encoding: .utf8)
        #expect(text.contains(output), "\(output)")
    }
}
