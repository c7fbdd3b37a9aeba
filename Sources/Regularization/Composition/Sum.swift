/// The sum of two regularizers, written `a + b`.
///
///     R(w) = A(w) + B(w)
///
/// - Gradient: the sum of the gradients, where both have one.
/// - Proximal point: where both have one and a composition of them is proven, see `ProximalPlan`; the plan is made
///   once, when it is first needed. Where none is proven, `refusal` has the reason, attaching a penalty with a proximal
///   step throws an error with it, and a direct call of `applyProx` traps with it.
/// - Metric: diagonal where both have a proximal point there.
/// - Complexity: the sum of both.
public struct Sum<A: Regularizer, B: Regularizer>: CompositeRegularizer {
    /// The summands as `a + b + c` is written: those of a sum on the left are summands of this one.
    let list: SummandList
    var summands: [Summand] { list.plans.summands }

    init(_ first: A, _ second: B) {
        if let sum = first as? any LeftSum {
            list = SummandList(sum.list, [second])
        } else {
            list = SummandList(nil, [first, second])
        }
        // Whether a sum has a gradient follows from whether the sum on its left has one. The language remembers what
        // it was asked; asked about a sum of thousands at once, it would call itself as often.
        _ = Self.self is any DifferentiableRegularizer.Type
        _ = Self.self is any ProximalRegularizer.Type
        _ = Self.self is any MetricProximalRegularizer.Type
    }

    /// The name, as `L1 + NuclearNorm`.
    public var name: String { list.name }

    /// The properties that both summands have, without those of a proximal point, which the sum's need not have.
    ///
    /// Elements can be exchanged only if both summands have the same structure.
    public var properties: CompositionProperties { list.form.properties }

    /// The structure that holds for both summands: the common one, or a sum over elements; `.unknown` if there is none.
    public var structure: Structure { list.form.structure }

    /// Accepts the shapes that both summands accept.
    public func check(_ shape: Shape) throws { try list.check(shape) }

    /// A(w) + B(w).
    public func value(at weights: Weights) -> Double { list.value(at: weights) }
}

/// A sum to which a further summand is added on the right.
private protocol LeftSum {
    var list: SummandList { get }
}

extension Sum: LeftSum {}

extension Sum: DifferentiableRegularizer where A: DifferentiableRegularizer, B: DifferentiableRegularizer {
    /// Adds scale times the gradients of both summands.
    public func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        list.addGradient(at: weights, scale: scale, to: &gradient)
    }

    /// Adds scale times the gradients of both summands and returns the sum of their values.
    public func valueAddingGradient(
        at weights: Weights, scale: Float, to gradient: inout MutableWeights
    ) -> Double {
        list.valueAddingGradient(at: weights, scale: scale, to: &gradient)
    }
}

extension Sum: ProximalRegularizer where A: ProximalRegularizer, B: ProximalRegularizer {
    /// The reason why no composition of the summands is proven; nil if one is.
    public var refusal: String? { list.plans.refusal }

    /// Moves the weights to the proximal points of the summands in the proven order; traps with `refusal` if it is not
    /// nil.
    public func applyProx(to weights: inout MutableWeights, scale: Float) {
        list.applyProx(to: &weights, scales: Scales(uniform: scale, count: weights.count))
    }
}

extension Sum: MetricProximalRegularizer where A: MetricProximalRegularizer, B: MetricProximalRegularizer {
    /// The reason why no composition of the summands is proven in a diagonal metric; nil if one is.
    public var metricRefusal: String? { list.plans.metricRefusal }

    /// Moves the weights to the proximal points of the summands in the proven order; traps with `metricRefusal` if it
    /// is not nil.
    public func applyProx(to weights: inout MutableWeights, scales: Scales) {
        list.applyProx(to: &weights, scales: scales)
    }
}

extension Regularizer {
    /// The sum of two regularizers, of which each may be a sum.
    public static func + <Other: Regularizer>(a: Self, b: Other) -> Sum<Self, Other> {
        Sum(a, b)
    }
}
