// Parts of messages about a name that is not among the known ones.

extension [String] {
    /// The names as a question that begins with a space, as " Did you mean L1 or L2?"; empty if there are no names.
    var suggestion: String { isEmpty ? "" : " Did you mean \(joined(separator: " or "))?" }

    /// The names, separated by commas; "none" if there are none.
    var list: String { isEmpty ? "none" : joined(separator: ", ") }

    /// A sentence that says that a name is not among these, suggests the nearest ones, and lists all.
    func sentence(onUnknown name: String) -> String {
        isEmpty
            ? "There is no \"\(name)\" here, nor anything else."
            : "There is no \"\(name)\" here.\(nearest(to: name).suggestion) The names here are \(list)."
    }

    /// The names that are nearest to a text, nearest first, two at most.
    ///
    /// A name is near if its edit distance is at most a third of its length, or at most 2 if that is more.
    func nearest(to text: String) -> [String] {
        let distances = map { (name: $0, distance: editDistance(text, $0)) }
        let near = distances.filter { $0.distance <= Swift.max(2, $0.name.count / 3) }
        return near.sorted { $0.distance < $1.distance }.prefix(2).map(\.name)
    }
}

/// The smallest number of insertions, deletions and replacements of characters that turn one text into another.
///
/// - Complexity: the product of the two lengths in time, one of them in memory.
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
