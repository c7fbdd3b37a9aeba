/// The sum of two regularizers, written `a + b`.
///
///     R(w) = A(w) + B(w)
///
/// - Gradient: the sum of the gradients, where both have one.
/// - Proximal point: where both have one and a composition of them is proven, see `ProximalPlan`; the plan is
///   made once, here. Where none is proven `refusal` says why, a penalty that makes it a proximal step is
///   refused at attachment, and a direct call of `applyProx` traps with the reason.
/// - Metric: diagonal where both are.
public struct Sum<A: Regularizer, B: Regularizer>: CompositeRegularizer {
    /// The left summand.
    let first: A
    /// The right summand.
    let second: B
    let summands: [Summand]
    private let composition: Composition

    init(_ first: A, _ second: B) {
        self.first = first
        self.second = second
        summands = first.summands() + second.summands()
        composition = Composition(of: summands)
    }

    /// `A + B`.
    public var name: String { "\(first.name) + \(second.name)" }

    /// The properties that both parts have, but for those of proximal points; elements are alike only where both parts
    /// have the same structure.
    public var properties: CompositionProperties {
        let common = first.properties.intersection(second.properties)
            .subtracting([.clamping, .keepingLargest])
        return first.structure == second.structure ? common : common.subtracting(.permutationInvariant)
    }

    /// The structure that both parts share, if any.
    public var structure: Structure {
        if case .ridge(let a, []) = first.structure, case .ridge(let b, []) = second.structure {
            return .ridge(a + b)
        }
        if first.structure.isUniform, second.structure.isUniform { return .elementwise }
        if first.structure.isSumOverElements, second.structure.isSumOverElements { return .separable }
        return first.structure == second.structure ? first.structure : .unknown
    }

    /// Accepts the shapes that both accept.
    public func check(_ shape: Shape) throws {
        try first.check(shape)
        try second.check(shape)
    }

    /// A(w) + B(w).
    public func value(at weights: Weights) -> Double {
        first.value(at: weights) + second.value(at: weights)
    }
}

extension Sum: DifferentiableRegularizer where A: DifferentiableRegularizer, B: DifferentiableRegularizer {
    /// Adds both gradients.
    public func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        forEachPiece(of: weights, &gradient) { weights, gradient in
            first.addGradient(at: weights, scale: scale, to: &gradient)
            second.addGradient(at: weights, scale: scale, to: &gradient)
        }
    }

    /// Adds both gradients and returns the sum of the values.
    public func valueAddingGradient(
        at weights: Weights, scale: Float, to gradient: inout MutableWeights
    ) -> Double {
        var sum = 0.0
        forEachPiece(of: weights, &gradient) { weights, gradient in
            sum += first.valueAddingGradient(at: weights, scale: scale, to: &gradient)
            sum += second.valueAddingGradient(at: weights, scale: scale, to: &gradient)
        }
        return sum
    }

    /// A long tensor crosses the memory once where the parts can be had piece by piece.
    private func forEachPiece(
        of weights: Weights, _ gradient: inout MutableWeights,
        _ body: (Weights, inout MutableWeights) -> Void
    ) {
        guard weights.count > Piece.limit, isElementwise else { return body(weights, &gradient) }
        for start in stride(from: 0, to: weights.count, by: Piece.limit) {
            let range = start..<min(start + Piece.limit, weights.count)
            let shape: Shape = range.count == Piece.limit ? Piece.wholeShape : [range.count]
            var piece = MutableWeights(shape: shape, gradient.elements._mutatingExtracting(range))
            body(Weights(shape: shape, weights.elements.extracting(range)), &piece)
        }
    }
}

extension Sum: ProximalRegularizer where A: ProximalRegularizer, B: ProximalRegularizer {
    /// Why no composition of the parts is proven, or nil.
    public var refusal: String? { composition.refusal }

    /// Applies the parts in the proven order; traps with the reason if there is none.
    public func applyProx(to weights: inout MutableWeights, scale: Float) {
        composition.apply(to: &weights, scales: Scales(uniform: scale, count: weights.count), name)
    }
}

extension Sum: MetricProximalRegularizer where A: MetricProximalRegularizer, B: MetricProximalRegularizer {
    /// Why no composition of the parts is proven in a diagonal metric, or nil.
    public var metricRefusal: String? { composition.metricRefusal }

    /// Applies the parts in the proven order; traps with the reason if there is none.
    public func applyProx(to weights: inout MutableWeights, scales: Scales) {
        composition.apply(to: &weights, scales: scales, name)
    }
}

extension Regularizer {
    /// The sum of two regularizers.
    public static func + <Other: Regularizer>(a: Self, b: Other) -> Sum<Self, Other> {
        Sum(a, b)
    }
}
