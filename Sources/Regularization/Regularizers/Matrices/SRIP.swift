/// The spectral norm of the Gram matrix less the identity, which draws the singular values toward 1, the farthest one
/// first.
///
///     R(W) = ‖WWᵀ − I‖₂ for m ≤ n,  ‖WᵀW − I‖₂ for m > n
///
/// The Gram matrix is that of the smaller side of an m × n matrix; the name stands for spectral restricted isometry
/// property. The larger Gram matrix of a matrix that is not square is singular, so its norm would be at least 1
/// whatever W is.
///
/// - Shape: rank 2 or more, read as a matrix.
/// - Gradient: 2·sign(μ)·vvᵀW, or 2·sign(μ)·Wvvᵀ, where μ is the eigenvalue that is largest in magnitude and v its
///   eigenvector; 0 where the rows or columns are orthonormal. Where μ is repeated, or −μ is one too, a subgradient of
///   one of them.
/// - Proximal point: not offered; use it as a loss term.
/// - Composition: as a loss term with everything; not convex.
/// - Edge cases: an empty matrix has value 0; NaN anywhere makes everything NaN; an infinite element makes the value
///   infinite and the gradient NaN.
/// - Complexity: products with W and Wᵀ, O(m·n) each, some fifty to a hundred for most weights; allocates memory for
///   about 50·min(m, n) Doubles. The same weights always give the same bits on one instruction set.
/// - Source: Bansal, Chen, Wang, "Can We Gain More from Orthogonality Regularizations in Training Deep CNNs?", 2018,
///   §3.4; the code in circulation squares the norm and takes few power iterations.
public struct SRIP: DifferentiableRegularizer, Hashable, Codable {
    /// Makes the regularizer.
    public init() {}

    /// Accepts shapes of rank 2 or more.
    public func check(_ shape: Shape) throws { try shape.checkMatrix(for: "SRIP") }

    /// The largest magnitude of an eigenvalue of the smaller Gram matrix less the identity; 0 for an empty matrix.
    public func value(at weights: Weights) -> Double {
        abs(GramEigenpair(of: weights, shift: 1).value)
    }

    /// Adds scale · 2·sign(μ)·vvᵀW, or scale · 2·sign(μ)·Wvvᵀ where columns are fewer.
    public func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        _ = valueAddingGradient(at: weights, scale: scale, to: &gradient)
    }

    /// Adds the gradient and returns the value, from one computation of the eigenpair.
    public func valueAddingGradient(
        at weights: Weights, scale: Float, to gradient: inout MutableWeights
    ) -> Double {
        let pair = GramEigenpair(of: weights, shift: 1)
        let factor = 2 * Double(scale)
        if pair.value != 0 {
            pair.addProduct(with: weights, times: pair.value < 0 ? -factor : factor, to: &gradient)
        }
        return abs(pair.value)
    }
}
