internal import CKernels

/// Replaces each value x ≤ 0 by eˣ, within two units in the last place.
///
/// Values below −87 become 0, and NaN stays NaN. Values above 0 are not allowed.
package func replaceByExponentials(_ values: inout MutableSpan<Float>) {
    values.withUnsafeMutableBufferPointer { buffer in
        if let start = buffer.baseAddress { ck_exponentials(start, buffer.count) }
    }
}

/// Writes the sums of the columns of a contiguous matrix, which has as many columns as `sums` has elements.
///
/// Traps if the matrix has no whole number of rows.
package func sumColumns(of matrix: Span<Float>, into sums: inout MutableSpan<Float>) {
    require(
        sums.count == 0 || matrix.count.isMultiple(of: sums.count),
        "\(matrix.count) elements are no whole number of rows of \(sums.count).")
    sums.withUnsafeMutableBufferPointer { sums in
        matrix.withUnsafeBufferPointer { matrix in
            let rows = sums.isEmpty ? 0 : matrix.count / sums.count
            ck_column_sums(rows, sums.count, matrix.baseAddress, sums.baseAddress)
        }
    }
}
