import Regularization

/// Each weight has a step size of its own, which shrinks with every gradient: s ← s + g², w ← w − η·g/(√s + ε).
///
/// - Source: Duchi, Hazan, Singer, "Adaptive Subgradient Methods for Online Learning and Stochastic Optimization",
///   2011.
package struct AdaGrad: Optimizer {
    package var learningRate: Float
    private var squares: [Float] = []
    private let epsilon: Float = 1e-8

    package init(learningRate: Float) { self.learningRate = learningRate }

    package var metric: Metric { .diagonal }

    package mutating func update(_ parameters: inout Parameters, along gradients: inout Gradients) {
        let (rate, epsilon) = (learningRate, epsilon)
        updateEach(&parameters, along: gradients, &squares) { weight, gradient, square in
            square += gradient * gradient
            weight -= rate * gradient / (square.squareRoot() + epsilon)
        }
    }

    package func writeStepSizes(of range: Range<Int>, to sizes: inout MutableSpan<Float>) {
        for index in 0..<range.count { sizes[index] = squares[range.lowerBound + index] }
        takeSquareRoots(of: &sizes)
        for index in 0..<range.count { sizes[index] = learningRate / (sizes[index] + epsilon) }
    }
}
