/// Why there is no smallest strength at which zero weights are optimal, or why it is not known.
public enum ZeroingStrengthError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A part of the regularizer is none of `L1`, `WeightedL1`, `GroupLasso` and `SquaredL2`.
    case unknown(part: String)
    /// Two group lassos divide the tensor differently.
    case differentGroups(String, String)
    /// The regularizer is not defined for the tensor.
    case shape(Shape, reason: String)
    /// The gradient has an element that is NaN or infinite.
    case gradientNotFinite
    /// Some weights have a gradient and no penalty with a kink at zero, so that no strength makes them zero.
    case neverZero(regularizer: String)

    /// What is in the way, and what to do.
    public var description: String {
        switch self {
        case .unknown(let part):
            """
            The smallest strength that makes all weights zero is known for sums of L1, WeightedL1, \
            GroupLasso and SquaredL2, not for \(part).
            """
        case .differentGroups(let one, let other):
            """
            The smallest strength that makes all weights zero is not known for \(one) with \(other), whose \
            groups differ.
            """
        case .shape(let shape, let reason):
            "The regularizer does not accept a tensor of shape \(shape): \(reason)."
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
