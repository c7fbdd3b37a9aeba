import Regularization

extension Array where Element == Float {
    /// Changes the count, keeping the storage where it is large enough.
    mutating func resize(to newCount: Int) {
        if newCount < count {
            removeLast(count - newCount)
        } else if newCount > count {
            append(contentsOf: repeatElement(0, count: newCount - count))
        }
    }
}

extension Array where Element == [Float] {
    /// Moves an element out, so that it can be changed while its siblings are read.
    mutating func take(_ index: Int) -> [Float] {
        exchange(&self[index], with: [])
    }
}

extension MutableSpan<Float> {
    /// Replaces every row by the same row.
    mutating func fillRows(with row: Span<Float>) {
        var start = 0
        while start < count {
            for column in 0..<row.count { self[unchecked: start &+ column] = row[unchecked: column] }
            start += row.count
        }
    }

    /// Replaces the elements by the sums of the columns of a matrix with as many columns.
    mutating func sumRows(of matrix: Span<Float>) {
        for column in 0..<count { self[column] = 0 }
        var start = 0
        while start < matrix.count {
            for column in 0..<count { self[unchecked: column] += matrix[unchecked: start &+ column] }
            start += count
        }
    }

    /// Multiplies each element by its factor.
    mutating func multiply(by factors: Span<Float>) {
        require(count == factors.count, "The elements and the factors differ in count.")
        for index in 0..<count { self[unchecked: index] *= factors[unchecked: index] }
    }

    /// Draws the factors of inverted dropout: 0 at the rate, else 1/(1 − rate).
    mutating func drawDropout(rate: Float, using generator: inout SeededGenerator) {
        let kept = 1 / (1 - rate)
        for index in 0..<count {
            self[unchecked: index] = generator.nextUnitFloat() < rate ? 0 : kept
        }
    }
}
