import Regularization

/// Elementwise, with every capability and no stated property: composes with squared L2 alone.
struct Unstated: DifferentiableElementwiseRegularizer, ProximalElementwiseRegularizer, Hashable {
    var delta: Float = 0.5

    func value(at weight: Float) -> Double {
        let (size, delta) = (Double(abs(weight)), Double(delta))
        return size <= delta ? size * size / (2 * delta) : size - delta / 2
    }

    func derivative(at weight: Float) -> Float { weight > delta ? 1 : weight < -delta ? -1 : weight / delta }

    func proximalPoint(of weight: Float, scale: Float) -> Float {
        abs(weight) <= delta + scale
            ? weight * delta / (delta + scale) : weight > 0 ? weight - scale : weight + scale
    }
}

/// φ(r) = ωr by the default metric prox of `ProximalGroupwiseRegularizer`.
struct NormByDefault: ProximalGroupwiseRegularizer {
    let groups: Groups
    let weight: Double

    func value(atNorm norm: Double, of group: Group) -> Double { weight * norm }

    func proximalNorm(of norm: Double, scale: Double, in group: Group) -> Double {
        max(0, norm - scale * weight)
    }
}

/// φ(r) = ωr, convex.
struct ConvexNormByDefault: ProximalGroupwiseRegularizer {
    let groups: Groups
    let weight: Double
    var properties: CompositionProperties { [.convex, .positivelyHomogeneous] }

    func value(atNorm norm: Double, of group: Group) -> Double { weight * norm }

    func proximalNorm(of norm: Double, scale: Double, in group: Group) -> Double {
        max(0, norm - scale * weight)
    }
}

/// φ(r) = r + r²/2.
struct NormAndSquare: DifferentiableGroupwiseRegularizer, ProximalGroupwiseRegularizer {
    let groups: Groups
    var properties: CompositionProperties { .convex }

    func value(atNorm norm: Double, of group: Group) -> Double { norm + norm * norm / 2 }

    func derivative(atNorm norm: Double, of group: Group) -> Double { 1 + norm }

    func proximalNorm(of norm: Double, scale: Double, in group: Group) -> Double {
        max(0, (norm - scale) / (1 + scale))
    }
}

/// The norm of the whole tensor by the core protocols: nothing is known of its structure, and its proximal
/// point is known in the Euclidean metric only.
struct Opaque: DifferentiableRegularizer, ProximalRegularizer {
    private var norm: GroupLasso { GroupLasso(.whole, weighting: .none) }

    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { norm.value(at: weights) }
    func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        norm.addGradient(at: weights, scale: scale, to: &gradient)
    }
    func applyProx(to weights: inout MutableWeights, scale: Float) {
        norm.applyProx(to: &weights, scale: scale)
    }
}
