/// The smoothly clipped absolute deviation: L1 up to λ, constant at large weights, which it does not shrink.
///
///     R(w) = Σ φ(|wᵢ|),  φ(r) = λr                                for r ≤ λ,
///                               (2γλr − r² − λ²)/(2(γ − 1))       for λ < r ≤ γλ,
///                               λ²(γ + 1)/2                       for r > γλ
///
/// λ and γ are part of R; the strength s of a penalty multiplies the value and is no λ: s·SCAD(λ, γ) is no
/// SCAD unless s = 1. So a schedule of the strength is not a schedule of λ. Fan and Li advise γ = 3.7.
///
/// - Shape: any.
/// - Gradient: λ·sign(w) up to |w| = λ, then (γλ − |w|)₊/(γ − 1)·sign(w); 0 at 0.
/// - Proximal point: for t < γ − 1: the soft threshold tλ for |w| ≤ λ(1 + t),
///   ((γ − 1)w − tγλ·sign(w))/(γ − 1 − t) for |w| ≤ γλ, else w. For γ − 1 ≤ t ≤ γ + 1: the soft threshold
///   for |w| ≤ λ(γ + 1 + t)/2, else w. For t > γ + 1: 0 for |w| ≤ λ√(t(γ + 1)), else w. Where two points are
///   equally good it is the smaller one.
/// - Metric: diagonal; each element is in the case of its own scale.
/// - Composition: not convex; monotone in magnitudes, elementwise. ½w² + t·R(w) is convex for t ≤ γ − 1.
/// - Edge cases: NaN stays NaN; infinity stays infinite, with a finite value; a zero is +0; λ = 0 is the
///   identity.
/// - Complexity: O(n).
/// - Source: Fan, Li, "Variable Selection via Nonconcave Penalized Likelihood and its Oracle Properties",
///   2001; Gong et al., "A General Iterative Shrinkage and Thresholding Algorithm", 2013.
public struct SCAD: DifferentiableElementwiseRegularizer, ProximalElementwiseRegularizer, Hashable {
    private let function: SmoothlyClipped

    /// Makes the regularizer; traps unless λ is 0 or more, γ is above 2, and both are finite.
    public init(threshold: Double, concavity: Double) {
        function = SmoothlyClipped(threshold: threshold, concavity: concavity)
    }

    /// The slope λ at zero.
    public var threshold: Double { function.threshold }
    /// How wide γ the concave part is: φ is constant from γλ on.
    public var concavity: Double { function.concavity }

    /// Monotone in magnitudes.
    public var properties: CompositionProperties { .monotoneInMagnitudes }

    /// φ(|w|).
    public func value(at weight: Float) -> Double { function.value(at: Double(abs(weight))) }

    /// φ′(|w|)·sign(w), 0 at 0.
    public func derivative(at weight: Float) -> Float { function.derivative(at: weight) }

    /// The proximal point, computed in Double.
    public func proximalPoint(of weight: Float, scale: Float) -> Float {
        function.proximalPoint(of: weight, scale: scale)
    }
}

extension SCAD: Codable {
    /// Reads `threshold` and `concavity`; throws a `DecodingError` for one that is out of range.
    public init(from decoder: any Decoder) throws {
        function = try SmoothlyClipped(from: decoder)
    }

    /// Writes what `init(from:)` reads.
    public func encode(to encoder: any Encoder) throws { try function.encode(to: encoder) }
}
