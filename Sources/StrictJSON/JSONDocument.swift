/// A JSON text (RFC 8259) that was read strictly, as a flat list of its values in the order of the text.
///
///     let document = try JSONDocument(bytes, levels: 64)
///
/// Strict means: UTF-8 without a byte order mark, one value and nothing after it, no comments, no comma before a
/// closing bracket, no key twice in an object, no number that is too large for `Double`. Keys are compared by their
/// Unicode scalars after escapes are resolved: `"\u0073"` and `"s"` are one key, but é as one scalar and é as two are
/// two keys.
///
/// - Complexity: O(bytes) in time and memory, whatever the text; the stack does not grow with the text.
package struct JSONDocument: Sendable {
    /// The text.
    let bytes: [UInt8]
    /// The values in the order of the text, of which the first one is the whole.
    ///
    /// Those of a list or an object follow it, a key before its value.
    let nodes: [JSONNode]

    /// Reads a text in which lists and objects are nested at most so many levels deep.
    ///
    /// - Throws: `JSONError` for the first thing that is wrong in the text, with its place.
    package init(_ bytes: [UInt8], levels: Int) throws(JSONError) {
        var reader = JSONReader(bytes, levels: levels)
        try reader.read()
        self.bytes = bytes
        nodes = reader.nodes
    }

    /// The value that the text consists of.
    package var root: JSONValue { JSONValue(document: self, index: 0) }
}

/// A value, or a key, in a text.
struct JSONNode: Sendable {
    let kind: JSONValue.Kind
    /// Whether a text has escapes.
    let hasEscapes: Bool
    // In 32 bits, since a text of numbers has more bytes of nodes than of digits.
    private let start32: UInt32
    private var end32: UInt32
    private var next32: UInt32

    init(kind: JSONValue.Kind, start: Int, end: Int, next: Int, hasEscapes: Bool = false) {
        (self.kind, self.hasEscapes) = (kind, hasEscapes)
        (start32, end32, next32) = (UInt32(start), UInt32(end), UInt32(next))
    }

    /// The first byte of the value in the text; of a text, that after the quote.
    var start: Int { Int(start32) }
    /// The byte after the value in the text; of a text, its closing quote.
    var end: Int {
        get { Int(end32) }
        set { end32 = UInt32(newValue) }
    }
    /// The index of the first value that does not belong to this one.
    var next: Int {
        get { Int(next32) }
        set { next32 = UInt32(newValue) }
    }

    /// The UTF-8 of a text with its escapes resolved, or of another value as it is written.
    func content(in bytes: [UInt8]) -> ArraySlice<UInt8> {
        hasEscapes ? resolvingEscapes(in: bytes[start..<end])[...] : bytes[start..<end]
    }
}

/// A value in a document.
package struct JSONValue: Sendable {
    /// The kinds of values; a text is called string in JSON, a list array.
    package enum Kind: Sendable {
        case object, list, text, number, bool, null
    }

    let document: JSONDocument
    let index: Int

    private var node: JSONNode { document.nodes[index] }

    /// The kind of the value.
    package var kind: Kind { node.kind }

    /// The place where the value begins.
    package var position: JSONPosition {
        JSONPosition(of: node.kind == .text ? node.start - 1 : node.start, in: document.bytes)
    }

    /// A text without its quotes and with its escapes resolved; any other value as it is written.
    package var text: String { String(decoding: node.content(in: document.bytes), as: UTF8.self) }

    /// The values of a list, or the keys and values of an object in turn; none for another value.
    package var children: Children { Children(document: document, index: index + 1, end: node.next) }

    /// A walk over the values of a list or an object.
    package struct Children: Sequence, IteratorProtocol, Sendable {
        let document: JSONDocument
        var index: Int
        let end: Int

        /// Whether there is no further value.
        package var isAtEnd: Bool { index == end }

        /// The next value, which the walk does not leave behind; nil at the end.
        package var upcoming: JSONValue? { isAtEnd ? nil : JSONValue(document: document, index: index) }

        /// The next value; nil at the end.
        package mutating func next() -> JSONValue? {
            guard let value = upcoming else { return nil }
            index = document.nodes[index].next
            return value
        }
    }

    /// The value at the end of a path from here, or as far on the path as there are values.
    package func value(along path: [JSONStep]) -> JSONValue {
        var value = self
        for step in path {
            guard let next = value.value(at: step) else { return value }
            value = next
        }
        return value
    }

    private func value(at step: JSONStep) -> JSONValue? {
        var children = children
        switch step {
        case .index(let index):
            return kind == .list && index >= 0 ? children.dropFirst(index).first { _ in true } : nil
        case .key(let name):
            guard kind == .object else { return nil }
            while let key = children.next(), let value = children.next() {
                if key.text.utf8.elementsEqual(name.utf8) { return value }
            }
            return nil
        }
    }
}
