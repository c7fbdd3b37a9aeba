import Regularization
import Testing

@Suite("PenaltyPlan")
struct PenaltyPlanTests {
    private let penalties: [Penalty] = [
        .lossTerm(Orthogonality(), strength: .warmUp(to: 0.01, over: 1_000), on: .named("fully.1.weight")),
        .lossTerm(SquaredL2(), strength: 0.5, on: .biases, label: "small biases"),
        .proximalStep(GroupLasso(.columns), strength: 0.25),
        .proximalStep(L1(), strength: .cosine(from: 0.125, to: 0, over: 10), on: .named("fully.0.*")),
    ]

    @Test("The description is a table of everything that is applied")
    func description() throws {
        let penalties: [Penalty] = [
            .lossTerm(
                SquaredL2(), strength: .warmUp(to: 0.01, over: 99), on: .named("fully.0.*"), label: "L2"),
            .proximalStep(GroupLasso(.columns), strength: 0.25),
            .proximalStep(L1(), strength: 0.125, on: .exactly("fully.0.weight")),
            .decay(0.1),
        ]
        let plan = try PenaltyPlan(penalties, over: network, under: Adam())
        #expect(
            plan.description == """
                parameter       shape   penalty              \
                stage          strength            order
                ──────────────  ──────  ───────────────────  \
                ─────────────  ──────────────────  ─────────────────────────────────────────────────────────────────
                fully.0.weight  [3, 2]  L2                   \
                loss term      0.0 → 0.01 over 99  gradient added
                                        GroupLasso(columns)  \
                proximal step  0.25                L1, then GroupLasso(columns): exact (elementwise before monotone)
                                        L1                   \
                proximal step  0.125               L1, then GroupLasso(columns): exact (elementwise before monotone)
                                        decay                \
                decay          0.1                 times 1 − learning rate · strength, before the update
                fully.0.bias    [3]     L2                   \
                loss term      0.0 → 0.01 over 99  gradient added
                fully.1.weight  [2, 3]  GroupLasso(columns)  \
                proximal step  0.25                one proximal point
                                        decay                \
                decay          0.1                 times 1 − learning rate · strength, before the update
                fully.1.bias    [2]     none
                """)
    }

    @Test("The value is the sum of strength · R over tensors and penalties of both stages")
    func value() throws {
        let plan = try PenaltyPlan(penalties, over: network)
        let bias = 0.5 * 0.5 * (0.25 + 0.25 + 1 + 4)
        let columns =
            0.25
            * (3.0.squareRoot() * ((1 + 0.25 + 9).squareRoot() + (4 + 0.0625 + 0.5625).squareRoot())
                + 2.0.squareRoot() * (0.25 + 0 + 1))
        let l1 = { (strength: Double) in strength * (1 + 2 + 0.5 + 0.25 + 3 + 0.75 + 2) }
        expectClose(plan.value(at: network), bias + columns + l1(0.125), within: 1e-6)
        #expect(plan.value(at: network, step: 10) < plan.value(at: network, step: 0))
    }

    @Test("A schedule decides the strength of each step")
    func schedule() throws {
        let plan = try PenaltyPlan(
            [.lossTerm(L1(), strength: .linear(from: 1, to: 3, over: 2), on: .exactly("fully.0.bias"))],
            over: network)
        #expect([0, 1, 2, 9].map { plan.value(at: network, step: $0) } == [2, 4, 6, 6])
        var gradients = Gradients(like: network)
        plan.addGradients(at: network, to: &gradients, step: 1)
        plan.addGradients(at: network, to: &gradients, step: 2)
        #expect(gradients["fully.0.bias"] == [5, -5, 5])
        #expect(gradients["fully.0.weight"] == [0, 0, 0, 0, 0, 0])
    }

    @Test(
        "A training loop by hand makes the steps of a RegularizedOptimizer", arguments: [0, 0.9] as [Float])
    func byHand(momentum: Float) throws {
        var base = SGD(learningRate: 0.125, momentum: momentum)
        var plan = try PenaltyPlan(penalties, over: network, under: base)
        var optimizer = try base.regularized(by: penalties, over: network)
        var (byHand, byOptimizer) = (network, network)
        for step in 0..<12 {
            let values = byHand.values.map { 0.5 * $0 + 0.125 }
            var gradients = Gradients(like: network, values)
            plan.addGradients(at: byHand, to: &gradients, step: step)
            plan.applyDecay(to: &byHand, learningRate: base.learningRate, step: step)
            base.update(&byHand, along: &gradients)
            plan.applyProximalSteps(to: &byHand, after: base, step: step)

            var others = Gradients(like: network, values)
            optimizer.update(&byOptimizer, along: &others)
            #expect(byHand.values == byOptimizer.values, "step \(step)")
        }
        #expect(optimizer.state.updates == 12)
        #expect(byHand.values != network.values)
    }

    @Test("A schedule that ends beyond the largest Int, and steps before the first, overflow nothing")
    func hugeSteps() throws {
        let endless = Penalty.lossTerm(L1(), strength: .linear(from: 0.5, to: 1, over: .max))
        var optimizer = SGD(learningRate: 0.5)
        optimizer.state.updates = 3
        let plan = try optimizer.regularized(by: [], over: network)
            .regularized(by: [endless], over: network, restartingSchedules: true).plan
        #expect(plan.scheduleEnd == .max)
        #expect(plan.value(at: network, step: .min) == plan.value(at: network, step: 3))
        #expect(plan.value(at: network, step: .max) == 2 * plan.value(at: network, step: 3))
        let activity = try ActivityPlan(
            [ActivityPenalty(L1(), strength: .linear(from: 0, to: 1, over: .max), on: "a")], over: [("a", 1)],
            firstStep: 5)
        #expect(activity.scheduleEnd == .max)
    }

    @Test("With one step size it moves to the proximal point of step size · strength · R")
    func stepSize() throws {
        var plan = try PenaltyPlan(
            [
                .proximalStep(GroupLasso(.columns), strength: 0.5),
                .proximalStep(L1(), strength: 0.25), .proximalStep(SquaredL2(), strength: 2),
            ], over: network)
        var parameters = network
        plan.applyProximalSteps(to: &parameters, stepSize: 0.5)
        let expected = Tensor([3, 2], network["fully.0.weight"]).proximalPoint(
            0.5 * GroupLasso(.columns) + 0.25 * L1() + 2 * SquaredL2(), scale: 0.5)
        expectClose(parameters["fully.0.weight"], expected.map { Double($0) }, ofInput: [3])
        #expect(parameters["fully.0.bias"] == network["fully.0.bias"])
    }

    @Test("A strength by closure that turns negative traps at that step")
    func negativeLater() async {
        await #expect(processExitsWith: .failure) {
            let plan = try PenaltyPlan(
                [.lossTerm(L1(), strength: Schedule { 1 - Double($0) })], over: network)
            _ = plan.value(at: network, step: 1)
            _ = plan.value(at: network, step: 2)
        }
    }

    @Test("Parameters of another layout trap")
    func otherLayout() async {
        await #expect(processExitsWith: .failure) {
            let plan = try PenaltyPlan([.lossTerm(L1())], over: network)
            _ = plan.value(at: Parameters([("weight", [1], [1])]))
        }
    }
}
