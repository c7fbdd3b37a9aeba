internal import CKernels

/// Adam, with bias-corrected averages of the gradient and of its square.
///
///     m ← β₁m + (1 − β₁)g,  v ← β₂v + (1 − β₂)g²
///     w ← w − η·m̂ / (√v̂ + ε),  m̂ = m/(1 − β₁ᵗ),  v̂ = v/(1 − β₂ᵗ)
///
/// There is no weight decay here: as a loss term `SquaredL2` is PyTorch's `Adam(weight_decay:)`, as a
/// proximal step with the Euclidean metric it is AdamW's.
///
/// - Metric: diagonal, η/(√v̂ + ε) for each weight. A weight whose gradient was always zero has the step size
///   η/ε, so that a proximal step that can zero it does so at once.
/// - Source: Kingma, Ba, "Adam: A Method for Stochastic Optimization", 2015; ε as in PyTorch and optax.
public struct Adam: Optimizer {
    /// The learning rate η.
    public var learningRate: Float
    /// The decay β₁ of the average gradient.
    public let beta1: Float
    /// The decay β₂ of the average squared gradient.
    public let beta2: Float
    /// The ε that is added to the root.
    public let epsilon: Float
    private var means: [Float] = []
    private var squares: [Float] = []
    private var updates = 0

    /// Makes the optimizer; traps if a decay is not in [0, 1) or if ε is not positive.
    public init(learningRate: Float = 1e-3, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8) {
        require((0..<1).contains(beta1) && (0..<1).contains(beta2), "Adam's decays are in [0, 1).")
        require(epsilon > 0, "Adam's ε is positive.")
        self.learningRate = learningRate
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
    }

    /// Diagonal.
    public var metric: Metric { .diagonal }

    /// Moves the parameters one step.
    public mutating func update(_ parameters: inout Parameters, along gradients: inout Gradients) {
        let step = begin(parameters)
        updateInRanges(&parameters, along: &gradients, &means, &squares) { part in
            ck_adam(part.count, step, part.weights, part.gradient, part.first, part.second, nil)
        }
    }

    /// Moves the parameters one step, with the penalties on each part of them while it is in cache.
    public mutating func update(
        _ parameters: inout Parameters, along gradients: inout Gradients, with penalties: inout PenaltyPlan,
        step: Int
    ) {
        let kernel = begin(parameters)
        penalties.update(
            &parameters, along: &gradients, &means, &squares, step: step, learningRate: learningRate,
            metric: metric, kind: .diagonal
        ) { part in
            ck_adam(
                part.count, kernel, part.weights, part.gradient, part.first, part.second, part.stepSizes)
        }
    }

    /// Writes η/(√v̂ + ε), the step sizes of the last update; infinite ones do not occur since ε > 0.
    public func writeStepSizes(of range: Range<Int>, to sizes: inout MutableSpan<Float>) {
        squares.writeStepSizes(of: range, to: &sizes) { count, squares, sizes in
            ck_adam_sizes(count, kernel, squares, sizes)
        }
    }

    private mutating func begin(_ parameters: borrowing Parameters) -> CKAdam {
        updates += 1
        means.prepareAsState(count: parameters.count)
        squares.prepareAsState(count: parameters.count)
        return kernel
    }

    /// The numbers of the last update.
    private var kernel: CKAdam {
        CKAdam(
            rate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon,
            mean_correction: Float(1 / (1 - power(Double(beta1), updates))),
            square_correction: Float(1 / (1 - power(Double(beta2), updates))))
    }
}

/// base^exponent for a whole exponent ≥ 0, by squaring.
private func power(_ base: Double, _ exponent: Int) -> Double {
    var (result, square, remaining) = (1.0, base, exponent)
    while remaining > 0 {
        if remaining & 1 == 1 { result *= square }
        square *= square
        remaining >>= 1
    }
    return result
}
