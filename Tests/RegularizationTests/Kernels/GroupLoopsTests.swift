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

    @Test(arguments: shapes)
    func valuesGradientsAndProximalPoints(shape: Shape) {
        let tensor = Self.tensor(shape)
        for (groups, blocks) in Self.pairs(shape) {
            let (fast, slow) = (GroupLasso(groups), GroupLasso(blocks))
            let value = tensor.value(slow)
            #expect(abs(tensor.value(fast) - value) <= 1e-12 * value)
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
            let (fast, slow) = (GroupLasso(groups), GroupLasso(blocks))
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

    /// A group with NaN is NaN, one with infinity stays as it is, their neighbours are not touched by it.
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
                    if column == 9 { #expect(point == values[row * 20 + 9]) }
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
