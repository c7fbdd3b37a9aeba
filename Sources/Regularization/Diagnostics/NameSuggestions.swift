// What messages say of a name that is none of those there are.

extension [String] {
    /// The names as a question, with a space before it; empty if there are none.
    var suggestion: String { isEmpty ? "" : " Did you mean \(joined(separator: " or "))?" }

    /// The names, or that there are none.
    var list: String { isEmpty ? "none" : joined(separator: ", ") }

    /// That a name is none of these, with those that come nearest.
    func sentence(onUnknown name: String) -> String {
        isEmpty
            ? "There is no \"\(name)\" here, nor anything else."
            : "There is no \"\(name)\" here.\(nearest(to: name).suggestion) The names here are \(list)."
    }

    /// Those within a third of their length of edits from a text, nearest first, two at most.
    func nearest(to text: String) -> [String] {
        let distances = map { (name: $0, distance: editDistance(text, $0)) }
        let near = distances.filter { $0.distance <= Swift.max(2, $0.name.count / 3) }
        return near.sorted { $0.distance < $1.distance }.prefix(2).map(\.name)
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
