import Testing

@testable import Regularization

@Suite("ProximalPlan")
struct ProximalPlanTests {
    private func plan(
        _ regularizers: any Regularizer..., in metric: PlanMetric = .euclidean
    ) throws -> ProximalPlan {
        try ProximalPlan.combining(
            regularizers.enumerated().flatMap { source, regularizer in
                regularizer.summands().map { ProximalPlan.Candidate(summand: $0, source: source) }
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

    @Test("Chains of several rules, in whatever order they are written")
    func chains() throws {
        let fused =
            """
            TotalVariation(rows), then L1, then GroupLasso(rows): exact (order of elements kept, \
            radial last, elementwise before monotone)
            """
        let parts: [any Regularizer] = [TotalVariation(along: .rows), L1(), GroupLasso(.rows)]
        for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0], [1, 0, 2]] {
            let plan = try plan(parts[order[0]], parts[order[1]], parts[order[2]])
            #expect(plan.explanation == fused, "order \(order)")
        }
        let clamped = try plan(Box(-1...1), Huber(delta: 1), L1(), SquaredL2()).explanation
        #expect(
            clamped == """
                squared L2 folded; L1, then Huber, then Box(-1.0...1.0): exact \
                (elementwise before monotone, interval last)
                """)
        let low = try plan(RankBall(rank: 2), NuclearNorm(), GroupLasso(.whole)).explanation
        #expect(
            low == """
                RankBall(2), then NuclearNorm, then GroupLasso(whole): exact \
                (singular values, radial last)
                """)
        let apart = try plan(
            L1Ball(.indexSets([[0, 1]]), radius: 1), L2Sphere(.indexSets([[2, 3]])), in: .diagonal)
        #expect(apart.explanation.hasSuffix("exact (of different elements)"))
    }

    @Test("In a diagonal metric functions of the same norms are one step")
    func sameNorms() throws {
        let parts = [GroupLasso(.rows), GroupLasso(.rows, weighting: .none)]
        #expect(try plan(parts[0], parts[1]).chains[0].count == 2)
        let merged = try plan(L1(), parts[0], L2Ball(.rows, radius: 1), parts[1], in: .diagonal)
        #expect(merged.chains[0].map(\.merged.count) == [0, 2])
        let tensor = Tensor([2, 2], [1, -2, 0.5, 0.75])
        var values = tensor.values
        var weights = MutableWeights(shape: tensor.shape, values.mutableSpan)
        let sizes: [Float] = [0.5, 0.125, 0.25, 1]
        try plan(parts[0], parts[1], in: .diagonal).apply(
            to: &weights, scales: Scales(sizes.span, factor: 0.5))
        let weight = Double(2).squareRoot() + 1
        let one = GroupLasso(.rows, weighting: .custom([weight, weight]))
        let expected = tensor.proximalPoint(one, stepSizes: sizes, factor: 0.5)
        expectClose(values, expected.map { Double($0) }, ofInput: tensor.values)
        values = tensor.values
        var others = MutableWeights(shape: tensor.shape, values.mutableSpan)
        try plan(parts[0], parts[1], in: .diagonal)
            .apply(to: &others, scales: Scales(sizes.span, factor: 0.5), strengths: [0, 0.5])
        let half = tensor.proximalPoint(0.5 * parts[1], stepSizes: sizes, factor: 0.5)
        expectClose(values, half.map { Double($0) }, ofInput: tensor.values)
    }

    @Test("At uniform scales a plan for a diagonal metric gives the Euclidean point")
    func uniformScales() throws {
        let tensor = Tensor([2, 2], [1, -2, 0.5, 0.75])
        let points = try [PlanMetric.euclidean, .diagonal].map { metric in
            let plan = try plan(L1(), GroupLasso(.rows), L2Ball(.rows, radius: 1), SquaredL2(), in: metric)
            var values = tensor.values
            var weights = MutableWeights(shape: tensor.shape, values.mutableSpan)
            plan.apply(to: &weights, scales: Scales(uniform: 0.25, count: 4))
            return values
        }
        expectClose(points[1], points[0].map { Double($0) }, ofInput: tensor.values)
        #expect(points[0] != tensor.values)
    }

    @Test("A squared distance folds with its center")
    func centers() throws {
        let plan = try plan(
            L1(), SquaredDistance(to: [1, -1]), SquaredL2(), 2 * SquaredDistance(to: [3, 0]))
        #expect(!plan.isElementwise)
        let sizes: [Float] = [1, 0.5]
        for isDiagonal in [false, true] {
            var values: [Float] = [1, 2]
            var weights = MutableWeights(shape: [2], values.mutableSpan)
            plan.apply(
                to: &weights,
                scales: isDiagonal ? Scales(sizes.span, factor: 1) : Scales(uniform: 1, count: 2))
            if isDiagonal {
                // (2 − ½)/(1 + ½·4) less ½/(1 + ½·4).
                expectClose(values[1], 1.0 / 3, within: 1e-6, "diagonal: \(isDiagonal)")
            } else {
                #expect(abs(values[1]) < 1e-7, "diagonal: \(isDiagonal)")
            }
            // (1 + 1 + 2·3)/(1 + 4) less 1/(1 + 4).
            expectClose(values[0], 1.4, within: 1e-6, "diagonal: \(isDiagonal)")
        }
    }

    @Test("Intervals without a common number, and parts that are not convex in an iteration, are refused")
    func impossible() {
        func reason(_ regularizers: any Regularizer...) -> String {
            let parts = regularizers.flatMap { $0.summands() }
            let result = ProximalPlan.combining(
                parts.map { ProximalPlan.Candidate(summand: $0, source: 0) }, in: .euclidean)
            if case .failure(let refusal) = result { return refusal.reason }
            return ""
        }
        #expect(
            reason(Box(-1 ... -0.5), Nonnegative())
                == "no number is in the intervals of both Box(-1.0...-0.5) and Nonnegative")
        #expect(reason(Box(-1...0), Nonnegative()) == "")
        #expect(
            reason(L1().iterative(tolerance: 1e-3), NuclearNorm(), L0()).hasPrefix(
                "L0 is not stated to be convex"))
        #expect(reason(L1(), NuclearNorm()).contains("or ask for .iterative(tolerance:)"))
        #expect(!reason(L0(), NuclearNorm()).contains("iterative"))
    }

    @Test("What is exact in the Euclidean metric alone says so in another")
    func metrics() {
        do {
            _ = try plan(L1(), TotalVariation(along: .rows), in: .diagonal)
            Issue.record("total variation, then L1, is wrong in a diagonal metric")
        } catch {
            #expect(
                "\(error)" == """
                    the proximal points of L1 and TotalVariation(rows) have no proven composition on one tensor \
                    in this optimizer's diagonal metric, only in the Euclidean one; ask for metric: .euclidean on \
                    both, make one of them a loss term, filter them to different parameters, or ask for \
                    .iterative(tolerance:)
                    """)
        }
        #expect(throws: Never.self) { try plan(Nonnegative(), TotalVariation(along: .rows), in: .diagonal) }
    }

    @Test("Each source has a strength of its own")
    func strengths() throws {
        var values: [Float] = [1, 1]
        var weights = MutableWeights(shape: [2], values.mutableSpan)
        try plan(L1(), 2 * L1(), SquaredL2())
            .apply(to: &weights, scales: Scales(uniform: 1, count: 2), strengths: [0.25, 0.125, 1])
        #expect(values == [0.25, 0.25])
    }

    @Test("A strength of 0 leaves its part out")
    func zeroStrength() throws {
        var values: [Float] = [3, -4]
        let plan = try plan(L1(), GroupLasso(.whole), SquaredL2())
        var weights = MutableWeights(shape: [2], values.mutableSpan)
        plan.apply(to: &weights, scales: Scales(uniform: 1, count: 2), strengths: [0, 0, 0])
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
