import Regularization

/// Adam with a decaying maximum of gradient magnitudes in place of the root of their mean square.
///
///     m ← β₁m + (1 − β₁)g,  u ← max(β₂u, |g| + ε)
///     w ← w − η/(1 − β₁ᵗ) · m/u
///
/// - State: `mean` m, `largest` u.
/// - Metric: diagonal, η/u for each weight. A weight whose gradient was always zero has the step size η/ε.
/// - Edge cases: a NaN gradient makes its weight NaN, and its element of `largest` too.
/// - Source: Kingma, Ba, "Adam: A Method for Stochastic Optimization", 2015, section 7.1; ε as PyTorch has it.
public struct AdaMax: UpdateRule {
    /// The learning rate η, 0 or more and finite; traps if it is set to another number.
    public var learningRate: Float {
        didSet { _ = Self.checked(rate: learningRate) }
    }
    /// The decay β₁ of the mean gradient, in [0, 1).
    public let beta1: Float
    /// The decay β₂ of the largest magnitude, in [0, 1).
    public let beta2: Float
    /// The ε > 0 that keeps u from 0.
    public let epsilon: Float
    /// The mean, the largest magnitude and the number of updates.
    public var state = OptimizerState("mean", "largest")
    private var rate: Float = 0

    /// Makes the optimizer; traps if the rate is negative, if a decay is not in [0, 1), or if ε is not positive.
    public init(
        learningRate: Float = 2e-3, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8
    ) {
        self.learningRate = Self.checked(rate: learningRate)
        self.beta1 = trapping(try ArgumentError.belowOne(beta1, "beta1", of: Self.self))
        self.beta2 = trapping(try ArgumentError.belowOne(beta2, "beta2", of: Self.self))
        self.epsilon = trapping(try ArgumentError.positive(epsilon, "epsilon", of: Self.self))
    }

    private static func checked(rate: Float) -> Float {
        trapping(try ArgumentError.nonnegative(rate, "learning rate", of: Self.self))
    }

    /// Diagonal: each weight has the step size η/u.
    public var metric: DiagonalMetric { DiagonalMetric() }

    /// Computes η/(1 − β₁ᵗ), which is the same for all weights.
    public mutating func begin() { rate = learningRate / Float(state.biasCorrection(decay: beta1)) }

    /// Updates m, u and the weights of a piece.
    public func update(_ piece: inout UpdatePiece) {
        piece.forEach { weight, gradient, mean, largest in
            mean += (1 - beta1) * (gradient - mean)
            let size = abs(gradient) + epsilon
            // `max` would lose a NaN.
            largest = beta2 * largest > size ? beta2 * largest : size
            weight -= rate * mean / largest
        }
    }

    /// Writes the step size η/u of each weight.
    public func writeStepSizes(from state: borrowing StatePiece, to sizes: inout MutableSpan<Float>) {
        let largest = state[1]
        for index in 0..<sizes.count { sizes[index] = learningRate / largest[index] }
    }
}
