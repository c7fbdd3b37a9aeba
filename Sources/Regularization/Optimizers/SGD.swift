internal import CKernels

/// Stochastic gradient descent, with momentum and Nesterov's variant as PyTorch defines them.
///
///     v ← βv + (1 − τ)g   (the first time v ← g)
///     w ← w − η·v         (Nesterov: w ← w − η(g + βv))
///
/// with momentum β and dampening τ.
///
/// - Metric: scalar. At rest v = (1 − τ)g/(1 − β), so a weight moves by η(1 − τ)/(1 − β) times its gradient,
///   and that is the step size it publishes; with the plain η a proximal step would solve a problem whose
///   penalty is (1 − τ)/(1 − β) times weaker.
/// - Source: Sutskever, Martens, Dahl, Hinton, "On the importance of initialization and momentum in deep
///   learning", 2013; PyTorch, `torch.optim.SGD`.
public struct SGD: Optimizer {
    /// The learning rate η.
    public var learningRate: Float
    /// The momentum β in [0, 1).
    public let momentum: Float
    /// The dampening τ in [0, 1).
    public let dampening: Float
    /// Whether the step looks ahead as Nesterov's does.
    public let nesterov: Bool
    private var velocity: [Float] = []
    private var isFirst = true

    /// Makes the optimizer; traps if momentum or dampening is not in [0, 1), or if Nesterov is asked for
    /// without momentum or with dampening.
    public init(learningRate: Float, momentum: Float = 0, dampening: Float = 0, nesterov: Bool = false) {
        require((0..<1).contains(momentum), "Momentum is in [0, 1), not \(momentum).")
        require((0..<1).contains(dampening), "Dampening is in [0, 1), not \(dampening).")
        require(
            !nesterov || (momentum > 0 && dampening == 0),
            "Nesterov's variant needs a momentum and no dampening.")
        self.learningRate = learningRate
        self.momentum = momentum
        self.dampening = dampening
        self.nesterov = nesterov
    }

    /// Scalar: η(1 − τ)/(1 − β).
    public var metric: Metric {
        momentum == 0 ? .scalar(learningRate) : .scalar(learningRate * (1 - dampening) / (1 - momentum))
    }

    /// Moves the parameters one step.
    public mutating func update(_ parameters: inout Parameters, along gradients: inout Gradients) {
        let kernel = begin(parameters)
        var none: [Float] = []
        updateInRanges(&parameters, along: &gradients, &velocity, &none, kernel.run)
    }

    /// Moves the parameters one step, with the penalties on each part of them while it is in cache.
    public mutating func update(
        _ parameters: inout Parameters, along gradients: inout Gradients, with penalties: inout PenaltyPlan,
        step: Int
    ) {
        let kernel = begin(parameters)
        let kind = metricKind
        var none: [Float] = []
        penalties.update(
            &parameters, along: &gradients, &velocity, &none, step: step, learningRate: learningRate,
            metric: metric, kind: kind, kernel.run)
    }

    private mutating func begin(_ parameters: borrowing Parameters) -> CKMomentum {
        let share = isFirst ? 1 : 1 - dampening
        isFirst = false
        if momentum > 0 { velocity.prepareAsState(count: parameters.count) }
        return CKMomentum(rate: learningRate, momentum: momentum, share: share, nesterov: nesterov)
    }
}

extension CKMomentum {
    fileprivate func run(on part: UpdateRange) {
        if momentum > 0 {
            ck_momentum(part.count, self, part.weights, part.gradient, part.first)
        } else {
            ck_add_multiple(part.count, part.gradient, -rate, part.weights)
        }
    }
}
