/// A function R(w₁, …, wₖ) of several tensors at once, at unit strength: what a `Regularizer` is of one tensor.
///
/// Such as the weights that lead to a unit and those that lead away from it, which are in different layers, or two
/// layers that are to stay alike. A penalty names the tensors by one filter for each place:
///
///     .proximalStep(
///         UnitGroupLasso(), strength: 1e-3,
///         on: .named("fully.0.weight"), .named("fully.0.bias"), .named("fully.1.weight"))
///
/// Capability is conformance here too. What treats each tensor alone is a `Regularizer`, which composes with others;
/// a coupled one does not.
public protocol CoupledRegularizer: Sendable {
    /// R at the weights, accumulated in Double.
    func value(at weights: CoupledWeights) -> Double

    /// Throws, with a sentence, if R is not defined for tensors of those shapes, or for so many. `ShapeError` serves.
    func check(_ shapes: [Shape]) throws

    /// What plans, tables and labels call it; the name of the type unless given.
    var name: String { get }

    /// What the author states of R as a function of all elements; the laws hold it to that. Nothing unless given.
    var properties: CompositionProperties { get }
}

extension CoupledRegularizer {
    /// The name of the type.
    public var name: String { String(describing: Self.self) }
    /// None.
    public var properties: CompositionProperties { [] }
}

/// A coupled regularizer with a gradient: it can be a loss term.
public protocol DifferentiableCoupledRegularizer: CoupledRegularizer {
    /// Adds scale · ∇R(w) to the gradient; at a kink a subgradient, which is 0 at zero weights.
    func addGradient(at weights: CoupledWeights, scale: Float, to gradient: inout MutableCoupledWeights)
}

/// A coupled regularizer with a proximal point: it can be a proximal step.
public protocol ProximalCoupledRegularizer: CoupledRegularizer {
    /// Moves w to argmin over p of Σ ½‖pₖ − wₖ‖² + scale · R(p).
    func applyProx(to weights: inout MutableCoupledWeights, scale: Float)

    /// Why there is no exact proximal point after all, as a sentence; nil unless given.
    var refusal: String? { get }
}

extension ProximalCoupledRegularizer {
    /// Nil.
    public var refusal: String? { nil }
}

/// A coupled regularizer whose proximal point is also known in a diagonal metric, such as Adam's.
public protocol MetricProximalCoupledRegularizer: ProximalCoupledRegularizer {
    /// Moves w to argmin over p of Σ (pᵢ − wᵢ)² / (2 tᵢ) + R(p) over all elements, where tᵢ are the scales.
    ///
    /// Elements with tᵢ = 0 stay. With equal scales it is the Euclidean proximal point at that scale.
    func applyProx(to weights: inout MutableCoupledWeights, scales: CoupledScales)

    /// Why there is no exact proximal point in a diagonal metric after all, as a sentence; nil unless given.
    var metricRefusal: String? { get }
}

extension MetricProximalCoupledRegularizer {
    /// Nil.
    public var metricRefusal: String? { nil }
}
