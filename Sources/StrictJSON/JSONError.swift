/// What is wrong in a JSON text, and where.
package struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The line and column.
    package let position: JSONPosition
    /// The keys and indices that lead to the place; empty for the whole text.
    package let path: [JSONStep]
    /// A sentence that says what is wrong and what to do.
    package let reason: String

    package init(position: JSONPosition, path: [JSONStep], reason: String) {
        (self.position, self.path, self.reason) = (position, path, reason)
    }

    /// The position, the path and the reason, separated by colons.
    package var description: String {
        ["\(position)", path.isEmpty ? nil : path.place, reason].compactMap(\.self).joined(separator: ": ")
    }
}

/// A place in a text by its line and its column, which is counted in Unicode scalars; both count from 1.
package struct JSONPosition: Sendable, Hashable, CustomStringConvertible {
    /// The line.
    package let line: Int
    /// The column.
    package let column: Int

    /// Finds the position of a byte.
    init(of offset: Int, in bytes: [UInt8]) {
        var (line, column) = (1, 1)
        for byte in bytes[..<offset] {
            if byte == UInt8(ascii: "\n") {
                (line, column) = (line + 1, 1)
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        (self.line, self.column) = (line, column)
    }

    /// The position in words, as `line 3, column 17`.
    package var description: String { "line \(line), column \(column)" }
}

/// A key or a list index, from 0, on the path to a place in a JSON text.
package enum JSONStep: Sendable, Hashable {
    case key(String)
    case index(Int)
}

extension [JSONStep] {
    /// The path as text: `key.key[index]`, with keys that contain a point as `["key"]`.
    package var place: String {
        reduce(into: "") { place, step in
            switch step {
            case .index(let index): place += "[\(index)]"
            case .key(let key) where key.contains("."): place += "[\"\(key.shortened)\"]"
            case .key(let key): place += place.isEmpty ? key.shortened : ".\(key.shortened)"
            }
        }
    }
}

extension String {
    /// The text, with an ellipsis in place of what is beyond 60 scalars, for messages.
    package var shortened: String {
        let scalars = unicodeScalars
        guard let end = scalars.index(scalars.startIndex, offsetBy: 60, limitedBy: scalars.endIndex),
            end < scalars.endIndex
        else { return self }
        return String(scalars[..<end]) + "…"
    }
}
