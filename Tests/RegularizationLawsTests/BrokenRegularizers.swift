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

/// The norm with a gradient that is 0/0 at zero.
struct DividesByZeroNorm: DifferentiableRegularizer {
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { GroupLasso(.whole, weighting: .none).value(at: weights) }
    func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        let norm = Float(value(at: weights))
        for index in 0..<weights.count { gradient[index] += scale * weights[index] / norm }
    }
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

/// L1 with half the threshold.
struct HalfThreshold: ProximalElementwiseRegularizer {
    func value(at weight: Float) -> Double { Double(abs(weight)) }
    func proximalPoint(of weight: Float, scale: Float) -> Float {
        L1().proximalPoint(of: weight, scale: scale / 2)
    }
}

/// L1 with the threshold 0.1 at every scale.
struct IgnoresTheScale: ProximalElementwiseRegularizer {
    func value(at weight: Float) -> Double { Double(abs(weight)) }
    func proximalPoint(of weight: Float, scale: Float) -> Float {
        L1().proximalPoint(of: weight, scale: 0.1)
    }
}

/// L1 that takes the first element's scale for all.
struct ForgetsTheMetric: MetricProximalRegularizer {
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { L1().value(at: weights) }
    func applyProx(to weights: inout MutableWeights, scale: Float) {
        L1().applyProx(to: &weights, scale: scale)
    }
    func applyProx(to weights: inout MutableWeights, scales: Scales) {
        if scales.count > 0 { L1().applyProx(to: &weights, scale: scales[0]) }
    }
}

/// L1 that reads the step sizes and forgets the strength.
struct ForgetsTheFactor: MetricProximalRegularizer {
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { L1().value(at: weights) }
    func applyProx(to weights: inout MutableWeights, scale: Float) {
        L1().applyProx(to: &weights, scale: scale)
    }
    func applyProx(to weights: inout MutableWeights, scales: Scales) {
        L1().applyProx(to: &weights, scales: Scales(scales.stepSizes, factor: 1))
    }
}

/// Σ √|w|, which is not convex.
struct ClaimsConvexity: ElementwiseRegularizer {
    var properties: CompositionProperties { .convex }
    func value(at weight: Float) -> Double { Double(abs(weight)).squareRoot() }
}

/// The count of nonzeros with its hard threshold, which jumps.
struct ClaimsConvexityOfACount: ProximalElementwiseRegularizer {
    var properties: CompositionProperties { .convex }
    func value(at weight: Float) -> Double { weight == 0 ? 0 : weight.isNaN ? .nan : 1 }
    func proximalPoint(of weight: Float, scale: Float) -> Float {
        abs(weight) <= (2 * scale).squareRoot() ? 0 : weight
    }
}

/// ½Σw², which is homogeneous of degree two.
struct ClaimsHomogeneity: ElementwiseRegularizer {
    var properties: CompositionProperties { [.convex, .positivelyHomogeneous] }
    func value(at weight: Float) -> Double { 0.5 * Double(weight) * Double(weight) }
}

/// L1 with a threshold that compares so that NaN becomes 0.
struct TurnsNaNToZero: ProximalElementwiseRegularizer {
    func value(at weight: Float) -> Double { Double(abs(weight)) }
    func proximalPoint(of weight: Float, scale: Float) -> Float {
        weight > scale ? weight - scale : weight < -scale ? weight + scale : 0
    }
}

/// The sparse group lasso with the groups shrunk before the soft threshold.
struct GroupsBeforeElements: ProximalRegularizer {
    let groups = GroupLasso(.whole)
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { L1().value(at: weights) + groups.value(at: weights) }
    func applyProx(to weights: inout MutableWeights, scale: Float) {
        groups.applyProx(to: &weights, scale: scale)
        L1().applyProx(to: &weights, scale: scale)
    }
}

/// The norm of the whole tensor, which is no sum over elements.
struct ClaimsElementwise: Regularizer {
    var structure: Structure { .elementwise }
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { GroupLasso(.whole).value(at: weights) }
}

/// Each element's magnitude by its place.
struct ClaimsUniform: Regularizer {
    var structure: Structure { .elementwise }
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double {
        (0..<weights.count).reduce(0) { $0 + Double($1 + 1) * abs(Double(weights[$1])) }
    }
}

/// The indicator of −2, 0 and 2, whose points are within an interval but are no interval, and which is not convex.
struct ClaimsInterval: ProximalRegularizer {
    var structure: Structure { .interval(-2...2) }
    var properties: CompositionProperties { .convex }
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double {
        weights.elements.indices.allSatisfy { [-2, 0, 2].contains(weights[$0]) } ? 0 : .infinity
    }
    func applyProx(to weights: inout MutableWeights, scale: Float) {
        for index in 0..<weights.count {
            weights[index] = 2 * min(max((weights[index] / 2).rounded(), -1), 1)
        }
    }
}

/// The largest magnitude of the tensor, which is no sum over its rows.
struct ClaimsGroups: Regularizer {
    var structure: Structure { .grouped(.rows) }
    func check(_ shape: Shape) throws { try Groups.rows.check(shape) }
    func value(at weights: Weights) -> Double {
        weights.elements.indices.reduce(0) { max($0, abs(Double(weights[$1]))) }
    }
}

/// The sum of the positive elements, which falls where signs change.
struct ClaimsMonotony: Regularizer {
    var properties: CompositionProperties { .monotoneInMagnitudes }
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double {
        weights.elements.indices.reduce(0) { $0 + max(0, Double(weights[$1])) }
    }
}

/// The first element's magnitude.
struct ClaimsInvariance: Regularizer {
    var properties: CompositionProperties { .permutationInvariant }
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { weights.count == 0 ? 0 : abs(Double(weights[0])) }
}

/// The norm, which is linear along rays alone.
struct ClaimsLinearity: Regularizer {
    var properties: CompositionProperties { [.linearInOrder, .linearInOrderOfMagnitudes] }
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double {
        GroupLasso(.whole, weighting: .none).value(at: weights)
    }
}

/// L1, which rotating a row changes.
struct ClaimsRadial: Regularizer {
    var structure: Structure { .radial(.rows) }
    func check(_ shape: Shape) throws { try Groups.rows.check(shape) }
    func value(at weights: Weights) -> Double { L1().value(at: weights) }
}

/// The largest norm of a row, which is no sum over the rows.
struct ClaimsSumOverGroups: Regularizer {
    var structure: Structure { .radial(.rows) }
    func check(_ shape: Shape) throws { try Groups.rows.check(shape) }
    func value(at weights: Weights) -> Double {
        (0..<weights.shape.rows).reduce(0) {
            max($0, weights.norm(of: Groups.rows.group($1, in: weights.shape)))
        }
    }
}

/// Σw², which is twice the ridge that it claims.
struct ClaimsHalfTheRidge: Regularizer {
    var structure: Structure { .ridge(1) }
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { 2 * SquaredL2().value(at: weights) }
}

/// A mean over the elements that is 0/0 for an empty tensor.
struct UndefinedOnEmpty: Regularizer {
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { L1().value(at: weights) / Double(weights.count) }
}

/// L1 whose proximal point moves elements that have the scale 0.
struct MovesFixedElements: MetricProximalRegularizer {
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { L1().value(at: weights) }
    func applyProx(to weights: inout MutableWeights, scale: Float) {
        L1().applyProx(to: &weights, scale: scale)
    }
    func applyProx(to weights: inout MutableWeights, scales: Scales) {
        for index in 0..<weights.count {
            weights[index] = L1().proximalPoint(of: weights[index], scale: max(scales[index], 1e-3))
        }
    }
}

/// A regularizer that no shape suits.
struct AcceptsNothing: Regularizer {
    func check(_ shape: Shape) throws { throw ShapeError("never") }
    func value(at weights: Weights) -> Double { 0 }
}

/// The indicator of weights of 0 or more, whose proximal point forgets the first.
struct LeavesTheConstraint: ProximalRegularizer {
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double {
        weights.elements.indices.contains { weights[$0] < 0 } ? .infinity : 0
    }
    func applyProx(to weights: inout MutableWeights, scale: Float) {
        for index in weights.elements.indices.dropFirst() { weights[index] = max(0, weights[index]) }
    }
}
