import Regularization

extension Benchmark {
    /// Products of an m × k and a k × n matrix, in the sizes of the seed network and of a wide network.
    static let products: [Benchmark] = [
        (64, 100, 30), (64, 200, 100), (64, 300, 200), (128, 300, 200), (512, 512, 512), (128, 1024, 1024),
        (1024, 1024, 128), (1024, 1024, 1024),
    ].map { m, n, k in
        Benchmark(name: "matmul/\(m)x\(n)x\(k)", amount: .floatingPointOperations(2 * Double(m * n * k))) {
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
