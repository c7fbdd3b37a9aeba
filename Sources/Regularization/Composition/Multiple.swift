/// A multiple of a regularizer, written `c * a` or `a.multiplied(by: c)`.
///
///     R(w) = c·A(w)
///
/// It has the capabilities, structure and properties of A.
public struct Multiple<A: Regularizer>: CompositeRegularizer {
    /// The regularizer that is multiplied.
    let base: A
    /// The factor c, 0 or more.
    let factor: Double

    init(_ base: A, factor: Double) {
        self.base = base
        self.factor = trapping(try checked(factor: factor))
    }

    var summands: [Summand] { base.summands(multipliedBy: factor) }

    /// `c·A`, in parentheses if A is a sum.
    public var name: String {
        base.summands().count > 1 ? "\(factor)·(\(base.name))" : "\(factor)·\(base.name)"
    }

    /// The structure of A.
    public var structure: Structure {
        if case .ridge(let coefficient, let center) = base.structure {
            .ridge(factor * coefficient, center: center)
        } else {
            base.structure
        }
    }

    /// The properties of A; with a factor of 0 no element is made zero.
    public var properties: CompositionProperties {
        Float(factor) == 0 ? base.properties.subtracting(.keepingLargest) : base.properties
    }

    /// Accepts the shapes that A accepts.
    public func check(_ shape: Shape) throws { try base.check(shape) }

    /// c·A(w); 0 if c is 0, also where A is infinite, unless A is NaN.
    public func value(at weights: Weights) -> Double { factor.times(base.value(at: weights)) }
}

extension Multiple: DifferentiableRegularizer where A: DifferentiableRegularizer {
    /// Adds c times the gradient of A.
    public func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        base.addGradient(at: weights, scale: Float(factor) * scale, to: &gradient)
    }

    /// Adds c times the gradient of A and returns c times its value.
    public func valueAddingGradient(
        at weights: Weights, scale: Float, to gradient: inout MutableWeights
    ) -> Double {
        factor.times(base.valueAddingGradient(at: weights, scale: Float(factor) * scale, to: &gradient))
    }
}

extension Multiple: ProximalRegularizer where A: ProximalRegularizer {
    /// Why A has no proximal point, or nil.
    public var refusal: String? { base.refusal }

    /// The proximal point of A at c times the scale; the identity if c is 0 in Float32.
    public func applyProx(to weights: inout MutableWeights, scale: Float) {
        let factor = Float(factor)
        if factor == 0 { return }
        base.applyProx(to: &weights, scale: factor * scale)
    }
}

extension Multiple: MetricProximalRegularizer where A: MetricProximalRegularizer {
    /// Why A has no proximal point in a diagonal metric, or nil.
    public var metricRefusal: String? { base.metricRefusal }

    /// The proximal point of A at c times the scales; the identity if c is 0 in Float32.
    public func applyProx(to weights: inout MutableWeights, scales: Scales) {
        let factor = Float(factor)
        if factor == 0 { return }
        base.applyProx(to: &weights, scales: scales.multiplied(by: factor))
    }
}

extension Regularizer {
    /// A multiple of a regularizer; traps if the factor is negative or not finite.
    public func multiplied(by factor: Double) -> Multiple<Self> { Multiple(self, factor: factor) }

    /// A multiple of a regularizer; traps if the factor is negative or not finite.
    public static func * (factor: Double, a: Self) -> Multiple<Self> { a.multiplied(by: factor) }

    /// A multiple of a regularizer; traps if the factor is negative or not finite.
    public static func * (a: Self, factor: Double) -> Multiple<Self> { a.multiplied(by: factor) }
}
