/// An error of a view that cannot be resolved among some parameters.
public enum ViewError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A filter that selects nothing, names a parameter that does not exist, or is malformed.
    case filter(FilterError)
    /// Tensors that do not fit together, with the reason as a clause.
    case mismatch(String)

    /// The mistake, and where possible what would fit.
    public var description: String {
        switch self {
        case .filter(let error): "\(error)"
        case .mismatch(let reason): reason
        }
    }
}
