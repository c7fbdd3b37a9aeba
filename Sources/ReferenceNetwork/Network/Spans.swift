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

    /// Multiplies each element by its factor.
    mutating func multiply(by factors: Span<Float>) {
        require(count == factors.count, "The elements and the factors differ in count.")
        for index in 0..<count { self[unchecked: index] *= factors[unchecked: index] }
    }
}
