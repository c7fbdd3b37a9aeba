import Regularization

extension Benchmark {
    private static let count = 1024 * 1024

    /// The limits of the processor: moving the memory of 1024 × 1024 weights, and multiplying in registers.
    static let floors: [Benchmark] = [
        Benchmark(name: "floor/copy", amount: .bytes(8 * Double(count))) {
            let source = uniform(count, seed: 1)
            var target = source
            return {
                let from = source.span
                var to = target.mutableSpan
                for index in 0..<from.count { to[unchecked: index] = from[unchecked: index] }
                sink += Double(to[0])
            }
        },
        Benchmark(name: "floor/scaleInPlace", amount: .bytes(8 * Double(count))) {
            var values = uniform(count, seed: 1)
            return {
                var span = values.mutableSpan
                for index in 0..<span.count { span[unchecked: index] *= 0.999_999 }
            }
        },
        Benchmark(
            name: "floor/peakFlops", amount: .floatingPointOperations(multiplyInRegisters(iterations: 10_000))
        ) {
            { sink += multiplyInRegisters(iterations: 10_000) }
        },
    ]
}
