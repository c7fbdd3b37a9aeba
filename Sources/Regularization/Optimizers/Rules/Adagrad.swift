internal import CKernels

/// Adagrad: each gradient is divided by the root of the sum of its squares so far.
///
///     s ← s + g²
///     w ← w − ηₜ·g / (√s + ε),  ηₜ = η/(1 + (t − 1)d)
///
/// - State: `sum` s, which starts at a number that may be above 0.
/// - Metric: diagonal, ηₜ/(√s + ε) for each weight, which only shrinks: under a constant strength the thresholds of proximal
///   steps do too.
/// - Source: Duchi, Hazan, Singer, "Adaptive Subgradient Methods for Online Learning and Stochastic Optimization", 2011;
///   with the decay d as in PyTorch.
public struct Adagrad: UpdateRule {
    /// The learning rate η.
    public var learningRate: Float
    /// The decay d of the learning rate.
    public let learningRateDecay: Float
    /// What the sums start at: 0 in PyTorch, 0.1 in optax and Keras.
    public let initialSum: Float
    /// The ε that keeps the root from 0.
    public let epsilon: Float
    /// Where ε stands.
    public let rootEpsilon: RootEpsilon
    /// The sums and the number of updates.
    public var state: OptimizerState

    /// Makes the optimizer; traps if the decay or the first sum is negative or if ε is not positive.
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

    /// Diagonal.
    public var metric: DiagonalMetric { DiagonalMetric() }

    /// Moves some weights.
    public func update(_ piece: inout UpdatePiece) {
        piece.run(CKRMSprop(rate: rate, decay: 1, share: 1, momentum: 0, root: root))
    }

    /// Moves some weights, and writes their step sizes.
    public func updateWritingStepSizes(_ piece: inout UpdatePiece) { update(&piece) }

    /// Writes ηₜ/(√s + ε).
    public func writeStepSizes(from state: borrowing StatePiece, to sizes: inout MutableSpan<Float>) {
        state.writeStepSizes(rate, overRoot: root, of: 0, to: &sizes)
    }

    private var root: CKRoot { CKRoot(epsilon, rootEpsilon) }

    private var rate: Float {
        Float(Double(learningRate) / (1 + Double(state.updates - 1) * Double(learningRateDecay)))
    }
}
