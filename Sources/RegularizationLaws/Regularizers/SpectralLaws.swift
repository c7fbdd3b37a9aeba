import Regularization

extension RegularizerExamination {
    /// Checks that rotating rows or columns leaves the value unchanged, and that the value of a diagonal matrix is the
    /// stated function of its diagonal.
    ///
    /// Both together make the value that function of the singular values: rotations turn any matrix into a diagonal
    /// one, with the singular values in any order and with any signs.
    mutating func checkSingularValues() {
        guard let spectral = subject.regularizer as? any SpectralRegularizer else { return }
        checkRotations()
        let shape = subject.shape
        let count = min(shape.rows, shape.columns)
        // Few different numbers, since which singular values count as zero beside the largest is a matter of rounding.
        let sizes = (0..<count).map { Float($0 == 0 ? 4 : generator.next() % 4) * 0.25 }
        let diagonal = sizes.map { generator.next() % 2 == 0 ? $0 * magnitude : -$0 * magnitude }
        var matrix = weights.map { _ in Float(0) }
        for (index, number) in diagonal.enumerated() { matrix[index * shape.columns + index] = number }
        let vector = diagonal.shuffled(using: &generator)
        let function = Subject(spectral.ofSingularValues, [count])
        requireEqual(
            subject.value(at: matrix), function.value(at: vector),
            " at \(matrix), \(spectral.ofSingularValues.name) of \(vector)")
    }

    /// Checks that rotating two neighboring rows or columns, by the angle with cosine 0.6 and sine 0.8, leaves the
    /// value unchanged.
    private mutating func checkRotations() {
        let weights = feasible(weights)
        let value = subject.value(at: weights)
        for lines in [elementsOf(.rows), elementsOf(.columns)] {
            for (one, other) in zip(lines, lines.dropFirst()) {
                var rotated = weights
                for (first, second) in zip(one, other) { rotated.rotate(first, second) }
                let found = subject.value(at: rotated)
                // Rotating in Float can move a point out of a constraint's set by rounding.
                let size = weights.largestMagnitude
                if value.isFinite, found == .infinity, isFeasibleButForRounding(rotated, size) { continue }
                requireEqual(found, value, " at \(rotated)")
            }
        }
    }
}
