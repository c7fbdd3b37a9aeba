internal import CKernels

/// RMSprop, which divides each gradient by the root of an average of its square.
///
///     v ← αv + (1 − α)g²
///     w ← w − η·g / (√v + ε)
///
/// If centered, the variance v − a² takes the place of v, with a ← αa + (1 − α)g; a variance that rounding makes
/// negative counts as 0. With momentum μ the quotients are summed: u ← μu + g/(√v + ε), w ← w − ηu.
///
/// - State: `square` v; `mean` a if centered; `velocity` u with momentum.
/// - Metric: diagonal, η/(√v + ε) for each weight; with momentum it is divided by 1 − μ, which gives the step size at
///   rest.
/// - Source: Tieleman, Hinton, "Lecture 6.5: RMSprop", 2012; Graves, "Generating Sequences With Recurrent Neural
///   Networks", 2013; both as PyTorch has them.
public struct RMSprop: UpdateRule {
    /// The learning rate η, 0 or more and finite; traps if it is set to another number.
    public var learningRate: Float {
        didSet { learningRate.requireRate(of: Self.self) }
    }
    /// The decay α of the averages, in [0, 1).
    public let decay: Float
    /// The small number ε that keeps the divisor from 0.
    public let epsilon: Float
    /// The term of the divisor to which ε is added.
    public let rootEpsilon: RootEpsilon
    /// Whether the gradients are divided by the root of their variance instead of their mean square.
    public let centered: Bool
    /// The momentum μ in [0, 1).
    public let momentum: Float
    /// The buffers of the averages and of the velocity, and the number of updates made.
    public var state: OptimizerState

    /// Makes the optimizer.
    ///
    /// Traps if the learning rate is negative, if the decay or the momentum is not in [0, 1), if ε is less than
    /// 1.2e-38, the smallest Float with all its digits, or if one of them is not finite.
    public init(
        learningRate: Float = 1e-2, decay: Float = 0.99, epsilon: Float = 1e-8,
        rootEpsilon: RootEpsilon = .outside, centered: Bool = false, momentum: Float = 0
    ) {
        self.learningRate = trapping(
            try ArgumentError.nonnegative(learningRate, "learning rate", of: Self.self))
        self.decay = trapping(try ArgumentError.belowOne(decay, "decay", of: Self.self))
        self.epsilon = trapping(try checked(epsilon: epsilon, of: Self.self))
        self.rootEpsilon = rootEpsilon
        self.centered = centered
        self.momentum = trapping(try ArgumentError.belowOne(momentum, "momentum", of: Self.self))
        state = OptimizerState(
            ["square"] + (centered ? ["mean"] : []) + (momentum > 0 ? ["velocity"] : []))
    }

    /// The diagonal metric.
    public var metric: DiagonalMetric { DiagonalMetric() }

    /// Moves the weights of a piece and updates their averages and velocities.
    public func update(_ piece: inout UpdatePiece) {
        piece.run(kernel, keepsMean: centered, keepsVelocity: momentum > 0)
    }

    /// Does the same, and writes the step sizes, which the update computes in any case.
    public func updateWritingStepSizes(_ piece: inout UpdatePiece) { update(&piece) }

    /// Writes η/(√v + ε) for each weight of a piece, with momentum divided by 1 − μ.
    public func writeStepSizes(from state: borrowing StatePiece, to sizes: inout MutableSpan<Float>) {
        state.writeStepSizes(of: kernel, keepsMean: centered, to: &sizes)
    }

    private var kernel: CKRMSprop {
        CKRMSprop(
            rate: learningRate, decay: decay, share: 1 - decay, momentum: momentum,
            root: CKRoot(epsilon, rootEpsilon))
    }
}
