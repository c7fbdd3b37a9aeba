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

/// The random factors of inverted dropout: a function of where they are drawn, the same on every platform.
package struct DropoutFactors: Sendable {
    private let key: UInt64
    private let rate: Float

    /// Those of a layer in a step under a seed.
    package init(rate: Float, seed: UInt64, step: Int, layer: Int) {
        self.rate = rate
        key = SeededGenerator.number(layer, seed: SeededGenerator.number(step, seed: seed))
    }

    /// Replaces the elements, samples × units, by factors: 0 at the rate, else 1/(1 − rate).
    ///
    /// Each is decided by the seed, step, layer, the sample's number and the unit's alone: any rows of a
    /// batch are the same as in the whole, given the number of the first.
    package func write(into factors: inout MutableSpan<Float>, units: Int, firstSample: Int) {
        if factors.count == 0 { return }
        require(
            units > 0 && factors.count.isMultiple(of: units),
            "\(factors.count) factors are no whole number of rows of \(units).")
        let dropout = CKDropout(
            key: key, first_row: UInt64(truncatingIfNeeded: firstSample), rate: rate)
        factors.withUnsafeMutableBufferPointer { factors in
            ck_draw_factors(dropout, factors.count / units, units, factors.baseAddress)
        }
    }
}
