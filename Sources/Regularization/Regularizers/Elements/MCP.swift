/// The minimax concave penalty: L1 at zero, constant at large weights, which it does not shrink.
///
///     R(w) = Σ φ(|wᵢ|),  φ(r) = λr − r²/(2γ) for r ≤ γλ,  γλ²/2 for r > γλ
///
/// λ and γ are part of R; the strength s of a penalty multiplies the value and is not λ: s·MCP(λ, γ) is MCP(sλ, γ/s).
/// So a schedule of the strength is not a schedule of λ. As γ grows, MCP tends to the multiple λ of L1.
///
/// - Shape: any.
/// - Gradient: (λ − |w|/γ)₊·sign(w), 0 at 0.
/// - Proximal point: for t < γ: 0 for |w| ≤ tλ, (w − tλ·sign(w))/(1 − t/γ) for |w| ≤ γλ, else w. For t ≥ γ: 0 for |w| ≤
///   λ√(tγ), else w. Where two points are equally good, it is the one of smaller magnitude.
/// - Metric: diagonal; each element is in the case of its own scale.
/// - Composition: not convex; monotone in magnitudes, elementwise. ½w² + t·R(w) is convex for t ≤ γ.
/// - Edge cases: NaN stays NaN; infinity stays infinite, with an infinite value; a zero is +0; λ = 0 makes R zero, and
///   the proximal point the identity.
/// - Complexity: O(n).
/// - Source: Zhang, "Nearly Unbiased Variable Selection under Minimax Concave Penalty", 2010.
public struct MCP: ConcaveElementwiseRegularizer, Hashable, Codable {
    /// The derivative λ of φ at zero.
    public let threshold: Double
    /// The width γ of the concave part, in units of λ: φ is constant from γλ on.
    public let concavity: Double

    /// Makes the regularizer; traps unless λ is 0 or more, γ is positive, and both are finite.
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
        self.concavity = try ArgumentError.positive(concavity, "concavity", of: Self.self)
    }

    /// γ, the largest scale at which ½p² + t·φ(p) is convex.
    public var largestConvexScale: Double { concavity }

    /// φ(r).
    public func value(atMagnitude magnitude: Double) -> Double {
        magnitude > concavity * threshold
            ? concavity * threshold * threshold / 2 : magnitude * (threshold - magnitude / (2 * concavity))
    }

    /// φ′(r).
    public func derivative(atMagnitude magnitude: Double) -> Double {
        magnitude > concavity * threshold ? 0 : threshold - magnitude / concavity
    }

    /// The proximal point of a magnitude; the smaller one where two are equally good.
    public func proximalMagnitude(of magnitude: Double, scale: Double) -> Double {
        if scale < concavity {
            if magnitude <= scale * threshold { return 0 }
            if magnitude <= concavity * threshold {
                return min(magnitude, (magnitude - scale * threshold) / ((concavity - scale) / concavity))
            }
        } else if magnitude <= threshold * (scale * concavity).squareRoot() {
            return 0
        }
        return magnitude
    }
}
