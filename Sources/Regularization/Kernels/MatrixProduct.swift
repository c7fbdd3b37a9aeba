internal import CKernels

/// The single-precision matrix products of a dense network.
///
/// Matrices are row-major and contiguous. A product is summed in an order that depends on the inner
/// dimension alone: it has the same bits on every run with one instruction set, and when its rows or columns are
/// computed in pieces, on any threads.
package enum MatrixProduct {
    /// Which operand is stored transposed, for a product of `rows` × `inner` by `inner` × `columns`.
    package enum Form: Sendable, CaseIterable {
        /// `a` is `rows` × `inner`, `b` is `columns` × `inner`: from inputs to outputs.
        case aTimesBTransposed
        /// `a` is `rows` × `inner`, `b` is `inner` × `columns`: from output to input gradients.
        case aTimesB
        /// `a` is `inner` × `rows`, `b` is `inner` × `columns`: from output gradients to weight gradients.
        case aTransposedTimesB
    }

    /// The name of the instruction set in use: "avx512", "avx2" or "baseline".
    ///
    /// The best that the processor supports. The environment variable `REGULARIZATION_INSTRUCTIONS`, read
    /// once, selects another.
    package static var instructionSet: String { String(cString: ck_instruction_set()) }

    /// Writes a product of matrices into `c`, or adds it to `c`.
    ///
    /// - Edge cases: an inner dimension of zero gives zeros. NaN and infinity spread as in the sum of all
    ///   products, zeros included. Unless accumulating, the old content of `c` has no influence.
    package static func multiply(
        _ form: Form, rows: Int, columns: Int, inner: Int,
        _ a: Span<Float>, _ b: Span<Float>, into c: inout MutableSpan<Float>,
        accumulating: Bool = false
    ) {
        require(
            rows >= 0 && columns >= 0 && inner >= 0,
            "The sizes \(rows), \(columns) and \(inner) of a matrix product must not be negative.")
        require(
            a.count == rows * inner,
            "The first operand needs \(rows) × \(inner) elements, but has \(a.count).")
        require(
            b.count == columns * inner,
            "The second operand needs \(columns) × \(inner) elements, but has \(b.count).")
        require(
            c.count == rows * columns,
            "The product needs \(rows) × \(columns) elements, but has space for \(c.count).")
        let rowOfA = form == .aTransposedTimesB ? rows : inner
        let rowOfB = form == .aTimesBTransposed ? inner : columns
        a.withUnsafeBufferPointer { a in
            b.withUnsafeBufferPointer { b in
                c.withUnsafeMutableBufferPointer { c in
                    ck_matrix_product(
                        form.kernel, rows, columns, inner,
                        a.baseAddress, rowOfA, b.baseAddress, rowOfB, c.baseAddress, columns,
                        accumulating)
                }
            }
        }
    }
}

extension MatrixProduct.Form {
    fileprivate var kernel: CKProductForm {
        switch self {
        case .aTimesBTransposed: CKProductABt
        case .aTimesB: CKProductAB
        case .aTransposedTimesB: CKProductAtB
        }
    }
}
