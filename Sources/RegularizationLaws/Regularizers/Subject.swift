import Regularization

/// A regularizer for tensors of one shape, with arrays in and out, and with the capabilities that it has.
///
/// Tensors that are changed have guarded margins, so that a regularizer that writes beyond them damages nothing.
struct Subject {
    let regularizer: any Regularizer
    let shape: Shape
    /// The regularizer if it has a gradient.
    let differentiable: (any DifferentiableRegularizer)?
    /// The regularizer if it has a Euclidean proximal point; nil also if it states a `refusal`.
    let proximal: (any ProximalRegularizer)?
    /// The regularizer if it has a proximal point in diagonal metrics; nil also if it states a `metricRefusal`.
    let metricProximal: (any MetricProximalRegularizer)?

    init(_ regularizer: any Regularizer, _ shape: Shape) {
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

    /// `start` with scale · ∇R added by the regularizer; zeros are the start if it is nil.
    func gradient(
        of differentiable: any DifferentiableRegularizer, at weights: [Float], scale: Float = 1,
        addedTo start: [Float]? = nil
    ) -> [Float] {
        var gradient = GuardedElements(start ?? Array(repeating: 0, count: shape.count))
        gradient.change(as: shape) { view in
            differentiable.addGradient(at: Weights(shape: shape, weights.span), scale: scale, to: &view)
        }
        return gradient.elements
    }

    /// The value, and `start` with scale · ∇R added, from one call of `valueAddingGradient`.
    func valueAndGradient(
        of differentiable: any DifferentiableRegularizer, at weights: [Float], scale: Float,
        addedTo start: [Float]
    ) -> (value: Double, gradient: [Float]) {
        var gradient = GuardedElements(start)
        let value = gradient.change(as: shape) { view in
            differentiable.valueAddingGradient(
                at: Weights(shape: shape, weights.span), scale: scale, to: &view)
        }
        return (value, gradient.elements)
    }

    /// The proximal point in the Euclidean metric.
    func proximalPoint(
        by proximal: any ProximalRegularizer, of weights: [Float], scale: Float
    ) -> [Float] {
        var point = GuardedElements(weights)
        point.change(as: shape) { proximal.applyProx(to: &$0, scale: scale) }
        return point.elements
    }

    /// The proximal point in a diagonal metric whose scales are equal and uniform.
    func proximalPoint(
        by proximal: any MetricProximalRegularizer, of weights: [Float], uniformScale scale: Float
    ) -> [Float] {
        var point = GuardedElements(weights)
        point.change(as: shape) { view in
            proximal.applyProx(to: &view, scales: Scales(uniform: scale, count: weights.count))
        }
        return point.elements
    }

    /// The proximal point in the diagonal metric of the step sizes, of which `Scales` makes the scales.
    func proximalPoint(
        by proximal: any MetricProximalRegularizer, of weights: [Float], stepSizes: [Float], factor: Float,
        ridge: Float = 0
    ) -> [Float] {
        var point = GuardedElements(weights)
        point.change(as: shape) { view in
            proximal.applyProx(to: &view, scales: Scales(stepSizes.span, factor: factor, ridge: ridge))
        }
        return point.elements
    }
}
