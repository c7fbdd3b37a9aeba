import Regularization

/// The soft threshold, which moves all elements and not to a bound.
struct ClaimsClamping: ProximalRegularizer {
    var structure: Structure { .grouped(.rows) }
    var properties: CompositionProperties { [.convex, .clamping] }
    func check(_ shape: Shape) throws { try Groups.rows.check(shape) }
    func value(at weights: Weights) -> Double { L1().value(at: weights) }
    func applyProx(to weights: inout MutableWeights, scale: Float) {
        L1().applyProx(to: &weights, scale: scale)
    }
}

/// The largest magnitude of the tensor, claimed to clamp in a metric by the rule for equal scales.
struct ClampsInOneMetric: MetricProximalRegularizer {
    var properties: CompositionProperties { .clamping }
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { GroupLInfinity(.whole).value(at: weights) }
    func applyProx(to weights: inout MutableWeights, scale: Float) {
        GroupLInfinity(.whole).applyProx(to: &weights, scale: scale)
    }
    func applyProx(to weights: inout MutableWeights, scales: Scales) {
        L1().applyProx(to: &weights, scales: scales)
    }
}

/// The hard threshold, which keeps the largest elements, but more of them where more are large.
struct KeepsAsManyAsAreLarge: ProximalRegularizer {
    var properties: CompositionProperties { .keepingLargest }
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { L0().value(at: weights) }
    func applyProx(to weights: inout MutableWeights, scale: Float) {
        L0().applyProx(to: &weights, scale: scale)
    }
}

/// At most two elements, of which the first stay.
struct KeepsTheFirst: ProximalRegularizer {
    var properties: CompositionProperties { .keepingLargest }
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { L0Ball(count: 2).value(at: weights) }
    func applyProx(to weights: inout MutableWeights, scale: Float) {
        var nonzeros = 0
        for index in 0..<weights.count where weights[index] != 0 {
            nonzeros += 1
            if nonzeros > 2 { weights[index] = 0 }
        }
    }
}

/// L1, which depends on magnitudes too.
struct ClaimsSupport: ElementwiseRegularizer {
    var properties: CompositionProperties { .supportOnly }
    func value(at weight: Float) -> Double { Double(abs(weight)) }
}
