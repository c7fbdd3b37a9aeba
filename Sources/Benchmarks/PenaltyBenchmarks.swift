import Regularization

extension Benchmark {
    /// The value of a regularizer, with its gradient added to a gradient, in one call.
    static let penalties: [Benchmark] = Tensors.all.flatMap { tensors in
        let bytes = Amount.bytes(12 * Double(tensors.count))
        // Half of the Gram matrix, which is symmetric, and its product with the weights.
        let products = tensors.shapes.reduce(0.0) { $0 + 3 * Double($1.count * min($1.rows, $1.columns)) }
        return [
            penalty("l1", L1(), tensors, bytes),
            penalty("l1ByAnAuthor", L1ByAnAuthor(), tensors, bytes),
            penalty("squaredL2", SquaredL2(), tensors, bytes),
            penalty("groupLasso", GroupLasso(.rows), tensors, bytes),
            penalty("orthogonality", Orthogonality(), tensors, .floatingPointOperations(products)),
        ]
    }

    private static func penalty(
        _ name: String, _ regularizer: some DifferentiableRegularizer, _ tensors: Tensors, _ amount: Amount
    ) -> Benchmark {
        Benchmark(name: "penalty/\(name)/\(tensors.name)", amount: amount) {
            let parameters = tensors.parameters
            var gradients = Gradients(like: parameters)
            return {
                for tensor in parameters.layout.tensors.indices {
                    var gradient = gradients.mutableWeights(tensor)
                    sink += regularizer.valueAddingGradient(
                        at: parameters.weights(tensor), scale: 1e-6, to: &gradient)
                }
            }
        }
    }
}

/// L1 as a third party writes it: three functions of one weight, without a kernel.
struct L1ByAnAuthor: DifferentiableElementwiseRegularizer, ProximalElementwiseRegularizer {
    func value(at weight: Float) -> Double { Double(abs(weight)) }
    func derivative(at weight: Float) -> Float {
        weight > 0 ? 1 : weight < 0 ? -1 : weight == 0 ? 0 : weight
    }
    func proximalPoint(of weight: Float, scale: Float) -> Float {
        abs(weight) <= scale ? 0 : weight > 0 ? weight - scale : weight + scale
    }
}
