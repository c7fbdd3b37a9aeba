import Regularization

/// A regularizer on tensors of one shape, with arrays in and out, and the capabilities that it has.
struct Subject {
    let regularizer: any Regularizer
    let shape: Shape
    let differentiable: (any DifferentiableRegularizer)?
    /// Nil also if the regularizer states a refusal.
    let proximal: (any ProximalRegularizer)?
    /// Nil also if the regularizer states a refusal.
    let metricProximal: (any MetricProximalRegularizer)?

    init(_ regularizer: some Regularizer, _ shape: Shape) {
        self.regularizer = regularizer
        self.shape = shape
        differentiable = regularizer as? any DifferentiableRegularizer
        let proximal = regularizer as? any ProximalRegularizer
        self.proximal = proximal?.refusal == nil ? proximal : nil
        let metricProximal = regularizer as? any MetricProximalRegularizer
        self.metricProximal = metricProximal?.metricRefusal == nil ? metricProximal : nil
    }

    func value(at weights: [Float]) -> Double {
        regularizer.value(at: Weights(shape: shape, weights.span))
    }

    /// `start` with scale · ∇R added by the regularizer.
    func gradient(
        of differentiable: any DifferentiableRegularizer, at weights: [Float], scale: Float = 1,
        addedTo start: [Float]? = nil
    ) -> [Float] {
        var gradient = start ?? Array(repeating: 0, count: shape.count)
        var view = MutableWeights(shape: shape, gradient.mutableSpan)
        differentiable.addGradient(at: Weights(shape: shape, weights.span), scale: scale, to: &view)
        return gradient
    }

    /// The value, and `start` with scale · ∇R added, in one call.
    func valueAndGradient(
        of differentiable: any DifferentiableRegularizer, at weights: [Float], scale: Float,
        addedTo start: [Float]
    ) -> (value: Double, gradient: [Float]) {
        var gradient = start
        var view = MutableWeights(shape: shape, gradient.mutableSpan)
        let value = differentiable.valueAddingGradient(
            at: Weights(shape: shape, weights.span), scale: scale, to: &view)
        return (value, gradient)
    }

    func proximalPoint(
        by proximal: any ProximalRegularizer, of weights: [Float], scale: Float
    ) -> [Float] {
        var point = weights
        var view = MutableWeights(shape: shape, point.mutableSpan)
        proximal.applyProx(to: &view, scale: scale)
        return point
    }

    func proximalPoint(
        by proximal: any MetricProximalRegularizer, of weights: [Float], stepSizes: [Float], factor: Float,
        ridge: Float = 0
    ) -> [Float] {
        var point = weights
        var view = MutableWeights(shape: shape, point.mutableSpan)
        proximal.applyProx(to: &view, scales: Scales(stepSizes.span, factor: factor, ridge: ridge))
        return point
    }
}
