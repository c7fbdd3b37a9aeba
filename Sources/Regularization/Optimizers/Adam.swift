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
        updates += 1
        let (beta1, beta2, epsilon) = (beta1, beta2, epsilon)
        let rate = learningRate / Float(1 - power(Double(beta1), updates))
        let inverse = inverseCorrection
        updateEach(&parameters, along: gradients, &means, &squares) { weight, gradient, mean, square in
            // An average that has decayed so far moves no weight, and subnormal numbers are slow.
            let average = beta1 * mean + (1 - beta1) * gradient
            mean = abs(average) < 1e-36 ? 0 : average
            square = beta2 * square + (1 - beta2) * gradient * gradient
            weight -= rate * mean / (ck_square_root(square * inverse) + epsilon)
        }
    }

    /// Writes η/(√v̂ + ε), the step sizes of the last update; infinite ones do not occur since ε > 0.
    public func writeStepSizes(of range: Range<Int>, to sizes: inout MutableSpan<Float>) {
        require(!squares.isEmpty, "Adam has step sizes after its first update.")
        let (rate, epsilon, inverse) = (learningRate, epsilon, inverseCorrection)
        let squares = squares.span.extracting(range)
        for index in 0..<squares.count {
            sizes[index] = rate / (ck_square_root(squares[index] * inverse) + epsilon)
        }
    }

    /// 1/(1 − β₂ᵗ).
    private var inverseCorrection: Float { Float(1 / (1 - power(Double(beta2), updates))) }
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
