import Regularization

extension MutableSpan<Float> {
    /// Multiplies each element by the factor at its index; traps if the counts differ.
    mutating func multiply(by factors: Span<Float>) {
        require(count == factors.count, "The elements and the factors differ in count.")
        for index in 0..<count { self[unchecked: index] *= factors[unchecked: index] }
    }
}
