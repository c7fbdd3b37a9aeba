internal import CKernels

/// Adagrad, which divides each gradient by the root of the sum of its squares so far.
///
///     s ← s + g²
///     w ← w − ηₜ·g / (√s + ε),  ηₜ = η/(1 + (t − 1)d)
///
/// - State: `sum` s, which starts at `initialSum`.
/// - Metric: diagonal, ηₜ/(√s + ε) for each weight. These step sizes only shrink, and so do the thresholds of
///   proximal steps under a constant strength.
/// - Source: Duchi, Hazan, Singer, "Adaptive Subgradient Methods for Online Learning and Stochastic Optimization",
///   2011; with the decay d as in PyTorch.
public struct Adagrad: UpdateRule {
    /// The learning rate η, 0 or more and finite; traps if it is set to another number.
    public var learningRate: Float {
        didSet { learningRate.requireRate(of: Self.self) }
    }
    /// The decay d of the learning rate; 0 or more.
    public let learningRateDecay: Float
    /// The number at which all sums start; 0 or more, in PyTorch 0, in optax and Keras 0.1.
    public let initialSum: Float
    /// The small number ε that keeps the divisor from 0.
    public let epsilon: Float
    /// The term of the divisor to which ε is added.
    public let rootEpsilon: RootEpsilon
    /// The buffer `sum`, and the number of updates made.
    public var state: OptimizerState

    /// Makes the optimizer.
    ///
    /// Traps if the learning rate, its decay or the initial sum is negative, if ε is less than 1.2e-38, the smallest
    /// Float with all its digits, or if one of them is not finite.
    public init(
        learningRate: Float = 1e-2, learningRateDecay: Float = 0, initialSum: Float = 0,
        epsilon: Float = 1e-10, rootEpsilon: RootEpsilon = .outside
    ) {
        self.learningRate = trapping(
            try ArgumentError.nonnegative(learningRate, "learning rate", of: Self.self))
        self.learningRateDecay = trapping(
            try ArgumentError.nonnegative(learningRateDecay, "learning rate's decay", of: Self.self))
        self.initialSum = trapping(try ArgumentError.nonnegative(initialSum, "initial sum", of: Self.self))
        self.epsilon = trapping(try checked(epsilon: epsilon, of: Self.self))
        self.rootEpsilon = rootEpsilon
        state = OptimizerState("sum", startingAt: initialSum)
    }

    /// The diagonal metric.
    public var metric: DiagonalMetric { DiagonalMetric() }

    /// Moves the weights of a piece and adds the squares of their gradients to the sums.
    public func update(_ piece: inout UpdatePiece) {
        piece.run(CKRMSprop(rate: rate, decay: 1, share: 1, momentum: 0, root: root))
    }

    /// Does the same, and writes the step sizes, which the update computes in any case.
    public func updateWritingStepSizes(_ piece: inout UpdatePiece) { update(&piece) }

    /// Writes ηₜ/(√s + ε) for each weight of a piece.
    public func writeStepSizes(from state: borrowing StatePiece, to sizes: inout MutableSpan<Float>) {
        state.writeStepSizes(rate, overRoot: root, of: 0, to: &sizes)
    }

    private var root: CKRoot { CKRoot(epsilon, rootEpsilon) }

    private var rate: Float {
        Float(Double(learningRate) / (1 + Double(state.updates - 1) * Double(learningRateDecay)))
    }
}
