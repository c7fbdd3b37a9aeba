import Regularization
import Testing

@Suite("Contribution")
struct ContributionTests {
    @Test("One for each penalty, in order, at the strength of the step")
    func contributions() throws {
        let plan = try PenaltyPlan(
            [
                .proximalStep(L1() + GroupLasso(.columns, weighting: .none), strength: 0.5, label: "sparse"),
                .lossTerm(SquaredL2(), strength: .linear(from: 0, to: 2, over: 4), on: .biases),
                .proximalStep(ValueOnly(), on: .exactly("fully.1.bias")),
            ], over: network)
        let contributions = plan.contributions(at: network, step: 2)
        #expect(contributions.map(\.label) == ["sparse", "SquaredL2", "ValueOnly"])
        #expect(contributions.map(\.stage) == [.proximalStep, .lossTerm, .proximalStep])
        #expect(contributions.map(\.strength) == [0.5, 1, 1])
        #expect(contributions.map(\.count) == [12, 5, 2])
        #expect(contributions.map(\.exactZeros) == [4, 1, 1])
        #expect(contributions.map(\.deadGroups) == [1, nil, nil])
        #expect(contributions[1].value == 2.75)
        #expect(contributions[1].weightedValue == 2.75)
        #expect(contributions[1].gradientNorm == 5.5.squareRoot())
        #expect(contributions[2].gradientNorm == nil)
        #expect(contributions[2].weightedValue == 2)
        #expect(plan.contributions(at: network)[1].weightedValue == 0)
        #expect(plan.contributions(at: network)[1].gradientNorm == 0)
    }

    @Test("The sum of the weighted values is the value of the plan")
    func sum() throws {
        let plan = try PenaltyPlan(
            [.lossTerm(Orthogonality(), strength: 0.25), .proximalStep(L1(), strength: 3)], over: network)
        let sum = plan.contributions(at: network).reduce(0) { $0 + $1.weightedValue }
        expectClose(sum, plan.value(at: network), within: 1e-12)
    }

    @Test("Only exact zeros count, of either sign")
    func exactZeros() throws {
        let parameters = Parameters([
            ("weight", [2, 3], [0, -0.0, 1e-30, -1e-3, .leastNonzeroMagnitude, .nan])
        ])
        let plan = try PenaltyPlan(
            [.lossTerm(GroupLasso(.columns)), .lossTerm(GroupLasso(.rows))], over: parameters)
        #expect(plan.contributions(at: parameters)[0].exactZeros == 2)
        #expect(plan.contributions(at: parameters)[0].deadGroups == 0)
        let dead = Parameters([("weight", [2, 3], [0, -0.0, 0, 0, 0.1, 0])])
        #expect(plan.contributions(at: dead).map(\.deadGroups) == [2, 1])
    }
}

/// L1 without a gradient.
private struct ValueOnly: ProximalElementwiseRegularizer {
    func value(at weight: Float) -> Double { Double(abs(weight)) }
    func proximalPoint(of weight: Float, scale: Float) -> Float {
        L1().proximalPoint(of: weight, scale: scale)
    }
}
