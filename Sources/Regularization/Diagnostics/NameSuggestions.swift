// Parts of messages about a name that is not among the known ones.

extension [String] {
    /// The names as a question that begins with a space, as " Did you mean L1 or L2?"; empty if there are no names.
    package var suggestion: String { isEmpty ? "" : " Did you mean \(joined(separator: " or "))?" }

    /// The names, separated by commas; "none" if there are none.
    var list: String { isEmpty ? "none" : joined(separator: ", ") }

    /// A sentence that says that a name is not among these, suggests the nearest ones, and lists all.
    func sentence(onUnknown name: String) -> String {
        isEmpty
            ? "There is no \(name.inQuotes) here, nor anything else."
            : "There is no \(name.inQuotes) here.\(nearest(to: name).suggestion) The names here are \(list)."
    }

    /// The names that are nearest to a text, nearest first, two at most.
    ///
    /// A name is near if its edit distance is at most a third of its length, or at most 2 if that is more.
    package func nearest(to text: String) -> [String] {
        let count = text.count
        let near = compactMap { name in
            let limit = Swift.max(2, name.count / 3)
            // The distance is at least the difference in length; a text of any length costs no time.
            if abs(name.count - count) > limit { return nil as (name: String, distance: Int)? }
            let distance = editDistance(text, name)
            return distance <= limit ? (name, distance) : nil
        }
        return near.sorted { $0.distance < $1.distance }.prefix(2).map(\.name)
    }
}

extension String {
    /// The text in quotes, with an ellipsis in place of what is beyond 60 characters.
    var inQuotes: String {
        let start = prefix(60)
        return start.endIndex == endIndex ? "\"\(self)\"" : "\"\(start)…\""
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
