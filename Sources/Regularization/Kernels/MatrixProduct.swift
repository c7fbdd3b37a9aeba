internal import CKernels

/// The single-precision matrix products of a dense network.
///
/// Matrices are row-major. A product is summed in an order that depends on the inner dimension alone: it has the same
/// bits on every run with one instruction set, also when its rows or columns are computed in parts, on any threads.
/// On Apple's platforms Accelerate computes it, which does not promise that.
package enum MatrixProduct {
    /// The operand that is stored transposed, in a product of `rows` × `inner` by `inner` × `columns`.
    package enum Form: Sendable, CaseIterable {
        /// `a` is `rows` × `inner`, `b` is `columns` × `inner`: computes outputs from inputs.
        case aTimesBTransposed
        /// `a` is `rows` × `inner`, `b` is `inner` × `columns`: computes gradients of inputs from those of outputs.
        case aTimesB
        /// `a` is `inner` × `rows`, `b` is `inner` × `columns`: computes gradients of weights from those of outputs.
        case aTransposedTimesB
    }

    /// The distances from the start of a row to the start of the next, in elements of each matrix, for parts of
    /// larger matrices.
    package struct RowDistances: Sendable {
        package let a, b, c: Int

        package init(a: Int, b: Int, c: Int) {
            self.a = a
            self.b = b
            self.c = c
        }
    }

    /// The name of the instruction set in use: "avx512", "avx2" or "baseline".
    ///
    /// It is the best one that the processor supports, unless the environment variable `REGULARIZATION_INSTRUCTIONS`
    /// names another supported one. The variable is read once; any other content ends the process with a sentence.
    package static var instructionSet: String { String(cString: ck_instruction_set()) }

    /// Writes a product of matrices into `c`, or adds it to `c`, and finishes each part of `c` while it is in cache.
    ///
    /// To finish, each element z becomes, in this order and as far as the arguments are given,
    ///
    ///     z + bias[column]
    ///     z < 0 ? negativeSlope · z : z           without outputs: a rectifier, or nothing for slope 1
    ///     outputs > 0 ? z : negativeSlope · z     with them: the derivative of the rectifier that gave them
    ///     z · factors                             of a dropout
    ///
    /// where `outputs` and `factors` are laid out as `c`. Rows follow each other without a gap unless row distances
    /// are given; the elements between rows are neither read nor written. Traps if a count does not fit the sizes.
    ///
    /// - Edge cases: an inner dimension of zero gives zeros, which are then finished. NaN and infinity spread as in
    ///   the sum of all products, zeros included; a rectifier of slope 0 turns −∞ into 0. Unless accumulating, the
    ///   old content of `c` has no influence.
    package static func multiply(
        _ form: Form, rows: Int, columns: Int, inner: Int,
        _ a: Span<Float>, _ b: Span<Float>, into c: inout MutableSpan<Float>,
        rowDistances: RowDistances? = nil, accumulating: Bool = false,
        bias: Span<Float>? = nil, negativeSlope: Float = 1,
        outputs: Span<Float>? = nil, factors: Span<Float>? = nil
    ) {
        require(
            rows >= 0 && columns >= 0 && inner >= 0,
            "The sizes \(rows), \(columns) and \(inner) of a matrix product must not be negative.")
        let (rowsOfA, columnsOfA) = form == .aTransposedTimesB ? (inner, rows) : (rows, inner)
        let (rowsOfB, columnsOfB) = form == .aTimesBTransposed ? (columns, inner) : (inner, columns)
        requireFit(a.count, "first operand", rowsOfA, columnsOfA, rowDistances?.a)
        requireFit(b.count, "second operand", rowsOfB, columnsOfB, rowDistances?.b)
        requireFit(c.count, "product", rows, columns, rowDistances?.c)
        if let bias { requireFit(bias.count, "bias", 1, columns, nil) }
        if let outputs { requireFit(outputs.count, "matrix of outputs", rows, columns, rowDistances?.c) }
        if let factors { requireFit(factors.count, "matrix of factors", rows, columns, rowDistances?.c) }
        let distances = rowDistances ?? RowDistances(a: columnsOfA, b: columnsOfB, c: columns)
        let finishes = bias != nil || negativeSlope != 1 || outputs != nil || factors != nil
        withPointer(a) { a in
            withPointer(b) { b in
                withEpilogue(bias, negativeSlope, outputs, factors) { epilogue in
                    c.withUnsafeMutableBufferPointer { c in
                        guard let c = c.baseAddress else { return }
                        let whole = ProductPart(
                            form: form, rows: rows, columns: columns, inner: inner, a: a, b: b, c: c,
                            distances: distances, accumulating: accumulating,
                            epilogue: finishes ? epilogue : nil)
                        whole.multiplyConcurrently()
                    }
                }
            }
        }
    }

    private static func requireFit(
        _ count: Int, _ name: String, _ rows: Int, _ columns: Int, _ distance: Int?
    ) {
        guard let distance else {
            return require(
                count == rows * columns,
                "The \(name) needs \(rows) × \(columns) elements, but has \(count).")
        }
        require(distance >= columns, "Rows of \(columns) elements of the \(name) lie \(distance) apart.")
        require(
            rows == 0 || count >= (rows - 1) * distance + columns,
            "The \(name) needs \(rows) rows of \(columns) elements, \(distance) apart, but has \(count).")
    }

    private static func withEpilogue(
        _ bias: Span<Float>?, _ negativeSlope: Float, _ outputs: Span<Float>?, _ factors: Span<Float>?,
        _ body: (CKEpilogue) -> Void
    ) {
        withPointer(bias) { bias in
            withPointer(outputs) { outputs in
                withPointer(factors) { factors in
                    body(
                        CKEpilogue(
                            bias: bias, negative_slope: negativeSlope, outputs: outputs, factors: factors))
                }
            }
        }
    }

    private static func withPointer(_ span: Span<Float>?, _ body: (UnsafePointer<Float>?) -> Void) {
        guard let span else { return body(nil) }
        span.withUnsafeBufferPointer { body($0.baseAddress) }
    }
}
