internal import CKernels

/// The random factors of inverted dropout for one layer in one step, the same on every platform.
package struct DropoutFactors: Sendable {
    private let key: UInt64
    private let rate: Float

    /// Makes the factors of a layer in a step under a seed; `rate`, in [0, 1), is the probability of the factor 0.
    package init(rate: Float, seed: UInt64, step: Int, layer: Int) {
        self.rate = rate
        key = SeededGenerator.number(layer, seed: SeededGenerator.number(step, seed: seed))
    }

    /// Writes the factors of a matrix of samples × units: 0 with the probability `rate`, else 1/(1 − rate).
    ///
    /// Each factor depends on the seed, the step, the layer, the number of the sample and that of the unit alone, so
    /// that some rows of a batch have the same factors as in the whole, given the number of their first sample. Traps
    /// if the factors are no whole number of rows.
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
