import Testing

@testable import Regularization

/// Rows, columns and whole tensors, which have kernels, against the same groups as blocks, which have none.
struct GroupLoopsTests {
    /// Around the batches and lanes, and taller and wider than a kernel takes.
    static let shapes: [Shape] = [
        [1, 1], [3, 5], [17, 33], [5, 600], [600, 5], [40, 70], [2000, 40], [5000, 3], [1, 70_000],
    ]

    private static func tensor(_ shape: Shape) -> Tensor {
        var generator = SeededGenerator(seed: 3)
        return Tensor(shape, (0..<shape.count).map { _ in 2 * generator.nextUnitFloat() - 1 })
    }

    private static func pairs(_ shape: Shape) -> [(Groups, Groups)] {
        [
            (.rows, .blocks(rows: 1, columns: shape.columns)),
            (.columns, .blocks(rows: shape.rows, columns: 1)),
            (.whole, .blocks(rows: shape.rows, columns: shape.columns)),
        ]
    }

    /// With a weight of its own for each group.
    private static func lassos(_ groups: Groups, _ blocks: Groups, _ shape: Shape) -> (GroupLasso, GroupLasso)
    {
        let size = Double(shape.count / groups.count(in: shape)).squareRoot()
        let weights = (0..<groups.count(in: shape)).map { size * (0.75 + Double($0 * 7919 % 11) / 22) }
        return (
            GroupLasso(groups, weighting: .custom(weights)), GroupLasso(blocks, weighting: .custom(weights))
        )
    }

    @Test(arguments: shapes)
    func valuesGradientsAndProximalPoints(shape: Shape) {
        let tensor = Self.tensor(shape)
        for (groups, blocks) in Self.pairs(shape) {
            let (fast, slow) = Self.lassos(groups, blocks, shape)
            let value = tensor.value(slow)
            #expect(abs(tensor.value(fast) - value) <= 1e-12 * value, "\(groups), blocks \(blocks)")
            // Some groups survive these scales and some do not.
            for scale in [0.05, 0.4, 0.58] as [Float] {
                expectNear(
                    tensor.proximalPoint(fast, scale: scale), tensor.proximalPoint(slow, scale: scale),
                    from: tensor.values)
            }
            expectNear(tensor.gradient(fast), tensor.gradient(slow), from: tensor.values)
        }
    }

    @Test(arguments: shapes)
    func proximalPointsInAMetric(shape: Shape) {
        let tensor = Self.tensor(shape)
        var generator = SeededGenerator(seed: 4)
        let sizes = (0..<shape.count).map { _ in
            let size = generator.nextUnitFloat()
            return size < 0.05 ? 0 : size * size * size
        }
        for (groups, blocks) in Self.pairs(shape) {
            let (fast, slow) = Self.lassos(groups, blocks, shape)
            for (factor, ridge) in [(0.01, 0), (0.5, 0), (0.5, 2), (20, 0)] as [(Float, Float)] {
                expectNear(
                    tensor.proximalPoint(fast, stepSizes: sizes, factor: factor, ridge: ridge),
                    tensor.proximalPoint(slow, stepSizes: sizes, factor: factor, ridge: ridge),
                    from: tensor.values)
            }
        }
    }

    /// Where a kernel in Float would overflow, underflow or divide by zero, the slow path takes over.
    @Test(arguments: [1e-38, 1e-30, 1e-20, 1e20, 1e30, 1e38] as [Float])
    func extremeNumbers(magnitude: Float) {
        let shape: Shape = [9, 20]
        var values = Self.tensor(shape).values.map { $0 * magnitude }
        values[4] = 0
        let tensor = Tensor(shape, values)
        for factor in [magnitude, 1, 1e-12] as [Float] {
            let sizes = Self.tensor([20, 9]).values.map { abs($0) }
            for (groups, blocks) in Self.pairs(shape) {
                expectNear(
                    tensor.proximalPoint(GroupLasso(groups), stepSizes: sizes, factor: factor),
                    tensor.proximalPoint(GroupLasso(blocks), stepSizes: sizes, factor: factor),
                    from: tensor.values)
            }
        }
    }

    @Test("Columns that the kernel refuses do not disturb their neighbors")
    func someExtremeColumns() {
        let shape: Shape = [9, 40]
        let values = Self.tensor(shape).values.enumerated().map { $1 * ($0 % 40 % 7 == 3 ? 1e35 : 1) }
        let tensor = Tensor(shape, values)
        let sizes = (0..<360).map { Float($0 % 40 % 7 == 3 ? 1e34 : 0.1) }
        expectNear(
            tensor.proximalPoint(GroupLasso(.columns), stepSizes: sizes),
            tensor.proximalPoint(GroupLasso(.blocks(rows: 9, columns: 1)), stepSizes: sizes), from: values)
    }

    @Test("A zero that may not move stays zero, close to the threshold too")
    func fixedZero() {
        let tensor = Tensor(vector: 1.216439, 0)
        let norm = GroupLasso(.whole, weighting: .custom([0.7434435934838047]))
        #expect(tensor.proximalPoint(norm, stepSizes: [1.6362224, 0]) == [0, 0])
    }

    @Test("The gradient of a tiny group is as long as that of any other", arguments: 0..<3)
    func tinyNorms(index: Int) {
        let tensor = Tensor([1, 4], [3e-39, 0, -4e-39, 0])
        let groups: [Groups] = [.rows, .whole, .blocks(rows: 1, columns: 4)]
        let gradient = tensor.gradient(GroupLasso(groups[index], weighting: .none), scale: 10)
        expectClose(gradient, [6, 0, -8, 0], relative: 1e-5, ofInput: [1])
        #expect(Tensor([1, 2], [2e-39, -1]).gradient(GroupLasso(.columns), scale: 10) == [10, -10])
    }

    /// φ is infinite beyond 1: the proximal point is the projection to the unit ball.
    private struct UnitBall: ProximalGroupwiseRegularizer {
        let groups: Groups
        func value(atNorm norm: Double, of group: Group) -> Double { norm <= 1 ? 0 : .infinity }
        func proximalNorm(of norm: Double, scale: Double, in group: Group) -> Double { min(norm, 1) }
    }

    @Test("A group with an infinite weight stays as it is, with an infinite value")
    func projectionOfInfinity() {
        for groups in [Groups.rows, .whole] {
            let found = Tensor([1, 2], [.infinity, 1]).proximalPoint(UnitBall(groups: groups), scale: 1)
            #expect(found == [.infinity, 1], "\(groups)")
            #expect(
                Tensor([1, 2], [.infinity, 1]).value(GroupMCP(groups, threshold: 1, concavity: 3))
                    == .infinity)
        }
    }

    @Test("Weights and gradient, or weights and scales, that differ in count stop")
    func differentCounts() async {
        await #expect(processExitsWith: .failure) {
            var gradient: [Float] = [0, 0]
            var view = MutableWeights(shape: [1, 2], gradient.mutableSpan)
            let values: [Float] = [1, 2, 3, 4]
            GroupLasso(.rows).addGradient(at: Weights(shape: [2, 2], values.span), scale: 1, to: &view)
        }
        await #expect(processExitsWith: .failure) {
            _ = Tensor([2, 2], [1, 2, 3, 4]).proximalPoint(GroupLasso(.rows), stepSizes: [1, 1])
        }
    }

    /// A group with NaN is NaN, one with infinity stays as it is, their neighbors are not touched by it.
    @Test func notANumber() {
        var values = Self.tensor([20, 20]).values
        values[3 * 20 + 5] = .nan
        values[7 * 20 + 9] = .infinity
        let tensor = Tensor([20, 20], values)
        let sizes = Array(repeating: Float(0.01), count: 400)
        for found in [
            tensor.proximalPoint(GroupLasso(.columns), stepSizes: sizes),
            tensor.proximalPoint(GroupLasso(.columns), scale: 0.01),
        ] {
            for row in 0..<20 {
                for column in 0..<20 {
                    let point = found[row * 20 + column]
                    #expect(point.isNaN == (column == 5), "\(row), \(column)")
                    if column == 9 { #expect(point == values[row * 20 + 9], "row \(row), column \(column)") }
                }
            }
        }
    }

    /// The kernel divides in Float: its errors are shares of a weight before, not of what is left of it.
    private func expectNear(
        _ found: [Float], _ expected: [Float], from weights: [Float],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let index = found.indices.first { index in
            let (a, b) = (found[index], expected[index])
            return !(a == b || abs(a - b) <= 1e-6 * abs(b) + 3e-7 * abs(weights[index]))
                || (a == 0) != (b == 0)
        }
        #expect(
            index == nil, "\(index!): \(found[index!]), not \(expected[index!])",
            sourceLocation: sourceLocation)
    }
}
