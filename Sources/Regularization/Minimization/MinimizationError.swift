/// A reason why a minimization cannot begin.
public enum MinimizationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The loss at the start is NaN or infinite.
    case lossNotFinite(Double)
    /// The gradient at the start has an element that is NaN or infinite.
    case gradientNotFinite

    /// The reason and a remedy, as a sentence.
    public var description: String {
        switch self {
        case .lossNotFinite(let loss):
            """
            The loss at the start is \(loss): start from smaller weights, scale the features, or look for \
            values in the data that are no numbers.
            """
        case .gradientNotFinite:
            """
            The gradient at the start is not finite although the loss is: start from smaller weights, or \
            look for a mistake in the gradient.
            """
        }
    }
}
