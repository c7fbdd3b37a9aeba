internal import CKernels

/// RMSprop: each gradient is divided by the root of an average of its square.
///
///     v ← αv + (1 − α)g²
///     w ← w − η·g / (√v + ε)
///
/// - Metric: diagonal, η/(√v + ε) for each weight.
/// - Source: Tieleman, Hinton, "Lecture 6.5: RMSprop", 2012; ε outside the root as in PyTorch.
public struct RMSprop: Optimizer {
    /// The learning rate η.
    public var learningRate: Float
    /// The decay α of the average squared gradient.
    public let decay: Float
    /// The ε that is added to the root.
    public let epsilon: Float
    private var squares: [Float] = []

    /// Makes the optimizer; traps if the decay is not in [0, 1) or if ε is not positive.
    public init(learningRate: Float = 1e-2, decay: Float = 0.99, epsilon: Float = 1e-8) {
        require((0..<1).contains(decay), "RMSprop's decay is in [0, 1), not \(decay).")
        require(epsilon > 0, "RMSprop's ε is positive.")
        self.learningRate = learningRate
        self.decay = decay
        self.epsilon = epsilon
    }

    /// Diagonal.
    public var metric: Metric { .diagonal }

    /// Moves the parameters one step.
    public mutating func update(_ parameters: inout Parameters, along gradients: inout Gradients) {
        let kernel = begin(parameters)
        var none: [Float] = []
        updateInRanges(&parameters, along: &gradients, &squares, &none) { part in
            ck_rmsprop(part.count, kernel, part.weights, part.gradient, part.first, nil)
        }
    }

    /// Moves the parameters one step, with the penalties on each part of them while it is in cache.
    public mutating func update(
        _ parameters: inout Parameters, along gradients: inout Gradients, with penalties: inout PenaltyPlan,
        step: Int
    ) {
        let kernel = begin(parameters)
        var none: [Float] = []
        penalties.update(
            &parameters, along: &gradients, &squares, &none, step: step, learningRate: learningRate,
            metric: metric, kind: .diagonal
        ) { part in
            ck_rmsprop(part.count, kernel, part.weights, part.gradient, part.first, part.stepSizes)
        }
    }

    /// Writes η/(√v + ε), the step sizes of the last update.
    public func writeStepSizes(of range: Range<Int>, to sizes: inout MutableSpan<Float>) {
        squares.writeStepSizes(of: range, to: &sizes) { count, squares, sizes in
            ck_rmsprop_sizes(count, kernel, squares, sizes)
        }
    }

    private mutating func begin(_ parameters: borrowing Parameters) -> CKRMSprop {
        squares.prepareAsState(count: parameters.count)
        return kernel
    }

    private var kernel: CKRMSprop { CKRMSprop(rate: learningRate, decay: decay, epsilon: epsilon) }
}
