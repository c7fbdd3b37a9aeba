/// The squared distance of the Gram matrix from the identity: rows or columns towards orthonormal.
///
///     R(W) = ‖WWᵀ − I‖²_F for m ≤ n,  ‖WᵀW − I‖²_F for m > n
///
/// over the smaller side of an m × n matrix; the other side differs by the constant |m − n| and has the same
/// gradient. Entries are squared before they are summed: the sum of signed entries that circulates is no
/// penalty, since it is negative wherever the rows cancel.
///
/// - Shape: rank 2 or more, read as a matrix.
/// - Gradient: 4(WWᵀ − I)W.
/// - Proximal point: not offered; a loss term.
/// - Composition: as a loss term with everything; not convex.
/// - Edge cases: an empty matrix has value 0; NaN propagates.
/// - Complexity: O(m·n·min(m, n)).
/// - Source: Brock et al., "Neural Photo Editing with Introspective Adversarial Networks", 2017; squared as
///   in Bansal, Chen, Wang, "Can We Gain More from Orthogonality Regularizations in Training Deep CNNs?",
///   2018, §3.1.
public struct Orthogonality: DifferentiableRegularizer, Hashable {
    /// Makes the regularizer.
    public init() {}

    /// Accepts rank 2 and more.
    public func check(_ shape: Shape) throws {
        guard shape.rank >= 2 else {
            throw ShapeError("orthogonality needs a matrix, a tensor of rank 2 or more, not \(shape)")
        }
    }

    /// The sum of squares of the entries of the smaller Gram matrix less the identity.
    public func value(at weights: Weights) -> Double {
        var sum = 0.0
        for entry in gramLessIdentity(of: weights) { sum += Double(entry) * Double(entry) }
        return sum
    }

    /// Adds scale · 4(WWᵀ − I)W, or the same by columns.
    public func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        let (rows, columns) = (weights.shape.rows, weights.shape.columns)
        var gram = gramLessIdentity(of: weights)
        for index in gram.indices { gram[index] *= 4 * scale }
        if rows <= columns {
            MatrixProduct.multiply(
                .aTimesB, rows: rows, columns: columns, inner: rows,
                gram.span, weights.elements, into: &gradient.elements, accumulating: true)
        } else {
            MatrixProduct.multiply(
                .aTimesB, rows: rows, columns: columns, inner: columns,
                weights.elements, gram.span, into: &gradient.elements, accumulating: true)
        }
    }

    private func gramLessIdentity(of weights: Weights) -> [Float] {
        let (rows, columns) = (weights.shape.rows, weights.shape.columns)
        let side = min(rows, columns)
        var gram = [Float](repeating: 0, count: side * side)
        var span = gram.mutableSpan
        MatrixProduct.multiply(
            rows <= columns ? .aTimesBTransposed : .aTransposedTimesB,
            rows: side, columns: side, inner: max(rows, columns),
            weights.elements, weights.elements, into: &span)
        for index in 0..<side { span[index * side + index] -= 1 }
        return gram
    }
}
