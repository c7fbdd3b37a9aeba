/// The sum of two regularizers, written `a + b`.
///
///     R(w) = A(w) + B(w)
///
/// - Gradient: the sum of the gradients, where both have one.
/// - Proximal point: where both have one and a composition of them is proven, see `ProximalPlan`; the plan is made
///   once, with the sum. Where none is proven, `refusal` has the reason, attaching a penalty with a proximal step
///   throws an error with it, and a direct call of `applyProx` traps with it.
/// - Metric: diagonal where both have a proximal point there.
/// - Complexity: the sum of both.
public struct Sum<A: Regularizer, B: Regularizer>: CompositeRegularizer {
    /// The left summand.
    let first: A
    /// The right summand.
    let second: B
    let summands: [Summand]
    private let plans: SumPlans

    init(_ first: A, _ second: B) {
        self.first = first
        self.second = second
        summands = first.summands() + second.summands()
        plans = SumPlans(of: summands)
    }

    /// The name, as `L1 + NuclearNorm`.
    public var name: String { "\(first.name) + \(second.name)" }

    /// The properties that both summands have, without those of a proximal point, which the sum's need not have.
    ///
    /// Elements can be exchanged only if both summands have the same structure.
    public var properties: CompositionProperties {
        let common = first.properties.intersection(second.properties)
            .subtracting([.clamping, .keepingLargest])
        return first.structure == second.structure ? common : common.subtracting(.permutationInvariant)
    }

    /// The structure that holds for both summands: the common one, or a sum over elements; `.unknown` if there is none.
    public var structure: Structure {
        if case .ridge(let a, []) = first.structure, case .ridge(let b, []) = second.structure {
            return .ridge(a + b)
        }
        if first.structure.isUniform, second.structure.isUniform { return .elementwise }
        if first.structure.isSumOverElements, second.structure.isSumOverElements { return .separable }
        return first.structure == second.structure ? first.structure : .unknown
    }

    /// Accepts the shapes that both summands accept.
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
    /// Adds scale times the gradients of both summands.
    public func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        forEachPiece(of: weights, &gradient) { weights, gradient in
            first.addGradient(at: weights, scale: scale, to: &gradient)
            second.addGradient(at: weights, scale: scale, to: &gradient)
        }
    }

    /// Adds scale times the gradients of both summands and returns the sum of their values.
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

    /// Calls a function with pieces of a long tensor where the summands are elementwise, so that the memory is crossed
    /// once.
    private func forEachPiece(
        of weights: Weights, _ gradient: inout MutableWeights,
        _ body: (Weights, inout MutableWeights) -> Void
    ) {
        guard weights.count > Piece.limit, isElementwise else { return body(weights, &gradient) }
        for range in Piece.ranges(of: 0..<weights.count) {
            let shape = Shape(vector: range.count)
            var piece = MutableWeights(shape: shape, gradient.elements._mutatingExtracting(range))
            body(Weights(shape: shape, weights.elements.extracting(range)), &piece)
        }
    }
}

extension Sum: ProximalRegularizer where A: ProximalRegularizer, B: ProximalRegularizer {
    /// The reason why no composition of the summands is proven; nil if one is.
    public var refusal: String? { plans.refusal }

    /// Moves the weights to the proximal points of the summands in the proven order; traps with `refusal` if it is not
    /// nil.
    public func applyProx(to weights: inout MutableWeights, scale: Float) {
        plans.apply(to: &weights, scales: Scales(uniform: scale, count: weights.count), name)
    }
}

extension Sum: MetricProximalRegularizer where A: MetricProximalRegularizer, B: MetricProximalRegularizer {
    /// The reason why no composition of the summands is proven in a diagonal metric; nil if one is.
    public var metricRefusal: String? { plans.metricRefusal }

    /// Moves the weights to the proximal points of the summands in the proven order; traps with `metricRefusal` if it
    /// is not nil.
    public func applyProx(to weights: inout MutableWeights, scales: Scales) {
        plans.apply(to: &weights, scales: scales, name)
    }
}

extension Regularizer {
    /// The sum of two regularizers, of which each may be a sum.
    public static func + <Other: Regularizer>(a: Self, b: Other) -> Sum<Self, Other> {
        Sum(a, b)
    }
}
