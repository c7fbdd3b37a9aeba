import Regularization

/// L1 whose gradient is twice too large.
struct WrongFactorInGradient: DifferentiableElementwiseRegularizer {
    func value(at weight: Float) -> Double { Double(abs(weight)) }
    func derivative(at weight: Float) -> Float { 2 * L1().derivative(at: weight) }
}

/// SquaredL2 whose gradient is one in a hundred too large.
struct SlightlyWrongGradient: DifferentiableElementwiseRegularizer {
    func value(at weight: Float) -> Double { 0.5 * Double(weight) * Double(weight) }
    func derivative(at weight: Float) -> Float { 1.01 * weight }
}

/// L1 whose gradient is +1 at negative weights.
struct WrongSignBelowZero: DifferentiableElementwiseRegularizer {
    func value(at weight: Float) -> Double { Double(abs(weight)) }
    func derivative(at weight: Float) -> Float { weight.isNaN ? .nan : weight == 0 ? 0 : 1 }
}

/// L1 whose subgradient at 0 is 1.
struct NonzeroSubgradientAtZero: DifferentiableElementwiseRegularizer {
    func value(at weight: Float) -> Double { Double(abs(weight)) }
    func derivative(at weight: Float) -> Float { weight >= 0 ? 1 : weight < 0 ? -1 : .nan }
}

/// SquaredL2 whose gradient replaces what is there.
struct OverwritingGradient: DifferentiableRegularizer {
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { SquaredL2().value(at: weights) }
    func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        for index in 0..<weights.count { gradient[index] = scale * weights[index] }
    }
}

/// SquaredL2 whose gradient forgets the scale.
struct UnscaledGradient: DifferentiableRegularizer {
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { SquaredL2().value(at: weights) }
    func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        for index in 0..<weights.count { gradient[index] += weights[index] }
    }
}

/// SquaredL2 that returns the value of the gradient's scale with the gradient.
struct ForgetsTheValue: DifferentiableElementwiseRegularizer {
    func value(at weight: Float) -> Double { 0.5 * Double(weight) * Double(weight) }
    func derivative(at weight: Float) -> Float { weight }
    func valueAddingGradient(
        at weights: Weights, scale: Float, to gradient: inout MutableWeights
    ) -> Double {
        Double(scale) * SquaredL2().valueAddingGradient(at: weights, scale: scale, to: &gradient)
    }
}

/// SquaredL2 that adds the gradient twice when the value is wanted too.
struct AddsTwice: DifferentiableElementwiseRegularizer {
    func value(at weight: Float) -> Double { 0.5 * Double(weight) * Double(weight) }
    func derivative(at weight: Float) -> Float { weight }
    func valueAddingGradient(
        at weights: Weights, scale: Float, to gradient: inout MutableWeights
    ) -> Double {
        SquaredL2().valueAddingGradient(at: weights, scale: 2 * scale, to: &gradient)
    }
}

/// The sum of magnitudes with the gradient of ½Σw².
struct GradientOfAnotherFunction: DifferentiableElementwiseRegularizer {
    func value(at weight: Float) -> Double { Double(abs(weight)) }
    func derivative(at weight: Float) -> Float { weight }
}
