/// The squared distance of the Gram matrix from the identity, which draws rows or columns toward orthonormal ones.
///
///     R(W) = ‖WWᵀ − I‖²_F for m ≤ n,  ‖WᵀW − I‖²_F for m > n
///
/// The Gram matrix is that of the smaller side of an m × n matrix; with the other side R differs by the constant |m −
/// n| and has the same gradient. Entries are squared before they are summed: the sum of signed entries that circulates
/// is no penalty, since it is negative wherever the rows cancel.
///
/// - Shape: rank 2 or more, read as a matrix.
/// - Gradient: 4(WWᵀ − I)W.
/// - Proximal point: each singular value σ becomes the s ≥ 0 that minimizes ½(s − σ)² + t(s² − 1)², which lies between
///   σ and 1; for large t the point tends to a polar factor. Where W has not full rank and 4t > 1, the point is one of
///   many, the same one for the same weights.
/// - Metric: Euclidean only.
/// - Composition: as a loss term with everything; as a proximal step with squared L2 alone; not convex.
/// - Edge cases: an empty matrix has value 0; NaN propagates, in a proximal point to all elements; an infinite element
///   makes the whole proximal point NaN.
/// - Complexity: O(m·n·min(m, n)), without memory on the heap; the proximal point with a large constant, that of a
///   singular value decomposition, which allocates memory for about m·n + 2·min(m, n)² Doubles.
/// - Source: Brock et al., "Neural Photo Editing with Introspective Adversarial Networks", 2017; squared as
///   in Bansal, Chen, Wang, "Can We Gain More from Orthogonality Regularizations in Training Deep CNNs?",
///   2018, §3.1. The proximal point by von Neumann's trace inequality: Parikh, Boyd, "Proximal Algorithms", 2013,
///   §6.7.
public struct Orthogonality: DifferentiableRegularizer, Hashable, Codable {
    /// Makes the regularizer.
    public init() {}

    /// Accepts shapes of rank 2 or more.
    public func check(_ shape: Shape) throws { try shape.checkMatrix(for: "orthogonality") }

    /// The sum of squares of the entries of the smaller Gram matrix less the identity.
    public func value(at weights: Weights) -> Double {
        withScratch { panel in
            var gram = GramPanels(of: weights.shape)
            var sum = 0.0
            while gram.computeNext(of: weights, into: &panel) { sum += gram.scale(&panel, by: 1) }
            return overflowed(sum, at: weights)
        }
    }

    /// The sum, or infinity in place of a NaN that is the difference of two entries of the Gram matrix that overflowed.
    private func overflowed(_ sum: Double, at weights: Weights) -> Double {
        sum.isNaN && weights.isFinite ? .infinity : sum
    }

    /// Adds scale · 4(WWᵀ − I)W, or scale · 4W(WᵀW − I) where columns are fewer.
    public func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        _ = valueAddingGradient(at: weights, scale: scale, to: &gradient)
    }

    /// Adds the gradient and returns the value, from one computation of the Gram matrix.
    public func valueAddingGradient(
        at weights: Weights, scale: Float, to gradient: inout MutableWeights
    ) -> Double {
        withScratch { panel in
            var gram = GramPanels(of: weights.shape)
            var sum = 0.0
            while gram.computeNext(of: weights, into: &panel) {
                sum += gram.scale(&panel, by: 4 * scale)
                gram.addProducts(panel.span, with: weights, to: &gradient)
            }
            return overflowed(sum, at: weights)
        }
    }
}
