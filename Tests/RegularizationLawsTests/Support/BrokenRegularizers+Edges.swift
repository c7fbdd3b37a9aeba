import Regularization

/// The norm with a gradient that is 0/0 at zero.
struct DividesByZeroNorm: DifferentiableRegularizer {
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { GroupLasso(.whole, weighting: .none).value(at: weights) }
    func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        let norm = Float(value(at: weights))
        for index in 0..<weights.count { gradient[index] += scale * weights[index] / norm }
    }
}

/// L1 with a threshold that compares so that NaN becomes 0.
struct TurnsNaNToZero: ProximalElementwiseRegularizer {
    func value(at weight: Float) -> Double { Double(abs(weight)) }
    func proximalPoint(of weight: Float, scale: Float) -> Float {
        weight > scale ? weight - scale : weight < -scale ? weight + scale : 0
    }
}

/// A mean over the elements that is 0/0 for an empty tensor.
struct UndefinedOnEmpty: Regularizer {
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { L1().value(at: weights) / Double(weights.count) }
}

/// A regularizer that no shape suits.
struct AcceptsNothing: Regularizer {
    func check(_ shape: Shape) throws { throw ShapeError("never") }
    func value(at weights: Weights) -> Double { 0 }
}

/// Σ w² log|w|, which is 0 · −∞ at zero.
struct UndefinedAtZero: ElementwiseRegularizer {
    func value(at weight: Float) -> Double { Double(weight * weight) * logarithm(of: abs(weight)) }
    private func logarithm(of weight: Float) -> Double { weight == 0 ? -.infinity : Double(weight.exponent) }
}

/// L1 whose proximal point divides by the magnitude.
struct DividesByZeroMagnitude: ProximalElementwiseRegularizer {
    func value(at weight: Float) -> Double { Double(abs(weight)) }
    func proximalPoint(of weight: Float, scale: Float) -> Float {
        abs(weight) <= scale && weight != 0 ? 0 : weight * (1 - scale / abs(weight))
    }
}

/// The norm with a gradient from squares in Float, which are 0 below 1e-23.
struct UnderflowingSquares: DifferentiableRegularizer {
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { GroupLasso(.whole, weighting: .none).value(at: weights) }
    func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        let norm = (0..<weights.count).reduce(0 as Float) { $0 + weights[$1] * weights[$1] }.squareRoot()
        for index in 0..<weights.count where weights[index] != 0 {
            gradient[index] += scale * (weights[index] / norm)
        }
    }
}

/// Σ w²/(1 + w²) in Float, which is ∞/∞ above 1.8e19.
struct OverflowingSquares: ElementwiseRegularizer {
    func value(at weight: Float) -> Double { Double(weight * weight / (1 + weight * weight)) }
}
