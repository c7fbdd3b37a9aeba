import Testing

@testable import Regularization

@Suite("ProximalPlan")
struct ProximalPlanTests {
    private func plan(
        _ regularizers: any Regularizer..., in metric: MetricKind = .learningRate
    ) throws -> ProximalPlan {
        try ProximalPlan.combining(
            regularizers.enumerated().flatMap { source, regularizer in
                regularizer.parts().map { ProximalPlan.Candidate(part: $0, source: source) }
            }, in: metric
        ).get()
    }

    @Test("The order and why it is exact, in words")
    func explanations() throws {
        #expect(try plan(L1()).explanation == "one proximal point")
        #expect(try plan(L1(), 2 * L1()).explanation == "L1 strengths added")
        #expect(try plan(L1() + SquaredL2()).explanation == "squared L2 folded")
        let sparse = "L1, then GroupLasso(rows): exact (elementwise before monotone)"
        #expect(try plan(L1(), GroupLasso(.rows)).explanation == sparse)
        #expect(try plan(GroupLasso(.rows), L1()).explanation == sparse)
        #expect(
            try plan(SquaredL2(), GroupLasso(.rows), L1()).explanation == "squared L2 folded; \(sparse)")
    }

    @Test("Each source has a strength of its own")
    func strengths() throws {
        var values: [Float] = [1, 1]
        var weights = MutableWeights(shape: [2], values.mutableSpan)
        try plan(L1(), 2 * L1(), SquaredL2()).apply(to: &weights, scale: 1, strengths: [0.25, 0.125, 1])
        #expect(values == [0.25, 0.25])
    }

    @Test("A strength of 0 leaves its part out")
    func zeroStrength() throws {
        var values: [Float] = [3, -4]
        let plan = try plan(L1(), GroupLasso(.whole), SquaredL2())
        var weights = MutableWeights(shape: [2], values.mutableSpan)
        plan.apply(to: &weights, scale: 1, strengths: [0, 0, 0])
        let sizes: [Float] = [1, 2]
        plan.apply(to: &weights, scales: Scales(sizes.span, factor: 1), strengths: [0, 0, 0])
        #expect(values == [3, -4])
    }

    @Test("A part without a proximal point, and one with a Euclidean one only, are named")
    func capabilities() throws {
        #expect(throws: CompositionRefusal.self) { try plan(L1() + SRIP()) }
        do { _ = try plan(SRIP()) } catch {
            #expect("\(error)" == "SRIP has no proximal point")
        }
        #expect(try plan(Opaque(), SquaredL2()).euclideanOnly.map(\.name) == ["Opaque"])
        #expect(try plan(Orthogonality(), SquaredL2()).euclideanOnly.map(\.name) == ["Orthogonality"])
        #expect(try plan(L1(), GroupLasso(.rows)).euclideanOnly.isEmpty)
    }

    @Test("A refusal names its penalties")
    func sources() {
        do {
            _ = try plan(L1(), SquaredL2(), Unstated())
            Issue.record("L1 and Unstated have no proven composition")
        } catch {
            #expect((error as? CompositionRefusal)?.sources == [0, 2])
        }
    }
}
