import Regularization

extension RegularizerExamination {
    /// Rotating rows or columns leaves the value unchanged, and on a diagonal it is the stated function.
    ///
    /// Both together make it that function of the singular values: by rotations a matrix becomes a diagonal one, with the
    /// singular values in any order and with any signs.
    mutating func checkSingularValues() {
        guard let spectral = subject.regularizer as? any SpectralRegularizer else { return }
        checkRotations()
        let shape = subject.shape
        let count = min(shape.rows, shape.columns)
        // Of few sizes: what counts as zero beside the largest is a matter of rounding.
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

    private mutating func checkRotations() {
        let weights = possible(weights)
        let value = subject.value(at: weights)
        for lines in [elementsOf(.rows), elementsOf(.columns)] {
            for (one, other) in zip(lines, lines.dropFirst()) {
                var rotated = weights
                for (first, second) in zip(one, other) {
                    let (a, b) = (weights[first], weights[second])
                    (rotated[first], rotated[second]) = (0.6 * a - 0.8 * b, 0.8 * a + 0.6 * b)
                }
                let found = subject.value(at: rotated)
                // A constraint that is met up to rounding may not be met any more.
                let size = weights.largestMagnitude
                if value.isFinite, found == .infinity, isPossibleButForRounding(rotated, size) { continue }
                requireEqual(found, value, " at \(rotated)")
            }
        }
    }
}
