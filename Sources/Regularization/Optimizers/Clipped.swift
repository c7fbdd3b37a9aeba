/// An update rule whose gradients are scaled down, all by one factor, so that their common norm is at most c.
///
///     g ← g · min(1, c / (‖g‖ + 1e-6)),  ‖g‖ over all parameters
///
/// The gradients are the sums of those of the data loss and of the loss terms.
///
/// - Edge cases: a NaN anywhere makes all gradients NaN; an infinite element becomes NaN and all others 0, as in
///   `torch.nn.utils.clip_grad_norm_`.
/// - Complexity: a pass over the gradients to measure them, before the pass that updates.
/// - Source: Pascanu, Mikolov, Bengio, "On the difficulty of training recurrent neural networks", 2013.
public struct Clipped<Base: UpdateRule>: PreparedUpdateRule {
    /// The rule that moves the weights along the clipped gradients.
    private(set) var base: Base
    /// The largest norm c that all gradients together may have; above 0.
    public let norm: Float
    /// The factor of this update's gradients; nil from `begin` until `prepare` has measured them.
    private var factor: Float?

    init(_ base: Base, norm: Float) {
        self.base = base
        self.norm = trapping(try ArgumentError.positive(norm, "norm", of: Self.self))
    }

    /// The learning rate of the base rule.
    public var learningRate: Float {
        get { base.learningRate }
        set { base.learningRate = newValue }
    }

    /// The metric of the base rule.
    public var metric: Base.MetricType { base.metric }

    /// The state of the base rule.
    public var state: OptimizerState {
        get { base.state }
        set { base.state = newValue }
    }

    /// Begins an update of the base rule, whose gradients are not yet measured.
    public mutating func begin() {
        factor = nil
        base.begin()
    }

    /// Measures the norm of all gradients; scales them at once if the base rule has to see all of them too.
    public mutating func prepare(_ parameters: borrowing Parameters, _ gradients: inout Gradients) {
        let length = gradients.elements.sumOfSquares.squareRoot()
        // Not `min`, which would drop a NaN.
        let ratio = Double(norm) / (length + 1e-6)
        let factor = ratio >= 1 ? 1 : Float(ratio)
        self.factor = factor
        // The question goes to the type, since a question to the value would box it, which allocates.
        if Base.self is any PreparedUpdateRule.Type {
            var elements = gradients.mutableElements
            elements.scale(by: factor)
            self.factor = 1
            base.prepareIfNeeded(parameters, &gradients)
        }
    }

    /// Scales the gradients of a piece and moves its weights by the base rule.
    public func update(_ piece: inout UpdatePiece) {
        clip(&piece)
        base.update(&piece)
    }

    /// Scales the gradients of a piece, moves its weights by the base rule, and writes the step sizes of that update.
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

    /// Writes the step sizes of the base rule for the weights of a piece.
    public func writeStepSizes(from state: borrowing StatePiece, to sizes: inout MutableSpan<Float>) {
        base.writeStepSizes(from: state, to: &sizes)
    }

    /// Writes the step sizes of the base rule for a range of the layout.
    public func writeStepSizes(of range: Range<Int>, to sizes: inout MutableSpan<Float>) {
        base.writeStepSizes(of: range, to: &sizes)
    }
}

extension UpdateRule {
    /// This rule with gradients clipped to a norm, which is taken over all parameters.
    ///
    ///     var optimizer = try Adam().clipped(byNorm: 1).regularized(by: penalties, over: network.parameters)
    ///
    /// Traps if the norm is not above 0.
    public func clipped(byNorm norm: Float) -> Clipped<Self> { Clipped(self, norm: norm) }
}
