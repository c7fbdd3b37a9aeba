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
    /// The learning rate η.
    public var learningRate: Float
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

    /// Makes the optimizer; traps if the decay or the initial sum is negative or NaN, or if ε is not positive.
    public init(
        learningRate: Float = 1e-2, learningRateDecay: Float = 0, initialSum: Float = 0,
        epsilon: Float = 1e-10, rootEpsilon: RootEpsilon = .outside
    ) {
        require(
            learningRateDecay >= 0 && initialSum >= 0, "Adagrad's decay and its first sum are 0 or more.")
        require(epsilon > 0, "Adagrad's ε is positive.")
        self.learningRate = learningRate
        self.learningRateDecay = learningRateDecay
        self.initialSum = initialSum
        self.epsilon = epsilon
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
