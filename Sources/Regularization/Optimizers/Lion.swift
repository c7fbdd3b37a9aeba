internal import CKernels

/// Lion: every weight moves by the learning rate, in the direction of the sign of an average gradient.
///
///     w ← w − η·sign(β₁m + (1 − β₁)g)
///     m ← β₂m + (1 − β₂)g
///
/// Its decay is decoupled: `.decay` in the plan.
///
/// - State: `mean` m.
/// - Metric: none. How far a weight moves does not depend on the size of its gradient, so that proximal steps under it have to
///   say `metric: .euclidean`; then each takes learning rate · strength, see `Documentation/Optimizers.md`.
/// - Source: Chen et al., "Symbolic Discovery of Optimization Algorithms", 2023; as optax and Keras have it.
public struct Lion: UpdateRule {
    /// The learning rate η.
    public var learningRate: Float
    /// The share β₁ of the average in the direction.
    public let beta1: Float
    /// The decay β₂ of the average.
    public let beta2: Float
    /// The average and the number of updates.
    public var state = OptimizerState("mean")

    /// Makes the optimizer; traps if a decay is not in [0, 1).
    public init(learningRate: Float = 1e-4, beta1: Float = 0.9, beta2: Float = 0.99) {
        require((0..<1).contains(beta1) && (0..<1).contains(beta2), "Lion's decays are in [0, 1).")
        self.learningRate = learningRate
        self.beta1 = beta1
        self.beta2 = beta2
    }

    /// None.
    public var metric: UndefinedMetric { UndefinedMetric() }

    /// Moves some weights.
    public func update(_ part: inout UpdatePart) {
        let kernel = CKLion(rate: learningRate, beta1: beta1, beta2: beta2)
        ck_lion(part.count, kernel, part.weights, part.gradient, part.buffer(0))
    }
}
