import Regularization

/// A shape and row-major values, to apply regularizers to.
struct Tensor {
    let shape: Shape
    let values: [Float]

    init(_ shape: Shape, _ values: [Float]) {
        self.shape = shape
        self.values = values
    }

    init(vector values: Float...) {
        self.init([values.count], values)
    }

    func value(_ regularizer: some Regularizer) -> Double {
        regularizer.value(at: Weights(shape: shape, values.span))
    }

    func gradient(_ regularizer: some DifferentiableRegularizer, scale: Float = 1) -> [Float] {
        var gradient = [Float](repeating: 0, count: shape.count)
        var view = MutableWeights(shape: shape, gradient.mutableSpan)
        regularizer.addGradient(at: Weights(shape: shape, values.span), scale: scale, to: &view)
        return gradient
    }

    func proximalPoint(_ regularizer: some ProximalRegularizer, scale: Float) -> [Float] {
        var point = values
        var view = MutableWeights(shape: shape, point.mutableSpan)
        regularizer.applyProx(to: &view, scale: scale)
        return point
    }

    func proximalPoint(
        _ regularizer: some MetricProximalRegularizer, stepSizes: [Float], factor: Float = 1, ridge: Float = 0
    ) -> [Float] {
        var point = values
        var view = MutableWeights(shape: shape, point.mutableSpan)
        regularizer.applyProx(to: &view, scales: Scales(stepSizes.span, factor: factor, ridge: ridge))
        return point
    }
}

/// Whether every zero that was made of another number is +0.
func zerosArePositive(_ values: [Float], madeFrom input: [Float]) -> Bool {
    zip(values, input).allSatisfy { $0 != 0 || $1 == 0 || $0.sign == .plus }
}
