/// A sum over all elements of one concave function of their magnitudes: R(w) = Σ φ(|wᵢ|).
///
/// φ rises from φ(0) = 0 with a slope that falls, to a constant or not. A complete regularizer for both stages is four
/// short members, in Double; none of them is given a negative magnitude, and NaN gives NaN. A
/// `ConcaveGroupwiseRegularizer` takes the same φ of the norms of groups.
public protocol ConcaveElementwiseRegularizer: DifferentiableElementwiseRegularizer,
    ProximalElementwiseRegularizer
{
    /// φ(r).
    func value(atMagnitude magnitude: Double) -> Double

    /// φ′(r), at 0 from the right.
    func derivative(atMagnitude magnitude: Double) -> Double

    /// argmin over p ≥ 0 of ½(p − r)² + scale · φ(p), which is at most r; of two the smaller one.
    ///
    /// Compare so that NaN stays NaN, and let infinity be infinite.
    func proximalMagnitude(of magnitude: Double, scale: Double) -> Double

    /// The largest t for which ½p² + t·φ(p) is convex in p ≥ 0; 0 if there is none.
    var largestConvexScale: Double { get }
}

extension ConcaveElementwiseRegularizer {
    /// Monotone in magnitudes.
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
