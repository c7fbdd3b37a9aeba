import Regularization
import Testing

@Suite("Coupled penalties that cannot be attached")
struct CoupledPenaltyErrorTests {
    /// What attachment throws, as text.
    private func message(
        _ penalties: [Penalty], under optimizer: some Optimizer = Adam()
    ) -> String {
        do {
            _ = try PenaltyPlan(penalties, over: CoupledPenaltyTests.parameters(), under: optimizer)
            return ""
        } catch {
            return "\(error)"
        }
    }

    @Test("Filters that select different numbers")
    func counts() {
        let text = message([.lossTerm(Tied(), on: .named("fully.*.weight"), .named("fully.0.bias"))])
        #expect(text.contains(#""Tied": its filters select equally many parameters"#), "\(text)")
        #expect(text.contains(#"[["fully.0.weight", "fully.1.weight"], ["fully.0.bias"]]"#), "\(text)")
    }

    @Test("A filter that selects nothing")
    func nothing() {
        let text = message([.lossTerm(Tied(), on: .named("fully.0.weight"), .named("fuly.0.weight"))])
        #expect(text.contains("Did you mean fully.0.weight"), "\(text)")
    }

    @Test("The same tensor twice, shapes that do not fit, a strength below 0, scaling by parameter")
    func others() {
        let both: [ParameterFilter] = [.named("fully.0.weight"), .named("fully.1.weight")]
        #expect(message([.lossTerm(Tied(), on: both[0], both[0])]).contains("its tensors are different ones"))
        #expect(message([.lossTerm(Tied(), on: both[0], both[1])]).contains("two equal shapes are tied"))
        #expect(
            message([.lossTerm(Tied(), strength: -1, on: both[0], both[1])]).contains("has strength -1.0"))
        let scaled = Penalty.lossTerm(UnitGroupLasso(of: [.incoming]), on: both[0]).scaled(
            by: .squareRootOfCount)
        #expect(message([scaled]).contains("is not scaled by parameter"))
    }

    @Test("Another proximal step on one of the tensors, but for decoupled weight decay")
    func composition() {
        let text = message([CoupledPenaltyTests.unitStep(), .proximalStep(L1(), on: .biases)])
        #expect(text.contains("on fully.0.bias"), "\(text)")
        #expect(text.contains("make one of the two a loss term"), "\(text)")
        let decay = Penalty.proximalStep(SquaredL2(), on: .all, metric: .euclidean)
        #expect(message([CoupledPenaltyTests.unitStep(), decay]) == "")
        #expect(message([CoupledPenaltyTests.unitStep(), decay], under: SGD(learningRate: 0.1)) != "")
        #expect(message([CoupledPenaltyTests.unitStep(), .lossTerm(L1(), on: .biases)]) == "")
    }

    @Test("A tensor in two places of a proximal step, which a loss term may have")
    func overlap() {
        let parameters = Parameters([
            ("a.weight", [2, 2], [1, 2, 3, 4]), ("b.weight", [2, 2], [1, 2, 3, 4]),
            ("c.weight", [2, 2], [1, 2, 3, 4]),
        ])
        let first = ParameterFilter.exactly("a.weight", "b.weight")
        let second = ParameterFilter.exactly("b.weight", "c.weight")
        let chain = UnitGroupLasso(of: [.incoming, .outgoing])
        #expect(throws: PenaltyError.self) {
            try PenaltyPlan([.proximalStep(chain, on: first, second)], over: parameters)
        }
        #expect(throws: Never.self) {
            try PenaltyPlan([.lossTerm(chain, on: first, second)], over: parameters)
        }
    }

    @Test("A proximal point that is known in the Euclidean metric only")
    func euclideanOnly() {
        let nuclear = Unitwise(SortedL1(weights: [1, 0.5]), of: [.incoming])
        #expect(
            message([.proximalStep(nuclear, on: .named("fully.0.weight"))]).contains("metric: .euclidean"))
        let euclidean = Penalty.proximalStep(nuclear, on: .named("fully.0.weight"), metric: .euclidean)
        #expect(message([euclidean]) == "")
        #expect(
            message([.proximalStep(nuclear, on: .named("fully.0.weight"))], under: SGD(learningRate: 0.1))
                == "")
    }

    @Test("A base whose parts do not compose")
    func refused() {
        let base = Unitwise(
            GroupLInfinity(.whole) + GroupMCP(.whole, threshold: 1, concavity: 3), of: [.incoming])
        let text = message([.proximalStep(base, on: .named("fully.0.weight"))])
        #expect(text.contains("have no proven composition"), "\(text)")
    }
}
