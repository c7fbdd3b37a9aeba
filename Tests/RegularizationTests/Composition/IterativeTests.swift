import Regularization
import Testing

@Suite("Iterative")
struct IterativeTests {
    private let tensor = Tensor([3, 4], [1, -2, 0.5, -0.25, 3, 0.75, -1.5, 0.1, 2, -0.6, 0.9, 1.1])
    private let groups = GroupLasso(.rows, weighting: .none) + GroupLasso(.columns, weighting: .none)

    private func objective(_ point: [Float], _ scales: [Float], _ regularizer: some Regularizer) -> Double {
        ProximalProblem(tensor.values, scales: scales).distance(to: point)
            + Tensor(tensor.shape, point).value(regularizer)
    }

    @Test("Rows and columns: refused as they are, minimal when iterated, in either metric")
    func rowsAndColumns() {
        #expect(groups.refusal != nil)
        let iterated = groups.iterative(tolerance: 1e-7)
        #expect(iterated.refusal == nil)
        #expect(iterated.metricRefusal == nil)
        for scale in [0.1, 0.5, 1] as [Float] {
            let sizes = tensor.values.indices.map { scale * Float($0 % 3 + 1) }
            let uniform = [Float](repeating: scale, count: 12)
            expectMinimal(tensor.proximalPoint(iterated, scale: scale), uniform)
            expectMinimal(tensor.proximalPoint(iterated, stepSizes: sizes), sizes)
        }
    }

    /// No neighbor along a coordinate, toward the weights or toward zero, of an element, row or column is lower.
    private func expectMinimal(_ point: [Float], _ scales: [Float]) {
        let lowest = objective(point, scales, groups)
        let parts =
            (0..<12).map { [$0] } + (0..<3).map { row in (0..<4).map { 4 * row + $0 } }
            + (0..<4).map { column in (0..<3).map { 4 * $0 + column } }
        for part in parts {
            for share in [-0.1, -0.01, -0.001, 0.001, 0.01, 0.1] as [Float] {
                var probe = point
                for index in part { probe[index] += share * (tensor.values[index] - point[index]) }
                #expect(objective(probe, scales, groups) >= lowest - 2e-6, "share \(share)")
                probe = point
                for index in part { probe[index] *= 1 + share }
                #expect(objective(probe, scales, groups) >= lowest - 2e-6, "share \(share)")
            }
        }
    }

    /// The reference is ADMM's in float64, by `Reference/l1_nuclear.py`.
    @Test("L1 + nuclear norm reaches the optimum, which neither order reaches")
    func nuclear() throws {
        let reference = try Reference.decode(SumReference.self, "l1_nuclear")
        let tensor = Tensor([4, 3], reference.input)
        func objective(_ point: [Float]) -> Double {
            let problem = ProximalProblem(tensor.values, scales: tensor.values.map { _ in 1 })
            let found = Tensor(tensor.shape, point)
            let penalty = reference.l1 * found.value(L1()) + reference.nuclear * found.value(NuclearNorm())
            return problem.distance(to: point) + penalty
        }
        let (l1, nuclear) = (reference.l1 * L1(), reference.nuclear * NuclearNorm())
        let found = tensor.proximalPoint((l1 + nuclear).iterative(tolerance: 1e-7), scale: 1)
        expectClose(objective(found), reference.objective, relative: 1e-6)
        expectClose(found, reference.output, within: 2e-5)
        #expect(found.map { $0 == 0 } == reference.output.map { abs($0) < 1e-9 })
        let first = tensor.proximalPoint(l1, scale: 1)
        #expect(
            objective(Tensor([4, 3], first).proximalPoint(nuclear, scale: 1)) > 1.001 * reference.objective)
        let second = tensor.proximalPoint(nuclear, scale: 1)
        #expect(objective(Tensor([4, 3], second).proximalPoint(l1, scale: 1)) > 1.001 * reference.objective)
    }

    private struct SumReference: Decodable {
        let input: [Float]
        let l1, nuclear, objective: Double
        let output: [Double]
    }

    @Test("Whole rows and columns become exactly zero")
    func zeros() {
        let faint = Tensor([2, 2], [3, 0.1, 0.2, 0.05])
        let point = faint.proximalPoint(groups.iterative(tolerance: 1e-6), scale: 0.5)
        #expect(point[0] > 1.5)
        #expect(point[1...] == [0, 0, 0])
    }

    @Test("It tells rounds and residual, and a wider tolerance ends sooner")
    func report() throws {
        func iterate(_ tolerance: Double) throws -> Iteration {
            var values = tensor.values
            var weights = MutableWeights(shape: tensor.shape, values.mutableSpan)
            return try #require(groups.iterative(tolerance: tolerance).iterate(&weights, scale: 0.5))
        }
        let (coarse, fine) = (try iterate(1e-2), try iterate(1e-7))
        #expect(coarse.count < fine.count)
        #expect(coarse.residual <= 1e-2)
        #expect(fine.residual <= 1e-6)
        #expect(coarse.residual > fine.residual)
    }

    @Test("The smallest tolerance that was asked for holds")
    func tolerances() throws {
        let parameters = Parameters([("weight", [3, 4], tensor.values)])
        func count(_ first: Double, _ second: Double) throws -> Int {
            var plan = try PenaltyPlan(
                [
                    .proximalStep(GroupLasso(.rows).iterative(tolerance: first)),
                    .proximalStep(GroupLasso(.columns).iterative(tolerance: second)),
                ], over: parameters)
            var moved = parameters
            plan.applyProximalSteps(to: &moved, stepSize: 0.1)
            return try #require(plan.iterations["weight"]).count
        }
        #expect(try count(1e-6, 1e-2) == count(1e-2, 1e-6))
        #expect(try count(1e-6, 1e-2) > count(1e-2, 1e-2))
    }

    @Test("Far from a small result, which Float32 then cannot resolve, it does not look converged")
    func farAway() throws {
        let balls = (L1Ball(.rows, radius: 1) + L1Ball(.columns, radius: 0.7)).iterative(tolerance: 1e-6)
        func iterate(_ size: Float) throws -> (Iteration, [Float]) {
            var values = ([0.9, -2, 0.5, 0.25, 3, -0.75] as [Float]).map { size * $0 }
            var weights = MutableWeights(shape: [2, 3], values.mutableSpan)
            return (try #require(balls.iterate(&weights, scale: 1)), values)
        }
        let (near, point) = try iterate(1)
        #expect(near.residual <= 1e-6)
        expectClose(point, [0.7, 0, 0.3, 0, 0.7, -0.3], ofInput: [1])
        let (far, _) = try iterate(1e6)
        #expect(far.residual > 1e-3)
    }

    @Test("Where the exact order is known nothing is iterated")
    func exact() {
        var values = tensor.values
        var weights = MutableWeights(shape: tensor.shape, values.mutableSpan)
        let sparse = (L1() + GroupLasso(.rows)).iterative(tolerance: 1e-6)
        #expect(sparse.iterate(&weights, scale: 0.25) == nil)
        #expect(values == tensor.proximalPoint(L1() + GroupLasso(.rows), scale: 0.25))
    }

    @Test("A result that is zero is one, though a part's point is off by a rounding")
    func zeroResult() throws {
        var values: [Float] = [0.3, -0.1, -0.2, 0.7, 0.1, -0.8]
        var weights = MutableWeights(shape: [2, 3], values.mutableSpan)
        let fused = (TotalVariation(along: .columns) + NuclearNorm() + L1()).iterative(tolerance: 1e-6)
        let iteration = try #require(fused.iterate(&weights, scale: 3))
        #expect(values == [0, 0, 0, 0, 0, 0])
        #expect(iteration.residual <= 1e-6)
    }

    @Test("Zeros, NaN and infinity end it at once")
    func extremes() {
        let iterated = groups.iterative(tolerance: 1e-6)
        #expect(Tensor([2, 2], [0, 0, 0, 0]).proximalPoint(iterated, scale: 1) == [0, 0, 0, 0])
        #expect(Tensor([2, 2], [1, .nan, 0, 0]).proximalPoint(iterated, scale: 1)[1].isNaN)
        #expect(Tensor([0, 2], []).proximalPoint(iterated, scale: 1) == [])
        let tiny = Tensor([2, 2], [1e-38, 2e-38, 0, 0]).proximalPoint(iterated, scale: 1)
        #expect(tiny == [0, 0, 0, 0])
    }

    @Test("From zero, and from next to it, it does not end before the parts agree")
    func constraintAwayFromZero() throws {
        let iterated = (WeightedL1([0, 5, 5]) + Simplex(.whole, total: 1)).iterative(tolerance: 1e-6)
        for size in [0, 1e-20, 1e-6] as [Float] {
            var values = [0.3 * size, 0.2 * size, -0.1 * size]
            var weights = MutableWeights(shape: [3], values.mutableSpan)
            let iteration = try #require(iterated.iterate(&weights, scale: 1))
            expectClose(values, [1, 0, 0], ofInput: [10], "size \(size)")
            #expect(iteration.count < 100 && iteration.residual <= 1e-6, "size \(size)")
        }
    }

    @Test("Penalties that overlap are iterated if one of them asks, and the plan tells how it went")
    func penalties() throws {
        let rows = GroupLasso(.rows, weighting: .none)
        let columns = GroupLasso(.columns, weighting: .none)
        let parameters = Parameters([("weight", [3, 4], tensor.values)])
        var plan = try PenaltyPlan(
            [
                .proximalStep(rows.iterative(tolerance: 1e-6), strength: 0.5),
                .proximalStep(columns, strength: 0.5),
            ], over: parameters)
        #expect(plan.iterations.isEmpty)
        var moved = parameters
        plan.applyProximalSteps(to: &moved, stepSize: 1)
        let expected = tensor.proximalPoint(groups.iterative(tolerance: 1e-6), scale: 0.5)
        expectClose(moved["weight"], expected.map { Double($0) }, ofInput: tensor.values)
        let iteration = try #require(plan.iterations["weight"])
        #expect(iteration.count > 2 && iteration.residual <= 1e-6)
        let order = "(GroupLasso(rows, unweighted)) and (GroupLasso(columns, unweighted)) iterated to 1e-06"
        #expect(
            "\(plan)".contains("\(order); last \(iteration.count) rounds, residual \(iteration.residual)"))
        #expect(throws: PenaltyError.self) {
            try PenaltyPlan([.proximalStep(rows), .proximalStep(columns)], over: parameters)
        }
    }
}
