/// The number of weights that are not zero, which keeps the large weights as they are and zeroes the others.
///
///     R(w) = the number of i with wᵢ ≠ 0
///
/// - Shape: any.
/// - Gradient: not offered; it is 0 wherever it exists.
/// - Proximal point: hard threshold, w where |w| > √(2t), else 0. At |w| = √(2t), where w would be as good, it is 0.
/// - Metric: diagonal.
/// - Composition: not convex; monotone in magnitudes, elementwise; depends on the support alone.
/// - Edge cases: NaN stays NaN; infinity stays infinite; a zero is +0.
/// - Complexity: O(n).
/// - Source: Blumensath, Davies, "Iterative Thresholding for Sparse Approximations", 2008.
public struct L0: ProximalElementwiseRegularizer, Hashable, Codable {
    /// Makes the regularizer.
    public init() {}

    /// Monotone in magnitudes; depends on the support alone.
    public var properties: CompositionProperties { [.monotoneInMagnitudes, .supportOnly] }

    /// 1, but 0 at weight 0 and NaN at NaN.
    @inlinable
    public func value(at weight: Float) -> Double { weight.isNaN ? .nan : weight == 0 ? 0 : 1 }

    /// w, or 0 where w² ≤ 2t; compared in Double, in which squares of Float are exact.
    @inlinable
    public func proximalPoint(of weight: Float, scale: Float) -> Float {
        Double(weight) * Double(weight) <= 2 * Double(scale) ? 0 : weight
    }
}
