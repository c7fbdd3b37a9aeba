import Regularization

extension Benchmark {
    /// What moving the memory of 1024 × 1024 weights costs, to compare with.
    static let floors: [Benchmark] = [
        Benchmark(name: "floor/copy") {
            let source = uniform(1024 * 1024, seed: 1)
            var target = source
            return {
                let from = source.span
                var to = target.mutableSpan
                for index in 0..<from.count { to[unchecked: index] = from[unchecked: index] }
                sink += Double(to[0])
            }
        },
        Benchmark(name: "floor/scaleInPlace") {
            var values = uniform(1024 * 1024, seed: 1)
            return {
                var span = values.mutableSpan
                for index in 0..<span.count { span[unchecked: index] *= 0.999_999 }
            }
        },
    ]

    /// Products of matrices, m × n with inner dimension k.
    static let products: [Benchmark] = [(64, 100, 30), (128, 300, 200), (512, 512, 512), (1024, 1024, 1024)]
        .map { m, n, k in
            Benchmark(name: "matmul/\(m)x\(n)x\(k)") {
                let (a, b) = (uniform(m * k, seed: 1), uniform(k * n, seed: 2))
                var c = [Float](repeating: 0, count: m * n)
                return {
                    var span = c.mutableSpan
                    MatrixProduct.multiply(
                        .aTimesB, rows: m, columns: n, inner: k, a.span, b.span, into: &span)
                }
            }
        }
}
