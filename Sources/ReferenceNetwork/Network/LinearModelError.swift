/// A network or samples for which the smallest strength that makes all weights zero means nothing.
public enum LinearModelError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The network has hidden layers.
    case hiddenLayers([Int])
    /// There are no samples.
    case noSamples

    /// What is in the way, and why.
    public var description: String {
        switch self {
        case .hiddenLayers(let widths):
            """
            The network has hidden layers of \(widths) units. At zero weights all its gradients vanish, so \
            zero is stationary at every strength, and no smallest one follows from them.
            """
        case .noSamples: "There are no samples to compute a gradient from."
        }
    }
}
