/// The sum of the singular values, which lowers a matrix's rank as a proximal step.
///
///     R(W) = Σ σᵢ(W)
///
/// - Shape: rank 2 or more, read as a matrix.
/// - Gradient: UVᵀ over the singular values above ε·max(m, n)·σ₁, with Float's ε; the subgradient 0 for the others.
/// - Proximal point: U S(Σ, t) Vᵀ, the soft threshold of the singular values; exactly 0 where t ≥ σ₁.
/// - Metric: Euclidean only.
/// - Composition: convex, positively homogeneous, a function of the singular values: before a function of the whole
///   tensor's norm, and beside `SpectralNorm` and `RankBall`.
/// - Edge cases: an empty matrix has value 0; NaN anywhere makes everything NaN; an infinite element makes the value
///   infinite, and gradient and proximal point NaN.
/// - Complexity: O(m·n·min(m, n)) with a large constant, that of a singular value decomposition, which allocates
///   memory for about m·n + 2·min(m, n)² Doubles.
/// - Source: Cai, Candès, Shen, "A Singular Value Thresholding Algorithm for Matrix Completion", 2010, Theorem 2.1.
public struct NuclearNorm: DifferentiableRegularizer, ProximalRegularizer, Hashable, Codable {
    /// Makes the regularizer.
    public init() {}

    /// Convex and positively homogeneous.
    public var properties: CompositionProperties { [.convex, .positivelyHomogeneous] }

    /// Accepts shapes of rank 2 or more.
    public func check(_ shape: Shape) throws { try shape.checkMatrix(for: "the nuclear norm") }

    /// Σ σᵢ, the sum of the singular values.
    public func value(at weights: Weights) -> Double {
        SingularValueDecomposition(of: weights, valuesOnly: true)?.values.reduce(0, +)
            ?? weights.valueOfNonfinite
    }

    /// Adds scale · UVᵀ over the singular values that are not zero up to rounding.
    public func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        _ = valueAddingGradient(at: weights, scale: scale, to: &gradient)
    }

    /// Adds the gradient and returns the value, from one singular value decomposition.
    public func valueAddingGradient(
        at weights: Weights, scale: Float, to gradient: inout MutableWeights
    ) -> Double {
        guard let decomposition = SingularValueDecomposition(of: weights) else {
            gradient.fill(with: .nan)
            return weights.valueOfNonfinite
        }
        let values = decomposition.values
        let longer = max(weights.shape.rows, weights.shape.columns)
        let threshold = Double(Float.ulpOfOne) * Double(longer) * (values.first ?? 0)
        decomposition.add(values.map { $0 <= threshold ? 0 : Double(scale) }, to: &gradient)
        return values.reduce(0, +)
    }

    /// Moves every singular value toward 0 by the scale, to exactly 0 if it is not larger than the scale.
    public func applyProx(to weights: inout MutableWeights, scale: Float) {
        weights.mapSingularValues(unless: scale == 0) { $0 <= Double(scale) ? 0 : $0 - Double(scale) }
    }
}

extension NuclearNorm: SpectralRegularizer {
    /// `L1`, since the nuclear norm is the sum of the singular values.
    public var ofSingularValues: any Regularizer { L1() }
}
