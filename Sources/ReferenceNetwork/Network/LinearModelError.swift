/// An error of `smallestZeroingStrength(of:on:)`: a network or samples for which no such strength exists.
public enum LinearModelError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The network has hidden layers, with these numbers of units.
    case hiddenLayers([Int])
    /// There are no samples to compute a gradient from, or all of them weigh 0.
    case noSamples

    /// What is in the way, why, and what to do, in sentences.
    public var description: String {
        switch self {
        case .hiddenLayers(let widths):
            """
            The network has hidden layers of \(widths) units. At zero weights all its gradients vanish, so \
            zero is stationary at every strength, and no smallest one follows from them. Ask a network with \
            hidden: [], or choose a strength by the loss on a validation part.
            """
        case .noSamples:
            "There are no samples that weigh more than 0 to compute a gradient from; pass the training part."
        }
    }
}
