/// The constraint that no weight is negative.
///
///     R(w) = 0 if wᵢ ≥ 0 for all i, else +∞
///
/// - Shape: any.
/// - Gradient: not offered; use it as a proximal step.
/// - Proximal point: the projection max(w, 0), whatever the scale, also at scale 0.
/// - Metric: diagonal, the same projection.
/// - Composition: convex, positively homogeneous, an interval.
/// - Edge cases: NaN stays NaN; infinity becomes NaN, with an infinite value; a zero is +0.
/// - Complexity: O(n).
/// - Source: Parikh, Boyd, "Proximal Algorithms", 2013, §6.2.4.
public struct Nonnegative: ProximalElementwiseRegularizer, Hashable, Codable {
    /// Makes the constraint.
    public init() {}

    /// `.interval` from 0 to infinity.
    public var structure: Structure { .interval(0 ... .infinity) }

    /// Convex and positively homogeneous.
    public var properties: CompositionProperties { [.convex, .positivelyHomogeneous] }

    /// 0 where w ≥ 0, else infinite, as at infinity; NaN at NaN.
    @inlinable
    public func value(at weight: Float) -> Double {
        weight.isNaN ? .nan : weight >= 0 && weight < .infinity ? 0 : .infinity
    }

    /// max(w, 0); NaN at infinity, where w − w is no zero.
    @inlinable
    public func proximalPoint(of weight: Float, scale: Float) -> Float {
        (weight <= 0 ? 0 : weight) + (weight - weight)
    }
}
