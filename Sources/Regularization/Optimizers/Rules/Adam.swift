internal import CKernels

/// Adam, with bias-corrected averages of the gradient and of its square.
///
///     m ← β₁m + (1 − β₁)g,  v ← β₂v + (1 − β₂)g²
///     w ← w − η·m̂ / (√v̂ + ε),  m̂ = m/(1 − β₁ᵗ),  v̂ = v/(1 − β₂ᵗ)
///
/// AMSGrad takes the largest v so far in the place of v. The rule itself has no weight decay: with `SquaredL2` as a
/// loss term it is PyTorch's `Adam(weight_decay:)`, and with `.decay` in its plan it is `AdamW`.
///
/// - State: `mean` m, `square` v, and `largest` with AMSGrad.
/// - Metric: diagonal, η/(√v̂ + ε) for each weight. A weight whose gradient was always zero has the step size η/ε, so
///   that a proximal step that can zero it does so at once.
/// - Edge cases: an m below 1e-36 in magnitude becomes 0, since it moves no weight and subnormal numbers are slow.
/// - Source: Kingma, Ba, "Adam: A Method for Stochastic Optimization", 2015; Reddi, Kale, Kumar, "On the Convergence
///   of Adam and Beyond", 2018; both as PyTorch has them.
public struct Adam: UpdateRule {
    /// The learning rate η, 0 or more and finite; traps if it is set to another number.
    public var learningRate: Float {
        didSet { learningRate.requireRate(of: Self.self) }
    }
    /// The decay β₁ of the average gradient, in [0, 1).
    public let beta1: Float
    /// The decay β₂ of the average squared gradient, in [0, 1).
    public let beta2: Float
    /// The small number ε that keeps the divisor from 0.
    public let epsilon: Float
    /// The term of the divisor to which ε is added.
    public let rootEpsilon: RootEpsilon
    /// The form of AMSGrad, or `.off` for plain Adam.
    public let amsGrad: AMSGrad
    /// The buffers of the averages, and the number of updates made.
    public var state: OptimizerState
    private var kernel = CKAdam()

    /// The squares of which AMSGrad takes the largest so far.
    public enum AMSGrad: String, Sendable, Hashable, CaseIterable, Codable {
        /// None: plain Adam.
        case off
        /// The averages v; the bias of the largest is corrected afterwards, as in PyTorch and Keras.
        case ofSquares
        /// The bias-corrected averages v̂, as in optax; the step sizes then never grow.
        case ofCorrectedSquares
    }

    /// Makes the optimizer.
    ///
    /// Traps if the learning rate is negative, if a decay is not in [0, 1), if ε is less than 1.2e-38, the smallest
    /// Float with all its digits, or if one of them is not finite.
    public init(
        learningRate: Float = 1e-3, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8,
        rootEpsilon: RootEpsilon = .outside, amsGrad: AMSGrad = .off
    ) {
        self.learningRate = trapping(
            try ArgumentError.nonnegative(learningRate, "learning rate", of: Self.self))
        self.beta1 = trapping(try ArgumentError.belowOne(beta1, "beta1", of: Self.self))
        self.beta2 = trapping(try ArgumentError.belowOne(beta2, "beta2", of: Self.self))
        self.epsilon = trapping(try checked(epsilon: epsilon, of: Self.self))
        self.rootEpsilon = rootEpsilon
        self.amsGrad = amsGrad
        state = OptimizerState(["mean", "square"] + (amsGrad == .off ? [] : ["largest"]))
    }

    /// The diagonal metric.
    public var metric: DiagonalMetric { DiagonalMetric() }

    /// Computes the bias corrections of this update.
    public mutating func begin() { kernel = makeKernel() }

    /// Moves the weights of a piece and updates their averages.
    public func update(_ piece: inout UpdatePiece) {
        piece.run(kernel, keepsLargest: amsGrad != .off)
    }

    /// Does the same, and writes the step sizes, which the update computes in any case.
    public func updateWritingStepSizes(_ piece: inout UpdatePiece) { update(&piece) }

    /// Writes η/(√v̂ + ε) for each weight of a piece; since ε > 0 it is finite as long as Float can hold η/ε.
    public func writeStepSizes(from state: borrowing StatePiece, to sizes: inout MutableSpan<Float>) {
        let kernel = makeKernel()
        state.writeStepSizes(
            kernel.rate, overRoot: kernel.root, of: amsGrad == .off ? 1 : 2,
            correction: kernel.square_correction, to: &sizes)
    }

    private func makeKernel() -> CKAdam {
        let correction = state.biasCorrection(decay: beta2)
        let ofCorrected = amsGrad == .ofCorrectedSquares
        return CKAdam(
            rate: learningRate, beta1: beta1, beta2: beta2,
            root: CKRoot(epsilon, rootEpsilon, correction: 1 / correction),
            mean_correction: Float(1 / state.biasCorrection(decay: beta1)),
            square_correction: ofCorrected ? 1 : Float(1 / correction),
            largest_correction: ofCorrected ? Float(1 / correction) : 1)
    }
}

/// Adam with decoupled weight decay: an `Adam` with a `.decay` in its plan.
///
///     var optimizer = try AdamW(learningRate: 1e-3, weightDecay: 1e-2, over: network.parameters)
///
/// More penalties are attached as to any optimizer, and act beside the decay.
public typealias AdamW = RegularizedOptimizer<Adam>

extension RegularizedOptimizer where Base == Adam {
    /// Makes an Adam whose plan multiplies the weights by 1 − ηλ before each update, λ being the weight decay.
    ///
    /// As in PyTorch, the decay acts on all parameters unless a view is given. Traps where `Adam.init` does.
    ///
    /// - Throws: `PenaltyError` for a strength that is no finite number of 0 or more, and for a view that selects
    ///   nothing or covers a tensor twice.
    public init(
        learningRate: Float = 1e-3, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8,
        rootEpsilon: RootEpsilon = .outside, amsGrad: Adam.AMSGrad = .off,
        weightDecay: some ScheduleConvertible = 1e-2, on view: some WeightsView = .all,
        over parameters: Parameters
    ) throws(PenaltyError) {
        let adam = Adam(
            learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon,
            rootEpsilon: rootEpsilon,
            amsGrad: amsGrad)
        try self.init(adam, [.decay(weightDecay, on: view)], over: parameters, firstSteps: [0])
    }
}
