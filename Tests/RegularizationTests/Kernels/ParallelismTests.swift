import Testing

@testable import Regularization

/// One after the other, because the number of threads is one for the process; other tests may run meanwhile,
/// since their results do not depend on it.
@Suite(.serialized)
struct ParallelismTests {
    private func withThreads<Result>(_ threads: Int, _ body: () throws -> Result) rethrows -> Result {
        let before = Parallelism.threads
        Parallelism.threads = threads
        defer { Parallelism.threads = before }
        return try body()
    }

    private static func uniform(_ count: Int, seed: UInt64) -> [Float] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in 2 * generator.nextUnitFloat() - 1 }
    }

    @Test("Every number is called once", arguments: [1, 2, 3, 8])
    func callsEachOnce(threads: Int) {
        withThreads(threads) {
            var calls = Array(repeating: 0, count: 100)
            calls.withUnsafeMutableBufferPointer { calls in
                let calls = calls.baseAddress!
                concurrently(100) { calls[$0] += 1 }
            }
            #expect(calls == Array(repeating: 1, count: 100))
            var ranges = Array(repeating: 0..<0, count: 4)
            ranges.withUnsafeMutableBufferPointer { ranges in
                let ranges = ranges.baseAddress!
                concurrently(over: 10, grain: 3) { ranges[$0.lowerBound / 3] = $0 }
            }
            #expect(ranges == [0..<3, 3..<6, 6..<9, 9..<10])
        }
    }

    @Test("Work within work runs on the thread that it is on")
    func nesting() {
        withThreads(4) {
            concurrently(4) { _ in
                var inner = 0
                concurrently(10) { inner += $0 }
                #expect(inner == 45)
            }
        }
    }

    @Test("Products have the same bits", arguments: [(97, 700, 130), (700, 97, 130), (300, 310, 90)])
    func products(rows: Int, columns: Int, inner: Int) {
        let (a, b) = (Self.uniform(rows * inner, seed: 1), Self.uniform(columns * inner, seed: 2))
        let (bias, factors) = (Self.uniform(columns, seed: 3), Self.uniform(rows * columns, seed: 4))
        for form in MatrixProduct.Form.allCases {
            let products = [1, 2, 3].map { threads in
                withThreads(threads) {
                    var c = Array(repeating: Float(0), count: rows * columns)
                    var span = c.mutableSpan
                    MatrixProduct.multiply(
                        form, rows: rows, columns: columns, inner: inner, a.span, b.span, into: &span,
                        bias: bias.span, negativeSlope: 0.25, outputs: factors.span, factors: factors.span)
                    return c
                }
            }
            #expect(products[0] == products[1], "form \(form)")
            #expect(products[0] == products[2], "form \(form)")
        }
    }

    @Test("Subnormal numbers count as zero on the threads of work for which they do, and on no others")
    func subnormals() {
        let (a, b) = (Array(repeating: Float(1e-39), count: 300 * 300), Self.uniform(300 * 300, seed: 1))
        let product = {
            var c = Array(repeating: Float(1), count: 300 * 300)
            var span = c.mutableSpan
            MatrixProduct.multiply(.aTimesB, rows: 300, columns: 300, inner: 300, a.span, b.span, into: &span)
            return c
        }
        let expected = withThreads(1) { product() }
        #expect(expected.contains { $0 != 0 }, "\(expected)")
        for _ in 0..<3 {
            withThreads(3) {
                #expect(flushingSubnormals { product() }.allSatisfy { $0 == 0 })
                #expect(product() == expected)
            }
        }
    }

    @Test("Values, gradients and proximal points have the same bits", arguments: 0..<4)
    func regularizers(index: Int) {
        let regularizers: [any DifferentiableRegularizer & MetricProximalRegularizer] = [
            L1(), SquaredL2(), GroupLasso(.rows), GroupLasso(.columns),
        ]
        let regularizer = regularizers[index]
        let tensor = Tensor([600, 500], Self.uniform(300_000, seed: 8))
        let sizes = Self.uniform(300_000, seed: 9).map { abs($0) }
        let runs = [1, 2, 3].map { threads in
            withThreads(threads) {
                var gradient = Array(repeating: Float(0), count: 300_000)
                var view = MutableWeights(shape: tensor.shape, gradient.mutableSpan)
                let value = regularizer.valueAddingGradient(
                    at: Weights(shape: tensor.shape, tensor.values.span), scale: 1, to: &view)
                #expect(abs(value - tensor.value(regularizer)) <= 1e-12 * value)
                #expect(gradient == tensor.gradient(regularizer))
                return (
                    [value, tensor.value(regularizer)],
                    [
                        gradient, tensor.proximalPoint(regularizer, scale: 0.1),
                        tensor.proximalPoint(regularizer, stepSizes: sizes, factor: 0.1),
                    ]
                )
            }
        }
        for run in runs.dropFirst() {
            #expect(run.0 == runs[0].0, "run \(run)")
            #expect(run.1 == runs[0].1, "run \(run)")
        }
    }

    static let penalties: [[Penalty]] = [
        [],
        [.lossTerm(L1(), strength: 0.1), .proximalStep(SquaredL2(), strength: 0.5, metric: .euclidean)],
        [
            .lossTerm(Orthogonality(), strength: 1e-3),
            .proximalStep(L1() + GroupLasso(.columns), strength: 0.1),
        ],
        [.lossTerm(GroupLasso(.rows), strength: 0.1), .proximalStep(GroupLasso(.rows), strength: 0.01)],
    ]

    @Test("Updates with penalties have the same bits", arguments: penalties.indices)
    func updates(index: Int) throws {
        let start = Parameters([
            ("a.weight", [400, 400], Self.uniform(160_000, seed: 5)),
            ("a.bias", [400], Self.uniform(400, seed: 6)),
        ])
        let runs = try [1, 2, 3].map { threads in
            try withThreads(threads) {
                var parameters = start
                var optimizer = try Adam(learningRate: 0.01).regularized(
                    by: Self.penalties[index], over: parameters)
                for seed in 7..<9 {
                    var gradients = Gradients(like: parameters, Self.uniform(160_400, seed: UInt64(seed)))
                    optimizer.update(&parameters, along: &gradients)
                }
                return parameters.values
            }
        }
        #expect(runs[0] == runs[1])
        #expect(runs[0] == runs[2])
        #expect(runs[0] != start.values)
    }
}
