/// The smoothly clipped absolute deviation: L1 up to λ, constant at large weights, which it does not shrink.
///
///     R(w) = Σ φ(|wᵢ|),  φ(r) = λr                                for r ≤ λ,
///                               (2γλr − r² − λ²)/(2(γ − 1))       for λ < r ≤ γλ,
///                               λ²(γ + 1)/2                       for r > γλ
///
/// λ and γ are part of R; the strength s of a penalty multiplies the value and is not λ: s·SCAD(λ, γ) is no SCAD unless
/// s = 1. So a schedule of the strength is not a schedule of λ. Fan and Li advise γ = 3.7.
///
/// - Shape: any.
/// - Gradient: λ·sign(w) up to |w| = λ, then (γλ − |w|)₊/(γ − 1)·sign(w); 0 at 0.
/// - Proximal point: for t < γ − 1: the soft threshold tλ for |w| ≤ λ(1 + t), ((γ − 1)w − tγλ·sign(w))/(γ − 1 − t) for
///   |w| ≤ γλ, else w. For γ − 1 ≤ t ≤ γ + 1: the soft threshold tλ for |w| ≤ λ(γ + 1 + t)/2, else w. For t > γ + 1: 0
///   for |w| ≤ λ√(t(γ + 1)), else w. Where two points are equally good, it is the one of smaller magnitude.
/// - Metric: diagonal; each element is in the case of its own scale.
/// - Composition: not convex; monotone in magnitudes, elementwise. ½w² + t·R(w) is convex for t ≤ γ − 1.
/// - Edge cases: NaN stays NaN; infinity stays infinite, with an infinite value; a zero is +0; λ = 0 makes R zero, and
///   the proximal point the identity.
/// - Complexity: O(n).
/// - Source: Fan, Li, "Variable Selection via Nonconcave Penalized Likelihood and its Oracle Properties",
///   2001; Gong et al., "A General Iterative Shrinkage and Thresholding Algorithm", 2013.
public struct SCAD: ConcaveElementwiseRegularizer, Hashable, Codable {
    /// The derivative λ of φ up to the magnitude λ.
    public let threshold: Double
    /// The end γ of the concave part, in units of λ: φ is constant from γλ on.
    public let concavity: Double

    /// Makes the regularizer; traps unless λ is 0 or more, γ is above 2, and both are finite.
    public init(threshold: Double, concavity: Double) {
        self = trapping(try Self(checking: threshold, concavity))
    }

    /// Reads `threshold` and `concavity`; throws a `DecodingError` for one that is out of range.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self = try values.checked(Self(checking: values.decode(.threshold), values.decode(.concavity)))
    }

    private init(checking threshold: Double, _ concavity: Double) throws(ArgumentError) {
        self.threshold = try ArgumentError.nonnegative(threshold, "threshold", of: Self.self)
        guard concavity > 2 && Float(concavity) < .infinity else {
            throw ArgumentError(
                "The concavity of SCAD is above 2 and finite, not \(concavity).", at: "concavity")
        }
        self.concavity = concavity
    }

    /// γ − 1, the largest scale at which ½p² + t·φ(p) is convex.
    public var largestConvexScale: Double { concavity - 1 }

    /// φ(r).
    public func value(atMagnitude magnitude: Double) -> Double {
        if magnitude > concavity * threshold { return threshold * threshold * (concavity + 1) / 2 }
        if magnitude > threshold {
            let rise = magnitude * (2 * concavity * threshold - magnitude) - threshold * threshold
            return rise / (2 * (concavity - 1))
        }
        return threshold * magnitude
    }

    /// φ′(r).
    public func derivative(atMagnitude magnitude: Double) -> Double {
        if magnitude > concavity * threshold { return 0 }
        if magnitude > threshold { return (concavity * threshold - magnitude) / (concavity - 1) }
        return magnitude.isNaN ? .nan : threshold
    }

    /// The proximal point of a magnitude; the smaller one where two are equally good.
    public func proximalMagnitude(of magnitude: Double, scale: Double) -> Double {
        let step = scale * threshold
        let bend = concavity - 1
        if scale < bend {
            if magnitude <= threshold + step { return magnitude <= step ? 0 : magnitude - step }
            if magnitude <= concavity * threshold {
                return min(magnitude, (bend * magnitude - concavity * step) / (bend - scale))
            }
        } else if scale <= concavity + 1 {
            if magnitude <= threshold * (concavity + 1 + scale) / 2 {
                return magnitude <= step ? 0 : magnitude - step
            }
        } else if magnitude <= threshold * (scale * (concavity + 1)).squareRoot() {
            return 0
        }
        return magnitude
    }
}
