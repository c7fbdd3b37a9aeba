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
    /// Multiplies each element by its factor.
    mutating func multiply(by factors: Span<Float>) {
        require(count == factors.count, "The elements and the factors differ in count.")
        for index in 0..<count { self[unchecked: index] *= factors[unchecked: index] }
    }
}
