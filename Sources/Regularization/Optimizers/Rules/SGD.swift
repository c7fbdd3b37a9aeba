internal import CKernels

/// Stochastic gradient descent, with momentum and Nesterov's variant as PyTorch defines them.
///
///     v ← βv + (1 − τ)g   (at the first update v ← g)
///     w ← w − η·v         (Nesterov: w ← w − η(g + βv))
///
/// with momentum β and dampening τ. Without momentum w ← w − η·g.
///
/// - State: `velocity` v; nothing without momentum.
/// - Metric: scalar. At rest v = (1 − τ)g/(1 − β), so that a weight moves by η(1 − τ)/(1 − β) times its gradient:
///   this is the step size. With the plain η a proximal step would solve a problem whose penalty is (1 − τ)/(1 − β)
///   times weaker.
/// - Source: Sutskever, Martens, Dahl, Hinton, "On the importance of initialization and momentum in deep learning",
///   2013; PyTorch, `torch.optim.SGD`.
public struct SGD: UpdateRule {
    /// The learning rate η, 0 or more and finite; traps if it is set to another number.
    public var learningRate: Float {
        didSet { learningRate.requireRate(of: Self.self) }
    }
    /// The momentum β in [0, 1).
    public let momentum: Float
    /// The dampening τ in [0, 1); without effect if there is no momentum.
    public let dampening: Float
    /// Whether the update looks ahead along the velocity, as Nesterov's does.
    public let nesterov: Bool
    /// The buffer `velocity` if there is momentum, and the number of updates made.
    public var state: OptimizerState

    /// Makes the optimizer.
    ///
    /// Traps if momentum or dampening is not in [0, 1), or if Nesterov's variant is asked for without momentum or
    /// with dampening.
    public init(learningRate: Float, momentum: Float = 0, dampening: Float = 0, nesterov: Bool = false) {
        require(
            !nesterov || (momentum > 0 && dampening == 0),
            "Nesterov's variant needs a momentum and no dampening.")
        self.learningRate = trapping(
            try ArgumentError.nonnegative(learningRate, "learning rate", of: Self.self))
        self.momentum = trapping(try ArgumentError.belowOne(momentum, "momentum", of: Self.self))
        self.dampening = trapping(try ArgumentError.belowOne(dampening, "dampening", of: Self.self))
        self.nesterov = nesterov
        state = OptimizerState(momentum == 0 ? [] : ["velocity"])
    }

    /// The scalar metric with the step size η(1 − τ)/(1 − β), or η without momentum.
    public var metric: ScalarMetric {
        ScalarMetric(momentum == 0 ? learningRate : learningRate * (1 - dampening) / (1 - momentum))
    }

    /// Moves the weights of a piece and updates their velocities.
    public func update(_ piece: inout UpdatePiece) {
        if momentum == 0 { return piece.descend(rate: learningRate) }
        let kernel = CKMomentum(
            rate: learningRate, momentum: momentum, share: state.updates == 1 ? 1 : 1 - dampening,
            nesterov: nesterov)
        piece.run(kernel)
    }
}
