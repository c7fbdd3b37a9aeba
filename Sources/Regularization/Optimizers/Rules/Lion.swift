internal import CKernels

/// Lion, which moves every weight by the learning rate, in the direction of the sign of an average gradient.
///
///     c = β₁m + (1 − β₁)g
///     w ← w − η·sign(c)
///     m ← β₂m + (1 − β₂)g
///     v ← β₃v + (1 − β₃)ĉ²,  ĉ = c/(1 − β₁β₂ᵗ⁻¹)
///
/// Lion's weight decay is decoupled: add `.decay` to the plan. Without proximal steps nothing depends on v.
///
/// - State: `mean` m, `square` v.
/// - Metric: diagonal, η/(√v̂ + ε) for each weight, with v̂ = v/(1 − β₃ᵗ) and ε = 1e-20. It is the step size that the
///   sign hides, since η·sign(c) = (η/|c|)·c; |c| is averaged, so that a c that is small by chance zeroes no weight.
///   If the average extends over too many updates, the weights swing about the minimum: let 1 − β₃ be at least β₁(1 −
///   β₂)/(1 − β₁), 0.09 for the usual decays.
/// - Source: Chen et al., "Symbolic Discovery of Optimization Algorithms", 2023; as optax and Keras have it. The
///   metric is this package's own; `LionMetricTests` compares it with others.
public struct Lion: UpdateRule {
    /// The learning rate η, 0 or more and finite; traps if it is set to another number.
    public var learningRate: Float {
        didSet { learningRate.requireRate(of: Self.self) }
    }
    /// The share β₁ of the average gradient in the direction c, in [0, 1).
    public let beta1: Float
    /// The decay β₂ of the average gradient, in [0, 1).
    public let beta2: Float
    /// The decay β₃ of the average square in the metric, in [0, 1).
    public let beta3: Float
    /// The buffers of the averages, and the number of updates made.
    public var state = OptimizerState("mean", "square")
    private var kernel = CKLion()

    /// Makes the optimizer; traps if the learning rate is negative or not finite, or if a decay is not in [0, 1).
    public init(learningRate: Float = 1e-4, beta1: Float = 0.9, beta2: Float = 0.99, beta3: Float = 0.9) {
        self.learningRate = trapping(
            try ArgumentError.nonnegative(learningRate, "learning rate", of: Self.self))
        self.beta1 = trapping(try ArgumentError.belowOne(beta1, "beta1", of: Self.self))
        self.beta2 = trapping(try ArgumentError.belowOne(beta2, "beta2", of: Self.self))
        self.beta3 = trapping(try ArgumentError.belowOne(beta3, "beta3", of: Self.self))
    }

    /// The diagonal metric.
    public var metric: DiagonalMetric { DiagonalMetric() }

    /// Computes the bias correction of the direction in this update.
    public mutating func begin() {
        let correction = 1 / (1 - Double(beta1) * power(Double(beta2), state.updates - 1))
        kernel = CKLion(
            rate: learningRate, beta1: beta1, beta2: beta2, decay: beta3, correction: Float(correction))
    }

    /// Moves the weights of a piece and updates their averages.
    public func update(_ piece: inout UpdatePiece) {
        piece.run(kernel)
    }

    /// Writes η/(√v̂ + ε) for each weight of a piece; since ε > 0 it is finite as long as Float can hold η/ε.
    public func writeStepSizes(from state: borrowing StatePiece, to sizes: inout MutableSpan<Float>) {
        state.writeStepSizes(
            learningRate, overRoot: CKRoot(1e-20, .outside), of: 1,
            correction: Float(1 / self.state.biasCorrection(decay: beta3)), to: &sizes)
    }
}
