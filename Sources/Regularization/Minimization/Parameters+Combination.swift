extension Parameters {
    /// Sets the weights to start − factor · gradients.
    mutating func set(
        to start: borrowing Parameters, minus factor: Float, times gradients: borrowing Gradients
    ) {
        let (starts, gradients) = (start.elements, gradients.elements)
        var elements = mutableElements
        for index in 0..<elements.count { elements[index] = starts[index] - factor * gradients[index] }
    }

    /// Sets the weights to point + share · (point − other), exactly to the point at share 0.
    mutating func set(
        to point: borrowing Parameters, plus share: Float, timesMoveFrom other: borrowing Parameters
    ) {
        let (points, others) = (point.elements, other.elements)
        var elements = mutableElements
        for index in 0..<elements.count {
            elements[index] = points[index] + share * (points[index] - others[index])
        }
    }

    /// Whether all weights are equal to those of other parameters.
    func isEqual(to other: borrowing Parameters) -> Bool {
        let (mine, others) = (elements, other.elements)
        for index in 0..<mine.count where mine[index] != others[index] { return false }
        return true
    }
}
