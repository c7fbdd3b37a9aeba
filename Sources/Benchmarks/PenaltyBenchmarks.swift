import Regularization

extension Benchmark {
    private static let shapes: [(name: String, shapes: [Shape])] = [
        ("1024x1024", [[1024, 1024]]),
        ("seed", [[100, 30], [200, 100], [300, 200], [100, 300], [5, 100]]),
    ]

    /// The value of a regularizer, and its gradient added to a gradient.
    static let penalties: [Benchmark] = shapes.flatMap { name, shapes in
        [
            penalty("l1/\(name)", L1(), shapes),
            penalty("squaredL2/\(name)", SquaredL2(), shapes),
            penalty("groupLasso/\(name)", GroupLasso(.rows), shapes),
            penalty("orthogonality/\(name)", Orthogonality(), shapes),
        ]
    }

    /// A proximal point in the Euclidean metric, and in a diagonal one.
    static let proximalPoints: [Benchmark] = shapes.flatMap { name, shapes in
        [
            prox("l1/\(name)", L1(), shapes, inMetric: false),
            prox("l1Metric/\(name)", L1(), shapes, inMetric: true),
            prox("groupLasso/\(name)", GroupLasso(.rows), shapes, inMetric: false),
            prox("groupLassoMetric/\(name)", GroupLasso(.rows), shapes, inMetric: true),
            prox("sparseGroupLassoMetric/\(name)", L1() + GroupLasso(.rows), shapes, inMetric: true),
        ]
    }

    private static func penalty(
        _ name: String, _ regularizer: some DifferentiableRegularizer, _ shapes: [Shape]
    ) -> Benchmark {
        Benchmark(name: "penalty/\(name)") {
            let parameters = Parameters(of: shapes)
            var gradients = Gradients(like: parameters)
            return {
                for tensor in parameters.layout.tensors.indices {
                    sink += regularizer.value(at: parameters.weights(tensor))
                    var gradient = gradients.mutableWeights(tensor)
                    regularizer.addGradient(at: parameters.weights(tensor), scale: 1e-6, to: &gradient)
                }
            }
        }
    }

    /// The scale is so small that thousands of calls leave the weights about as they were.
    private static func prox(
        _ name: String, _ regularizer: some MetricProximalRegularizer, _ shapes: [Shape], inMetric: Bool
    ) -> Benchmark {
        Benchmark(name: "prox/\(name)") {
            var parameters = Parameters(of: shapes)
            let stepSizes = uniform(parameters.count, seed: 2).map { 1e-9 * (1.5 + $0) }
            return {
                for tensor in parameters.layout.tensors.indices {
                    let range = parameters.layout.tensors[tensor].range
                    var weights = parameters.mutableWeights(tensor)
                    if inMetric {
                        let scales = Scales(stepSizes.span.extracting(range), factor: 1)
                        regularizer.applyProx(to: &weights, scales: scales)
                    } else {
                        regularizer.applyProx(to: &weights, scale: 1e-9)
                    }
                }
            }
        }
    }
}

extension Parameters {
    fileprivate init(of shapes: [Shape]) {
        self.init(
            shapes.enumerated().map { index, shape in
                ("\(index).weight", shape, uniform(shape.count, seed: UInt64(index)))
            })
    }
}
