/// The constraint of orthonormal rows, or columns where these are fewer.
///
///     R(W) = 0 if WWᵀ = I for m ≤ n,  WᵀW = I for m > n;  +∞ otherwise
///
/// - Shape: rank 2 or more, read as a matrix.
/// - Gradient: not offered; use it as a proximal step.
/// - Proximal point: the polar factor UVᵀ of W = UΣVᵀ, whatever the scale. It is unique if and only if W has full
///   rank; otherwise the missing singular vectors are completed, the same ones for the same weights.
/// - Metric: Euclidean only.
/// - Composition: squared L2 alone, which folds; not convex.
/// - Edge cases: an empty matrix has value 0; zeros become rows or columns of the identity; an entry of the Gram matrix
///   may be off by what rounding makes of a proximal point, 1e-6 + 2e-7·√max(m, n); NaN or infinity anywhere makes
///   everything NaN, but the value at an infinite element is infinite.
/// - Complexity: O(m·n·min(m, n)); the proximal point with a large constant, that of a singular value decomposition,
///   which allocates memory for about m·n + 2·min(m, n)² Doubles.
/// - Source: Higham, "Functions of Matrices", 2008, Theorem 8.4: the nearest matrix with orthonormal columns.
public struct Stiefel: ProximalRegularizer, Hashable, Codable {
    /// Makes the constraint.
    public init() {}

    /// Accepts shapes of rank 2 or more.
    public func check(_ shape: Shape) throws { try shape.checkMatrix(for: "the Stiefel constraint") }

    /// 0 if every entry of the Gram matrix is that of the identity up to rounding, else infinite.
    public func value(at weights: Weights) -> Double {
        guard weights.isFinite else { return weights.valueOfNonfinite }
        let longer = max(weights.shape.rows, weights.shape.columns)
        let tolerance = 1e-6 + 2e-7 * Float(longer).squareRoot()
        return withScratch { panel in
            var gram = GramPanels(of: weights.shape)
            var isOrthonormal = true
            while isOrthonormal, gram.computeNext(of: weights, into: &panel) {
                // An entry of the Gram matrix that is too large for a Float may be NaN.
                gram.forEachEntry(panel.span) { _, _, entry in
                    if !(abs(entry) <= tolerance) { isOrthonormal = false }
                }
            }
            return isOrthonormal ? 0 : .infinity
        }
    }

    /// Replaces every singular value by 1, which gives the polar factor.
    public func applyProx(to weights: inout MutableWeights, scale: Float) {
        guard let decomposition = SingularValueDecomposition(of: weights.readOnly) else {
            return weights.fill(with: .nan)
        }
        decomposition.write(decomposition.values.map { _ in 1 }, to: &weights)
    }
}
