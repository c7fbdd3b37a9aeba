/// Half the square of small weights and the absolute value of large ones: L1 without its kink.
///
///     R(w) = Σ φ(wᵢ),  φ(w) = ½w² for |w| ≤ δ,  δ(|w| − δ/2) for |w| > δ
///
/// It is PyTorch's `HuberLoss` of the weights. PyTorch's `SmoothL1Loss` with β is `Huber(delta: β)` divided
/// by β.
///
/// - Shape: any.
/// - Gradient: w, limited to the interval from −δ to δ.
/// - Proximal point: w/(1 + t) for |w| ≤ δ(1 + t), else w − tδ·sign(w).
/// - Metric: diagonal.
/// - Composition: convex, monotone in magnitudes, elementwise.
/// - Edge cases: NaN stays NaN; infinity stays infinite; no weight becomes exactly zero.
/// - Complexity: O(n).
/// - Source: Huber, "Robust Estimation of a Location Parameter", 1964; Beck, "First-Order Methods in
///   Optimization", 2017, example 6.66.
public struct Huber: DifferentiableElementwiseRegularizer, ProximalElementwiseRegularizer, Hashable, Codable {
    /// The magnitude δ at which the square ends.
    public let delta: Double

    /// Makes the regularizer; traps unless δ is positive and finite.
    public init(delta: Double) { self = trapping(try Self(checking: delta)) }

    /// Reads `delta`; throws a `DecodingError` if it is out of range.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self = try values.checked(Self(checking: values.decode(.delta)))
    }

    private init(checking delta: Double) throws(ArgumentError) {
        self.delta = try ArgumentError.positive(delta, "delta", of: Self.self)
    }

    /// Convex and monotone in magnitudes.
    public var properties: CompositionProperties { [.convex, .monotoneInMagnitudes] }

    /// Flat: R is half a square around zero.
    public var kink: Kink { .flat }

    /// ½w² or δ(|w| − δ/2).
    public func value(at weight: Float) -> Double {
        let size = Double(abs(weight))
        return size <= delta ? size * size / 2 : delta * (size - delta / 2)
    }

    /// w, limited to the interval from −δ to δ.
    public func derivative(at weight: Float) -> Float {
        let weight = Double(weight)
        return Float(weight > delta ? delta : weight < -delta ? -delta : weight)
    }

    /// w/(1 + t) or w − tδ·sign(w).
    public func proximalPoint(of weight: Float, scale: Float) -> Float {
        let scale = Double(scale)
        return weight.withMagnitude { size in
            size <= delta * (1 + scale) ? size / (1 + scale) : size - scale * delta
        }
    }
}
