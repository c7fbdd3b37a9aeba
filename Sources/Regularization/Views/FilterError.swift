/// An error of a filter that cannot be resolved for a model's parameters.
public enum FilterError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The filter, or a pattern within it, matches no parameter; with the names nearest to the pattern and all names
    /// that there are.
    case selectsNothing(filter: ParameterFilter, nearest: [String], names: [String])
    /// A name that has to exist is none of the parameters' names; with those nearest to it and all that there are.
    case noSuchName(String, nearest: [String], names: [String])
    /// The text given to `.matching` is no regular expression, or has more than the subset that `.matching` reads; with
    /// the place in it, the reason and the way out.
    case invalidRegularExpression(String, reason: String)

    /// The mistake, and the names that there are.
    public var description: String { escapingControls(sentence) }

    private var sentence: String {
        switch self {
        case .selectsNothing(let filter, let nearest, let names):
            "the filter \(filter) selects nothing.\(nearest.suggestion) The parameters are \(names.list)"
        case .noSuchName(let name, let nearest, let names):
            "there is no parameter \(quoted(name)).\(nearest.suggestion) The parameters are \(names.list)"
        case .invalidRegularExpression(let pattern, let reason):
            "\(quoted(pattern)) cannot be read as a pattern: \(reason)"
        }
    }
}

extension Layout {
    var names: [String] { tensors.map(\.name) }

    func names(nearestTo text: String) -> [String] { names.nearest(to: text) }
}

extension ParameterFilter {
    /// The names nearest to the pattern of a filter that is a single pattern; none for other filters.
    func nearestNames(in layout: Layout) -> [String] {
        switch rules.last {
        case .named(let pattern), .matching(let pattern): layout.names(nearestTo: pattern)
        default: []
        }
    }
}
