/// The sum of absolute values, which makes weights exactly zero as a proximal step.
///
///     R(w) = Σ |wᵢ|
///
/// - Shape: any.
/// - Gradient: the sign, 0 at 0.
/// - Proximal point: soft threshold, sign(w)·max(|w| − t, 0).
/// - Metric: diagonal.
/// - Composition: convex, positively homogeneous, elementwise: before a radial regularizer.
/// - Edge cases: NaN stays NaN; infinity stays infinite; a zero is +0.
/// - Complexity: O(n).
/// - Source: Parikh, Boyd, "Proximal Algorithms", 2013, §6.5.2.
public struct L1: DifferentiableElementwiseRegularizer, ProximalElementwiseRegularizer, Hashable {
    /// Makes the regularizer.
    public init() {}

    /// Convex and positively homogeneous.
    public var properties: CompositionProperties { [.convex, .positivelyHomogeneous] }

    /// |w|.
    @inlinable
    public func value(at weight: Float) -> Double { Double(abs(weight)) }

    /// The sign, 0 at 0, NaN at NaN.
    @inlinable
    public func derivative(at weight: Float) -> Float {
        weight > 0 ? 1 : weight < 0 ? -1 : weight == 0 ? 0 : weight
    }

    /// The soft threshold.
    @inlinable
    public func proximalPoint(of weight: Float, scale: Float) -> Float {
        abs(weight) <= scale ? 0 : weight > 0 ? weight - scale : weight + scale
    }
}
