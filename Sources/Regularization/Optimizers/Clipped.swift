/// A rule whose gradients are made no longer than a norm, all of them together.
///
///     g ← g · min(1, c / (‖g‖ + 1e-6)),  ‖g‖ over all parameters
///
/// The gradients are those of the data loss and of the loss terms. NaN anywhere makes NaN of everything, and an infinite
/// element NaN of itself and 0 of the others, as `torch.nn.utils.clip_grad_norm_` does.
///
/// - Source: Pascanu, Mikolov, Bengio, "On the difficulty of training recurrent neural networks", 2013.
public struct Clipped<Base: UpdateRule>: PreparedUpdateRule {
    /// The rule that gets the shorter gradients.
    private(set) var base: Base
    /// The largest norm c.
    public let norm: Float
    /// What this update's gradients are multiplied by; nil until it is prepared.
    private var factor: Float?

    init(_ base: Base, norm: Float) {
        require(norm > 0, "Gradients are clipped to a norm above 0, not \(norm).")
        self.base = base
        self.norm = norm
    }

    /// The learning rate of the rule.
    public var learningRate: Float {
        get { base.learningRate }
        set { base.learningRate = newValue }
    }

    /// The metric of the rule.
    public var metric: Base.MetricType { base.metric }

    /// The state of the rule.
    public var state: OptimizerState {
        get { base.state }
        set { base.state = newValue }
    }

    /// Begins the rule's update.
    public mutating func begin() {
        factor = nil
        base.begin()
    }

    /// Measures the gradients.
    public mutating func prepare(_ parameters: borrowing Parameters, _ gradients: inout Gradients) {
        let length = gradients.elements.sumOfSquares.squareRoot()
        // Not `min`, which would drop a NaN.
        let ratio = Double(norm) / (length + 1e-6)
        let factor = ratio >= 1 ? 1 : Float(ratio)
        self.factor = factor
        // Of the type: asking the value makes a box of it.
        if Base.self is any PreparedUpdateRule.Type {
            var elements = gradients.mutableElements
            elements.scale(by: factor)
            self.factor = 1
            base.prepareIfNeeded(parameters, &gradients)
        }
    }

    /// Moves some weights.
    public func update(_ piece: inout UpdatePiece) {
        clip(&piece)
        base.update(&piece)
    }

    /// Moves some weights, and writes their step sizes.
    public func updateWritingStepSizes(_ piece: inout UpdatePiece) {
        clip(&piece)
        base.updateWritingStepSizes(&piece)
    }

    private func clip(_ piece: inout UpdatePiece) {
        guard let factor else {
            fatalError(
                """
                Gradients are not clipped: the rule around \(Self.self) has to be a PreparedUpdateRule, see \
                prepareIfNeeded.
                """)
        }
        if factor != 1 { piece.scaleGradient(by: factor) }
    }

    /// Writes the step sizes of the rule.
    public func writeStepSizes(from state: borrowing StatePiece, to sizes: inout MutableSpan<Float>) {
        base.writeStepSizes(from: state, to: &sizes)
    }

    /// Writes the step sizes of the rule.
    public func writeStepSizes(of range: Range<Int>, to sizes: inout MutableSpan<Float>) {
        base.writeStepSizes(of: range, to: &sizes)
    }
}

extension UpdateRule {
    /// This rule with gradients that are made no longer than a norm; traps if that is not positive.
    ///
    ///     var optimizer = try Adam().clipped(byNorm: 1).regularized(by: penalties, over: network.parameters)
    public func clipped(byNorm norm: Float) -> Clipped<Self> { Clipped(self, norm: norm) }
}
