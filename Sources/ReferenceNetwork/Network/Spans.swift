import Regularization

extension Array where Element == Float {
    /// Changes the number of elements, keeping the storage where it is large enough; new elements are 0.
    mutating func resize(to newCount: Int) {
        if newCount < count {
            removeLast(count - newCount)
        } else if newCount > count {
            append(contentsOf: repeatElement(0, count: newCount - count))
        }
    }
}

extension Array where Element == [Float] {
    /// Moves an array out and leaves an empty one, so that it can be changed while the others are read.
    mutating func take(_ index: Int) -> [Float] {
        exchange(&self[index], with: [])
    }
}

extension MutableSpan<Float> {
    /// Multiplies each element by the factor at its index; traps if the counts differ.
    mutating func multiply(by factors: Span<Float>) {
        require(count == factors.count, "The elements and the factors differ in count.")
        for index in 0..<count { self[unchecked: index] *= factors[unchecked: index] }
    }
}
