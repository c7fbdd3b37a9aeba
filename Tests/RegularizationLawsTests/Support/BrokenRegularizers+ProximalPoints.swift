import Regularization

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
    func applyProx(to weights: inout MutableWeights, scales: Scales) {
        if scales.count > 0 { L1().applyProx(to: &weights, scale: scales[0]) }
    }
}

/// L1 with half the scales in a diagonal metric.
struct HalvesTheMetric: MetricProximalRegularizer {
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { L1().value(at: weights) }
    func applyProx(to weights: inout MutableWeights, scales: Scales) {
        L1().applyProx(to: &weights, scales: scales.uniform == nil ? scales.multiplied(by: 0.5) : scales)
    }
}

/// L1 with half the scale where it is uniform.
struct HalvesTheUniformScale: MetricProximalRegularizer {
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { L1().value(at: weights) }
    func applyProx(to weights: inout MutableWeights, scales: Scales) {
        L1().applyProx(to: &weights, scales: scales.uniform == nil ? scales : scales.multiplied(by: 0.5))
    }
}

/// L1 written twice, with half the scale where a uniform one comes as scales.
struct DisagreesWithItself: MetricProximalRegularizer {
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { L1().value(at: weights) }
    func applyProx(to weights: inout MutableWeights, scale: Float) {
        L1().applyProx(to: &weights, scale: scale)
    }
    func applyProx(to weights: inout MutableWeights, scales: Scales) {
        L1().applyProx(to: &weights, scales: scales.uniform == nil ? scales : scales.multiplied(by: 0.5))
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

/// L1 whose proximal point moves elements that have the scale 0.
struct MovesFixedElements: MetricProximalRegularizer {
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { L1().value(at: weights) }
    func applyProx(to weights: inout MutableWeights, scales: Scales) {
        for index in 0..<weights.count {
            weights[index] = L1().proximalPoint(of: weights[index], scale: max(scales[index], 1e-3))
        }
    }
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

/// L1 whose proximal point is further out instead of further in, which moves points apart.
struct ExpansiveProximalPoint: ProximalElementwiseRegularizer {
    var properties: CompositionProperties { .convex }
    func value(at weight: Float) -> Double { Double(abs(weight)) }
    func proximalPoint(of weight: Float, scale: Float) -> Float {
        weight == 0 ? 0 : weight > 0 ? weight + scale : weight - scale
    }
}

/// The group lasso on two of the elements, whose proximal point shrinks all of them.
struct ShrinksWhatIsInNoGroup: ProximalRegularizer {
    let groups = GroupLasso(.indexSets([[0, 2]]))
    func check(_ shape: Shape) throws { try groups.check(shape) }
    func value(at weights: Weights) -> Double { groups.value(at: weights) }
    func applyProx(to weights: inout MutableWeights, scale: Float) {
        for index in 0..<weights.count where index != 0 && index != 2 { weights[index] *= 0.99 }
        groups.applyProx(to: &weights, scale: scale)
    }
}

/// The ball of norm 1 whose projection is on the sphere, in the direction of the cubes of the weights.
struct ProjectsInAnotherDirection: ProximalRegularizer {
    let ball = L2Ball(.whole, radius: 1)
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { ball.value(at: weights) }
    func applyProx(to weights: inout MutableWeights, scale: Float) {
        if value(at: weights.readOnly) == 0 { return }
        let largest = (0..<weights.count).reduce(0) { max($0, abs(weights[$1])) }
        for index in 0..<weights.count {
            weights[index] *= 2 * (weights[index] / largest) * (weights[index] / largest) / largest
        }
        ball.applyProx(to: &weights, scale: scale)
    }
}
