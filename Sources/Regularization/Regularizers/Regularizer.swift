/// A function R(w) of one tensor of weights, at unit strength.
///
/// Capability is conformance: what can also be differentiated conforms to `DifferentiableRegularizer` and
/// can be a loss term, what has a proximal point conforms to `ProximalRegularizer` and can be a proximal
/// step. A regularizer knows nothing of models, names, strengths and schedules; those belong to `Penalty`.
///
/// Most authors do not conform to this protocol directly but to `ElementwiseRegularizer` (a sum of one
/// function over all elements) or `GroupwiseRegularizer` (a function of the norm of each group, which needs `groups`
/// too), which ask for one scalar function a capability and supply everything else.
///
/// A type that conforms to it directly has to write `value(at:)` and `check(_:)`; the rest has defaults. A
/// refinement of it asks for one more function: `addGradient`, or one of the two forms of `applyProx`.
public protocol Regularizer: Sendable {
    /// R at the weights, accumulated in Double. Required.
    func value(at weights: Weights) -> Double

    /// Throws, with a sentence, if R is not defined for tensors of that shape. `ShapeError` serves. Required; empty if
    /// R accepts every shape.
    func check(_ shape: Shape) throws

    /// The name in plans, tables and labels; the name of the type unless given.
    var name: String { get }

    /// The form of R, which decides together with `properties` with what its proximal point composes; `.unknown` unless
    /// given. Where neither says anything, it composes with squared L2 alone.
    var structure: Structure { get }

    /// The mathematical properties that the author states of R, for composition; none unless given.
    var properties: CompositionProperties { get }

    /// The behavior of R at zero, which `smallestZeroingStrength(gradient:)` uses.
    ///
    /// `.unknown` unless given; `.flat` for a ridge around zero.
    var kink: Kink { get }
}

extension Regularizer {
    /// The name of the type.
    public var name: String { String(describing: Self.self) }
    /// `.unknown`: no form is stated.
    public var structure: Structure { .unknown }
    /// No properties.
    public var properties: CompositionProperties { [] }
    /// `.flat` for a ridge around zero, else `.unknown`.
    public var kink: Kink {
        if case .ridge(0..., []) = structure { .flat } else { .unknown }
    }
}

/// A regularizer with a gradient, which can be a loss term.
public protocol DifferentiableRegularizer: Regularizer {
    /// Adds scale · ∇R(w) to the gradient; at a kink a subgradient, which is 0 at zero weights. Required.
    func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights)

    /// Adds scale · ∇R(w) to the gradient and returns R(w): one after the other unless given, to save work.
    func valueAddingGradient(
        at weights: Weights, scale: Float, to gradient: inout MutableWeights
    ) -> Double
}

extension DifferentiableRegularizer {
    /// Adds the gradient, then computes the value.
    @inlinable
    public func valueAddingGradient(
        at weights: Weights, scale: Float, to gradient: inout MutableWeights
    ) -> Double {
        addGradient(at: weights, scale: scale, to: &gradient)
        return value(at: weights)
    }
}

/// A regularizer with a proximal point: it can be a proximal step.
///
/// One that conforms to this protocol alone is Euclidean only: it is given a number, and no metric.
public protocol ProximalRegularizer: Regularizer {
    /// Moves w to argmin over p of ½‖p − w‖² + scale · R(p). Required, but for a
    /// `MetricProximalRegularizer`, which has it.
    func applyProx(to weights: inout MutableWeights, scale: Float)

    /// The reason why there is no exact proximal point although the type conforms, as a sentence; else nil.
    ///
    /// It is nil unless R is a sum whose summands have no proven composition, or an author says so. Attaching a
    /// proximal step of such an R throws an error with this sentence.
    var refusal: String? { get }
}

extension ProximalRegularizer {
    /// Nil: there is a proximal point.
    public var refusal: String? { nil }
}

/// A regularizer whose proximal point is also known in a diagonal metric, such as Adam's.
///
/// An author writes `applyProx(to:scales:)` and no other: the Euclidean proximal point is that at uniform scales.
public protocol MetricProximalRegularizer: ProximalRegularizer {
    /// Moves w to argmin over p of Σ (pᵢ − wᵢ)² / (2 tᵢ) + R(p), where tᵢ are the scales.
    ///
    /// Required. Elements with tᵢ = 0 stay. With equal scales, `uniform` or not, it is the Euclidean proximal point at
    /// that scale.
    func applyProx(to weights: inout MutableWeights, scales: Scales)

    /// The reason why there is no exact proximal point in a diagonal metric although the type conforms, as a sentence;
    /// else nil.
    ///
    /// It is nil unless R is a sum whose summands have no proven composition there, or an author says so: for a
    /// groupwise regularizer that is not convex, the default implementation may be inexact.
    var metricRefusal: String? { get }
}

extension MetricProximalRegularizer {
    /// Nil: there is a proximal point in a diagonal metric.
    public var metricRefusal: String? { nil }

    /// Moves w to the proximal point at uniform scales.
    @inlinable
    public func applyProx(to weights: inout MutableWeights, scale: Float) {
        applyProx(to: &weights, scales: Scales(uniform: scale, count: weights.count))
    }
}
