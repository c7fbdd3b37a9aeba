import Regularization

extension Benchmark {
    /// Proximal points in the Euclidean metric and in a diagonal one.
    static let proximalPoints: [Benchmark] = Tensors.all.flatMap { tensors in
        [
            prox("l1", L1(), tensors, inMetric: false),
            prox("l1Metric", L1(), tensors, inMetric: true),
            prox("l1ByAnAuthor", L1ByAnAuthor(), tensors, inMetric: false),
            prox("l1ByAnAuthorMetric", L1ByAnAuthor(), tensors, inMetric: true),
            prox("groupLasso", GroupLasso(.rows), tensors, inMetric: false),
            prox("groupLassoColumns", GroupLasso(.columns), tensors, inMetric: false),
            prox("groupLassoMetric", GroupLasso(.rows), tensors, inMetric: true),
            prox("groupLassoMetricColumns", GroupLasso(.columns), tensors, inMetric: true),
            prox("sparseGroupLassoMetric", L1() + GroupLasso(.rows), tensors, inMetric: true),
        ]
    }

    /// A proximal point of all tensors, at a scale so small that thousands of calls hardly change the weights.
    private static func prox(
        _ name: String, _ regularizer: some MetricProximalRegularizer, _ tensors: Tensors, inMetric: Bool
    ) -> Benchmark {
        let bytes = Amount.bytes((inMetric ? 12 : 8) * Double(tensors.count))
        return Benchmark(name: "prox/\(name)/\(tensors.name)", amount: bytes) {
            var parameters = tensors.parameters
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
