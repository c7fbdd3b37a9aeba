/// A multiple of a regularizer, written `c * a` or `a.multiplied(by: c)`.
///
///     R(w) = c·A(w)
///
/// It has the capabilities, structure and properties of A.
public struct Multiple<A: Regularizer>: CompositeRegularizer {
    /// The regularizer that is multiplied.
    let base: A
    /// The factor c, 0 or more and finite as a Float.
    let factor: Double

    init(_ base: A, factor: Double) {
        self.base = base
        self.factor = trapping(try checked(factor: factor))
    }

    var summands: [Summand] { base.summands(multipliedBy: factor) }

    /// The name, as `0.5·L1`, with A in parentheses if it is a sum.
    public var name: String {
        base.summands().count > 1 ? "\(factor)·(\(base.name))" : "\(factor)·\(base.name)"
    }

    /// The structure of A; the coefficient of a ridge is multiplied, too.
    public var structure: Structure {
        if case .ridge(let coefficient, let center) = base.structure {
            .ridge(factor * coefficient, center: center)
        } else {
            base.structure
        }
    }

    /// The properties of A; without `.keepingLargest` if c is 0 in Float32, since then no element is made zero.
    public var properties: CompositionProperties {
        Float(factor) == 0 ? base.properties.subtracting(.keepingLargest) : base.properties
    }

    /// Accepts the shapes that A accepts.
    public func check(_ shape: Shape) throws { try base.check(shape) }

    /// c·A(w); if c is 0 it is 0 also where A is infinite, but NaN where A is NaN.
    public func value(at weights: Weights) -> Double { factor.times(base.value(at: weights)) }
}

extension Multiple: DifferentiableRegularizer where A: DifferentiableRegularizer {
    /// Adds scale · c times the gradient of A.
    public func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        base.addGradient(at: weights, scale: Float(factor) * scale, to: &gradient)
    }

    /// Adds scale · c times the gradient of A and returns c times the value of A.
    public func valueAddingGradient(
        at weights: Weights, scale: Float, to gradient: inout MutableWeights
    ) -> Double {
        factor.times(base.valueAddingGradient(at: weights, scale: Float(factor) * scale, to: &gradient))
    }
}

extension Multiple: ProximalRegularizer where A: ProximalRegularizer {
    /// The reason why A has no proximal point; nil if it has one.
    public var refusal: String? { base.refusal }

    /// Moves the weights to the proximal point of A at c times the scale; leaves them if c is 0 in Float32.
    public func applyProx(to weights: inout MutableWeights, scale: Float) {
        let factor = Float(factor)
        if factor == 0 { return }
        base.applyProx(to: &weights, scale: factor * scale)
    }
}

extension Multiple: MetricProximalRegularizer where A: MetricProximalRegularizer {
    /// The reason why A has no proximal point in a diagonal metric; nil if it has one.
    public var metricRefusal: String? { base.metricRefusal }

    /// Moves the weights to the proximal point of A at c times the scales; leaves them if c is 0 in Float32.
    public func applyProx(to weights: inout MutableWeights, scales: Scales) {
        let factor = Float(factor)
        if factor == 0 { return }
        base.applyProx(to: &weights, scales: scales.multiplied(by: factor))
    }
}

extension Regularizer {
    /// The regularizer times a factor; traps if the factor is negative or not finite as a Float.
    public func multiplied(by factor: Double) -> Multiple<Self> { Multiple(self, factor: factor) }

    /// The regularizer times a factor; traps if the factor is negative or not finite as a Float.
    public static func * (factor: Double, a: Self) -> Multiple<Self> { a.multiplied(by: factor) }

    /// The regularizer times a factor; traps if the factor is negative or not finite as a Float.
    public static func * (a: Self, factor: Double) -> Multiple<Self> { a.multiplied(by: factor) }
}
