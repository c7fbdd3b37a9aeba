internal import CKernels

/// Replaces each value x ≤ 0 by eˣ, within two units in the last place.
///
/// Below −87 it is 0. NaN stays NaN.
package func replaceByExponentials(_ values: inout MutableSpan<Float>) {
    values.withUnsafeMutableBufferPointer { buffer in
        if let start = buffer.baseAddress { ck_exponentials(start, buffer.count) }
    }
}

/// Replaces the elements by the sums of the columns of a contiguous matrix with as many columns.
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

/// The random factors of inverted dropout: the same for the same seed on every platform.
package struct DropoutGenerator: Sendable {
    private var state: [UInt32] = []

    /// Makes a generator that draws nothing.
    package init() {}

    /// Makes a generator from 64 random words, drawn from another generator.
    package init(using generator: inout SeededGenerator) {
        state = (0..<64).map { _ in UInt32(truncatingIfNeeded: generator.next() >> 32) }
    }

    /// Replaces the elements by factors: 0 at the rate, else 1/(1 − rate).
    package mutating func draw(rate: Float, into factors: inout MutableSpan<Float>) {
        require(!state.isEmpty, "A generator without a state draws nothing.")
        factors.withUnsafeMutableBufferPointer { factors in
            state.withUnsafeMutableBufferPointer { state in
                ck_draw_factors(state.baseAddress, factors.count, rate, factors.baseAddress)
            }
        }
    }
}
