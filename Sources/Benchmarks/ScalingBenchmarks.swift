import Regularization

extension Benchmark {
    /// Passes over 10⁴ to 10⁸ weights, whose time for each weight should depend on the memory that holds them and on
    /// nothing else.
    static let scaling: [Benchmark] = (4...8).flatMap { power -> [Benchmark] in
        let count = Array(repeating: 10, count: power).reduce(1, *)
        let shape: Shape = [count / 100, 100]
        let parameters = { @Sendable in Parameters([("0.weight", shape, uniform(count, seed: 1))]) }
        return [
            Benchmark(name: "scaling/l1/1e\(power)", amount: .bytes(12 * Double(count))) {
                let parameters = parameters()
                var gradients = Gradients(like: parameters)
                return {
                    var gradient = gradients.mutableWeights(0)
                    sink += L1().valueAddingGradient(
                        at: parameters.weights(0), scale: 1e-6, to: &gradient)
                }
            },
            Benchmark(name: "scaling/l1Prox/1e\(power)", amount: .bytes(8 * Double(count))) {
                var parameters = parameters()
                return {
                    var weights = parameters.mutableWeights(0)
                    L1().applyProx(to: &weights, scale: 1e-9)
                }
            },
            // Adam reads weights, gradients and both means, and writes all but the gradients.
            Benchmark(name: "scaling/adam+l1Prox/1e\(power)", amount: .bytes(28 * Double(count))) {
                var parameters = parameters()
                var gradients = Gradients(like: parameters)
                var optimizer = try Adam(learningRate: 1e-6).regularized(
                    by: [.proximalStep(L1(), strength: 1e-4)], over: parameters)
                return { optimizer.update(&parameters, along: &gradients) }
            },
        ]
    }
}
