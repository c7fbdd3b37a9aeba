/// The largest singular value, which bounds how far a layer can stretch its input.
///
///     R(W) = σ₁(W)
///
/// - Shape: rank 2 or more, read as a matrix.
/// - Gradient: u₁v₁ᵀ, 0 at W = 0; where σ₁ is repeated, that of one of its pairs of singular vectors.
/// - Proximal point: min(σᵢ, θ) for each singular value, with Σ(σᵢ − θ)₊ = t; 0 where Σσᵢ ≤ t.
/// - Metric: Euclidean only.
/// - Composition: convex, positively homogeneous, a function of the singular values: before a function of the whole
///   tensor's norm, beside `NuclearNorm`, and after `RankBall`.
/// - Edge cases: an empty matrix has value 0; NaN anywhere makes everything NaN; an infinite element makes the value
///   infinite, and gradient and proximal point NaN.
/// - Complexity: value and gradient by products with W and Wᵀ, O(m·n) each, which allocate memory for about
///   50·min(m, n) Doubles; the proximal point O(m·n·min(m, n)), by a singular value decomposition, which allocates
///   memory for about m·n + 2·min(m, n)² Doubles.
/// - Source: Yoshida, Miyato, "Spectral Norm Regularization for Improving the Generalizability of Deep Learning", 2017,
///   who square it and halve it; the proximal point by Parikh, Boyd, "Proximal Algorithms", 2013, §6.5 and §6.7.
public struct SpectralNorm: DifferentiableRegularizer, ProximalRegularizer, Hashable, Codable {
    /// Makes the regularizer.
    public init() {}

    /// Convex and positively homogeneous.
    public var properties: CompositionProperties { [.convex, .positivelyHomogeneous] }

    /// Accepts shapes of rank 2 or more.
    public func check(_ shape: Shape) throws { try shape.checkMatrix(for: "the spectral norm") }

    /// σ₁, the largest singular value.
    public func value(at weights: Weights) -> Double {
        root(of: GramEigenpair(of: weights, shift: 0))
    }

    /// Adds scale · u₁v₁ᵀ, the product of the first left and right singular vectors.
    public func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        _ = valueAddingGradient(at: weights, scale: scale, to: &gradient)
    }

    /// Adds the gradient and returns the value, from one computation of the singular vectors.
    public func valueAddingGradient(
        at weights: Weights, scale: Float, to gradient: inout MutableWeights
    ) -> Double {
        let pair = GramEigenpair(of: weights, shift: 0)
        let value = root(of: pair)
        if value != 0 { pair.addProduct(with: weights, times: Double(scale) / value, to: &gradient) }
        return value
    }

    /// Limits the singular values to the bound θ for which they lose the scale in total; to 0 if their sum is not
    /// larger.
    public func applyProx(to weights: inout MutableWeights, scale: Float) {
        if scale == 0 { return }
        guard let decomposition = SingularValueDecomposition(of: weights.readOnly) else {
            return weights.fill(with: .nan)
        }
        let values = decomposition.values
        var (sum, bound) = (-Double(scale), 0.0)
        for (index, value) in values.enumerated() {
            sum += value
            bound = sum / Double(index + 1)
            if index + 1 < values.count, bound >= values[index + 1] { break }
        }
        decomposition.write(bound > 0 ? values.map { min($0, bound) } : [], to: &weights)
    }

    /// The square root of the eigenvalue σ₁²; 0 where rounding made it negative.
    private func root(of pair: GramEigenpair) -> Double { pair.value <= 0 ? 0 : pair.value.squareRoot() }
}

extension SpectralNorm: SpectralRegularizer {
    /// `GroupLInfinity(.whole)`, since the spectral norm is the largest magnitude of the singular values.
    public var ofSingularValues: any Regularizer { GroupLInfinity(.whole) }
}
