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
            "the filter \(filter) selects nothing.\(Self.suggestion(nearest)) The parameters are \(Self.list(names))"
        case .noSuchName(let name, let nearest, let names):
            "there is no parameter \"\(name)\".\(Self.suggestion(nearest)) The parameters are \(Self.list(names))"
        case .invalidRegularExpression(let pattern, let reason):
            "\"\(pattern)\" is no regular expression: \(reason)"
        }
    }

    static func suggestion(_ nearest: [String]) -> String {
        nearest.isEmpty ? "" : " Did you mean \(nearest.joined(separator: " or "))?"
    }

    static func list(_ names: [String]) -> String {
        names.isEmpty ? "none" : names.joined(separator: ", ")
    }
}

extension Layout {
    var names: [String] { tensors.map(\.name) }

    func names(nearestTo text: String) -> [String] { names.nearest(to: text) }
}

extension [String] {
    /// Those within a third of their length of edits from a text, nearest first, two at most.
    func nearest(to text: String) -> [String] {
        let distances = map { (name: $0, distance: editDistance(text, $0)) }
        let near = distances.filter { $0.distance <= Swift.max(2, $0.name.count / 3) }
        return near.sorted { $0.distance < $1.distance }.prefix(2).map(\.name)
    }
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

/// The number of insertions, deletions and replacements of a character that lead from one text to another.
package func editDistance(_ a: String, _ b: String) -> Int {
    let b = Array(b)
    var row = Array(0...b.count)
    for (i, character) in a.enumerated() {
        var diagonal = row[0]
        row[0] = i + 1
        for j in b.indices {
            let replaced = diagonal + (character == b[j] ? 0 : 1)
            diagonal = row[j + 1]
            row[j + 1] = min(replaced, diagonal + 1, row[j] + 1)
        }
    }
    return row[b.count]
}
