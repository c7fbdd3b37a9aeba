import Regularization

/// One step size for each tensor, which shrinks with every gradient: s ← s + ‖g‖², w ← w − η·g/(√s + ε).
///
/// The norm needs all of a tensor, so that it is no rule for a range of weights. Each weight has its tensor's s in the
/// state, which can be stored like that of any optimizer.
///
/// - Source: Ward, Wu, Bottou, "AdaGrad stepsizes: sharp convergence over nonconvex landscapes", 2019.
package struct AdaGradNorm: Optimizer {
    package var learningRate: Float
    package var state = OptimizerState("squares")
    private let epsilon: Float = 1e-8

    package init(learningRate: Float) { self.learningRate = learningRate }

    package var metric: DiagonalMetric { DiagonalMetric() }

    // snippet: update
    package mutating func update(_ parameters: inout Parameters, along gradients: inout Gradients) {
        let (rate, epsilon) = (learningRate, epsilon)
        state.update(&parameters, along: &gradients) { tensor in
            var sum = 0.0
            tensor.forEach { _, gradient in sum += Double(gradient) * Double(gradient) }
            tensor.forEach { weight, gradient, square in
                square += Float(sum)
                weight -= rate / (square.squareRoot() + epsilon) * gradient
            }
        }
    }
    // end snippet

    package func writeStepSizes(of range: Range<Int>, to sizes: inout MutableSpan<Float>) {
        let piece = state.piece(range)
        let squares = piece[0]
        for index in 0..<range.count {
            sizes[index] = learningRate / (squares[index].squareRoot() + epsilon)
        }
    }
}
