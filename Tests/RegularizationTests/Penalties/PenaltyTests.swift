import Regularization
import Testing

@Suite("Penalty")
struct PenaltyTests {
    @Test("What is not given: strength 1, on weights, in the optimizer's metric, labeled by the regularizer")
    func defaults() {
        let step = Penalty.proximalStep(L1() + 0.5 * SquaredL2())
        #expect(step.stage == .proximalStep)
        #expect(step.strength.value(at: 7) == 1)
        #expect(step.view == ParameterFilter.weights.view)
        #expect(step.metric == .optimizer)
        #expect(step.label == "L1 + 0.5·SquaredL2")
        #expect(Penalty.lossTerm(Orthogonality()).stage == .lossTerm)
    }

    @Test("A strength is a literal, a computed number or a schedule")
    func strengths() {
        let lambda = 0.25
        let penalties: [Penalty] = [
            .lossTerm(L1(), strength: 0.25), .lossTerm(L1(), strength: lambda),
            .lossTerm(L1(), strength: 1.0 / 4), .lossTerm(L1(), strength: .constant(0.25)),
            .proximalStep(L1(), strength: 0.25), .proximalStep(L1(), strength: lambda),
            .proximalStep(L1(), strength: Float(0.25)), .lossTerm(L1(), strength: Schedule { _ in 0.25 }),
        ]
        #expect(penalties.allSatisfy { $0.strength.value(at: 0) == 0.25 }, "\(penalties)")
    }

    @Test("What is given is kept")
    func given() {
        let penalty = Penalty.proximalStep(
            SquaredL2(), strength: 2, on: .all, metric: .euclidean, label: "decay")
        #expect(penalty.view == ParameterFilter.all.view)
        #expect(penalty.metric == .euclidean)
        #expect(penalty.label == "decay")
        #expect(Penalty.lossTerm(L1(), on: .biases, label: "l").label == "l")
    }
}
