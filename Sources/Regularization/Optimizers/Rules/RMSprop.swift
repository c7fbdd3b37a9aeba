internal import CKernels

/// RMSprop: each gradient is divided by the root of an average of its square.
///
///     v ← αv + (1 − α)g²
///     w ← w − η·g / (√v + ε)
///
/// Centered it takes the variance v − a² in the place of v, with a ← αa + (1 − α)g; where rounding brings that below 0 it
/// is 0. With momentum μ it sums the quotients: u ← μu + g/(√v + ε), w ← w − ηu.
///
/// - State: `square` v; `mean` a if centered; `velocity` u with momentum.
/// - Metric: diagonal, η/(√v + ε) for each weight; with momentum that over 1 − μ, the step size at rest.
/// - Source: Tieleman, Hinton, "Lecture 6.5: RMSprop", 2012; Graves, "Generating Sequences With Recurrent Neural
///   Networks", 2013; both as PyTorch has them.
public struct RMSprop: UpdateRule {
    /// The learning rate η.
    public var learningRate: Float
    /// The decay α of the average squared gradient.
    public let decay: Float
    /// The ε that keeps the root from 0.
    public let epsilon: Float
    /// Where ε stands.
    public let rootEpsilon: RootEpsilon
    /// Whether the root is that of the variance.
    public let centered: Bool
    /// The momentum μ in [0, 1).
    public let momentum: Float
    /// The averages and the number of updates.
    public var state: OptimizerState

    /// Makes the optimizer; traps if the decay or the momentum is not in [0, 1) or if ε is not positive.
    public init(
        learningRate: Float = 1e-2, decay: Float = 0.99, epsilon: Float = 1e-8,
        rootEpsilon: RootEpsilon = .outside, centered: Bool = false, momentum: Float = 0
    ) {
        require((0..<1).contains(decay), "RMSprop's decay is in [0, 1), not \(decay).")
        require((0..<1).contains(momentum), "Momentum is in [0, 1), not \(momentum).")
        require(epsilon > 0, "RMSprop's ε is positive.")
        self.learningRate = learningRate
        self.decay = decay
        self.epsilon = epsilon
        self.rootEpsilon = rootEpsilon
        self.centered = centered
        self.momentum = momentum
        state = OptimizerState(
            ["square"] + (centered ? ["mean"] : []) + (momentum > 0 ? ["velocity"] : []))
    }

    /// Diagonal.
    public var metric: DiagonalMetric { DiagonalMetric() }

    /// Moves some weights.
    public func update(_ piece: inout UpdatePiece) {
        piece.run(kernel, keepsMean: centered, keepsVelocity: momentum > 0)
    }

    /// Moves some weights, and writes their step sizes.
    public func updateWritingStepSizes(_ piece: inout UpdatePiece) { update(&piece) }

    /// Writes η/(√v + ε), with momentum over 1 − μ.
    public func writeStepSizes(from state: borrowing StatePiece, to sizes: inout MutableSpan<Float>) {
        state.writeStepSizes(of: kernel, keepsMean: centered, to: &sizes)
    }

    private var kernel: CKRMSprop {
        CKRMSprop(
            rate: learningRate, decay: decay, share: 1 - decay, momentum: momentum,
            root: CKRoot(epsilon, rootEpsilon))
    }
}
