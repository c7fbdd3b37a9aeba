import Regularization

/// Each weight has a step size of its own, which shrinks with every gradient: s ← s + g², w ← w − η·g/(√s + ε).
///
/// - Source: Duchi, Hazan, Singer, "Adaptive Subgradient Methods for Online Learning and Stochastic Optimization",
///   2011.
package struct AdaGrad: UpdateRule {
    package var learningRate: Float
    package var state = OptimizerState("squares")
    private let epsilon: Float = 1e-8

    package init(learningRate: Float) { self.learningRate = learningRate }

    package var metric: DiagonalMetric { DiagonalMetric() }

    package func update(_ part: inout UpdatePart) {
        part.forEach { weight, gradient, square in
            square += gradient * gradient
            weight -= learningRate * gradient / (square.squareRoot() + epsilon)
        }
    }

    package func writeStepSizes(from state: borrowing StatePart, to sizes: inout MutableSpan<Float>) {
        for index in 0..<sizes.count {
            sizes[index] = learningRate / (state[0][index].squareRoot() + epsilon)
        }
    }
}
