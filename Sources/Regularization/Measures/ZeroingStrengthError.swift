/// A reason why there is no smallest strength at which zero weights are optimal, or why it is not known.
public enum ZeroingStrengthError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A regularizer in the sum does not state its `kink`.
    case unknown(regularizer: String)
    /// The kinks of two summands, given by name, divide the tensor into different groups.
    case differentGroups(String, String)
    /// The regularizer does not accept tensors of this shape.
    case shape(Shape, reason: String)
    /// The gradient has an element that is NaN or infinite.
    case gradientNotFinite
    /// Some weights have a gradient but no penalty with a kink at zero, so that no strength makes them zero.
    case neverZero(regularizer: String)

    /// The reason and a remedy, as a sentence.
    public var description: String {
        switch self {
        case .unknown(let regularizer):
            """
            The smallest strength that makes all weights zero is not known for \(regularizer), which does not state \
            how sharp it is at zero; leave it out, or have its author state its kink, as L1 and GroupLasso do.
            """
        case .differentGroups(let one, let other):
            """
            The smallest strength that makes all weights zero is not known for \(one) with \(other), whose \
            groups differ; ask each of them by itself.
            """
        case .shape(let shape, let reason):
            """
            The regularizer does not accept a tensor of shape \(shape): \(reason). Pass the gradient of another tensor.
            """
        case .gradientNotFinite:
            "The gradient is not finite; look for values in the data that are no numbers."
        case .neverZero(let regularizer):
            """
            No strength of \(regularizer) makes all weights zero, since some have a gradient and no penalty \
            that is sharp at zero; add L1 or a GroupLasso over them.
            """
        }
    }
}
