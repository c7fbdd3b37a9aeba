/// The sum of absolute values, which makes weights exactly zero as a proximal step.
///
///     R(w) = Σ |wᵢ|
///
/// - Shape: any.
/// - Gradient: the sign, 0 at 0.
/// - Proximal point: soft threshold, sign(w)·max(|w| − t, 0).
/// - Metric: diagonal.
/// - Composition: convex, positively homogeneous, monotone in magnitudes, elementwise: its proximal step comes before
///   that of a radial regularizer.
/// - Edge cases: NaN stays NaN; infinity stays infinite; a zero is +0.
/// - Complexity: O(n).
/// - Source: Parikh, Boyd, "Proximal Algorithms", 2013, §6.5.2.
public struct L1: DifferentiableElementwiseRegularizer, ProximalElementwiseRegularizer, Hashable, Codable {
    /// Makes the regularizer.
    public init() {}

    /// Convex, positively homogeneous, monotone in magnitudes and linear where these keep their order.
    public var properties: CompositionProperties {
        [.convex, .positivelyHomogeneous, .monotoneInMagnitudes, .linearInOrderOfMagnitudes]
    }

    /// K(w) = R(w): the factor is 1 for each element.
    public var kink: Kink { .elements { _ in 1 } }

    /// |w|.
    @inlinable
    public func value(at weight: Float) -> Double { Double(abs(weight)) }

    /// The sign of the weight, 0 at 0, NaN at NaN.
    @inlinable
    public func derivative(at weight: Float) -> Float {
        weight > 0 ? 1 : weight < 0 ? -1 : weight == 0 ? 0 : weight
    }

    /// The soft threshold sign(w)·max(|w| − t, 0).
    @inlinable
    public func proximalPoint(of weight: Float, scale: Float) -> Float {
        abs(weight) <= scale ? 0 : weight > 0 ? weight - scale : weight + scale
    }

    /// Σ |wᵢ|.
    public func value(at weights: Weights) -> Double { weights.elements.sumOfMagnitudes }

    /// Adds scale · sign(wᵢ) to each element of the gradient.
    public func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        gradient.elements.add(.signs, of: weights.elements, scale: scale)
    }

    /// Adds the gradient and returns the value, in one pass.
    public func valueAddingGradient(
        at weights: Weights, scale: Float, to gradient: inout MutableWeights
    ) -> Double {
        gradient.elements.addSumming(.signs, of: weights.elements, scale: scale)
    }

    /// The soft threshold of every element at its own scale.
    public func applyProx(to weights: inout MutableWeights, scales: Scales) {
        weights.elements.softThreshold(scales)
    }
}
