/// A sum over all elements of one concave function of their magnitudes: R(w) = Σ φ(|wᵢ|).
///
/// φ rises from φ(0) = 0 with a derivative that falls, to a constant or without bound. A complete regularizer for both
/// stages has the four short members below, in Double. None of them is given a negative magnitude, and each returns NaN
/// at NaN. A `ConcaveGroupwiseRegularizer` takes the same φ of the norms of groups.
public protocol ConcaveElementwiseRegularizer: DifferentiableElementwiseRegularizer,
    ProximalElementwiseRegularizer
{
    /// φ(r) at a magnitude r ≥ 0.
    func value(atMagnitude magnitude: Double) -> Double

    /// φ′(r) at a magnitude r ≥ 0; at 0 the derivative from the right.
    func derivative(atMagnitude magnitude: Double) -> Double

    /// argmin over p ≥ 0 of ½(p − r)² + scale · φ(p); where two points are equally good, the smaller one.
    ///
    /// The point is at most r. Compare so that NaN stays NaN, and return infinity at infinity.
    func proximalMagnitude(of magnitude: Double, scale: Double) -> Double

    /// The largest t for which ½p² + t·φ(p) is convex in p ≥ 0; 0 if there is none.
    ///
    /// For scales up to it the proximal point in a diagonal metric is found as one root; beyond it, all stationary
    /// points of a group have to be compared.
    var largestConvexScale: Double { get }
}

extension ConcaveElementwiseRegularizer {
    /// `.monotoneInMagnitudes`, since φ rises.
    @inlinable public var properties: CompositionProperties { .monotoneInMagnitudes }

    /// φ(|w|).
    @inlinable
    public func value(at weight: Float) -> Double { value(atMagnitude: Double(abs(weight))) }

    /// φ′(|w|)·sign(w), 0 at 0.
    @inlinable
    public func derivative(at weight: Float) -> Float {
        weight == 0 ? 0 : weight.withMagnitude { derivative(atMagnitude: $0) }
    }

    /// The proximal point of |w| with the sign of w, computed in Double.
    @inlinable
    public func proximalPoint(of weight: Float, scale: Float) -> Float {
        weight.withMagnitude { proximalMagnitude(of: $0, scale: Double(scale)) }
    }
}
