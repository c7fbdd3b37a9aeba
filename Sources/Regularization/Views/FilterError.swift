/// A filter that cannot be resolved for a model's parameters.
public enum FilterError: Error, Sendable, Hashable, CustomStringConvertible {
    /// No parameter passes the filter; with the names that come nearest and all that there are.
    case selectsNothing(filter: ParameterFilter, nearest: [String], names: [String])
    /// A name given exactly is none of the parameters.
    case noSuchName(String, nearest: [String], names: [String])
    /// The text given to `.matching` is no regular expression.
    case invalidRegularExpression(String, reason: String)

    /// What is wrong and which names there are.
    public var description: String {
        switch self {
        case .selectsNothing(let filter, let nearest, let names):
            "the filter \(filter) selects nothing.\(nearest.suggestion) The parameters are \(names.list)"
        case .noSuchName(let name, let nearest, let names):
            "there is no parameter \"\(name)\".\(nearest.suggestion) The parameters are \(names.list)"
        case .invalidRegularExpression(let pattern, let reason):
            "\"\(pattern)\" is no regular expression: \(reason)"
        }
    }
}

extension Layout {
    var names: [String] { tensors.map(\.name) }

    func names(nearestTo text: String) -> [String] { names.nearest(to: text) }
}

extension ParameterFilter {
    /// The names nearest to what was asked for, where a single pattern was.
    func nearestNames(in layout: Layout) -> [String] {
        switch rule {
        case .named(let pattern), .matching(let pattern): layout.names(nearestTo: pattern)
        default: []
        }
    }
}
