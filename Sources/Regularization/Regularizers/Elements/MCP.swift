/// The minimax concave penalty: L1 at zero, constant at large weights, which it does not shrink.
///
///     R(w) = Σ φ(|wᵢ|),  φ(r) = λr − r²/(2γ) for r ≤ γλ,  γλ²/2 for r > γλ
///
/// λ and γ are part of R; the strength s of a penalty multiplies the value and is no λ: s·MCP(λ, γ) is
/// MCP(sλ, γ/s). So a schedule of the strength is not a schedule of λ. It tends to L1 times λ as γ grows.
///
/// - Shape: any.
/// - Gradient: (λ − |w|/γ)₊·sign(w), 0 at 0.
/// - Proximal point: for t < γ: 0 for |w| ≤ tλ, (w − tλ·sign(w))/(1 − t/γ) for |w| ≤ γλ, else w. For t ≥ γ: 0
///   for |w| ≤ λ√(tγ), else w. Where two points are equally good it is the smaller one.
/// - Metric: diagonal; each element is in the case of its own scale.
/// - Composition: not convex; monotone in magnitudes, elementwise. ½w² + t·R(w) is convex for t ≤ γ.
/// - Edge cases: NaN stays NaN; infinity stays infinite, with a finite value; a zero is +0; λ = 0 is the
///   identity.
/// - Complexity: O(n).
/// - Source: Zhang, "Nearly Unbiased Variable Selection under Minimax Concave Penalty", 2010.
public struct MCP: DifferentiableElementwiseRegularizer, ProximalElementwiseRegularizer, Hashable {
    private let function: MinimaxConcave

    /// Makes the regularizer; traps unless λ is 0 or more, γ is positive, and both are finite.
    public init(threshold: Double, concavity: Double) {
        function = MinimaxConcave(threshold: threshold, concavity: concavity)
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

extension MCP: Codable {
    /// Reads `threshold` and `concavity`; throws a `DecodingError` for one that is out of range.
    public init(from decoder: any Decoder) throws {
        function = try MinimaxConcave(from: decoder)
    }

    /// Writes what `init(from:)` reads.
    public func encode(to encoder: any Encoder) throws { try function.encode(to: encoder) }
}
