/// The walk through a JSON text that finds its values, or what is wrong.
///
/// Lists and objects that are not closed yet are kept in a list, not in nested calls, so that no text overflows the
/// stack.
struct JSONReader {
    let bytes: [UInt8]
    private let levels: Int
    /// The byte that is read next.
    var offset = 0
    /// The values so far.
    private(set) var nodes: [JSONNode] = []
    private var open: [Container] = []

    /// A list or an object that is not closed yet.
    private struct Container {
        let node: Int
        let isObject: Bool
        /// The number of its values that have begun.
        var count = 0
        /// The index of its last key.
        var key = 0

        var closing: UInt8 { UInt8(ascii: isObject ? "}" : "]") }
        var name: String { isObject ? "object" : "list" }
    }

    init(_ bytes: [UInt8], levels: Int) {
        self.bytes = bytes
        self.levels = levels
    }

    /// The byte that is read next; nil at the end.
    var byte: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    mutating func read() throws(JSONError) {
        if let encoding = otherEncoding { throw error(encoding) }
        if bytes.count >= Int(UInt32.max) { throw error("The text has 4 GiB or more; make several of it.") }
        skipSpace()
        if byte == nil { throw error("The text is empty; JSON is a value, such as a list [ ].") }
        repeat {
            skipSpace()
            if try !beginValue() { try endValue() }
        } while !open.isEmpty
        skipSpace()
        if byte != nil {
            throw error(
                "Nothing may follow the value; leave this out, or put several values into a list [ ].")
        }
    }

    /// The reason why the text is in no encoding that is read; nil unless that is seen from its first bytes.
    private var otherEncoding: String? {
        let advice = "save it as UTF-8 without a byte order mark"
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return "The text has a byte order mark; \(advice)." }
        let isWide = bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE])
        return isWide || bytes.prefix(4).contains(0) ? "The text is UTF-16 or UTF-32; \(advice)." : nil
    }

    private mutating func skipSpace() {
        while let byte, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
    }

    /// Reads a value, or up to the first value of a list or an object; returns whether the latter is due.
    private mutating func beginValue() throws(JSONError) -> Bool {
        if let container = open.indices.last { open[container].count += 1 }
        // At the end there is no byte, and no value begins with a zero byte either.
        switch byte ?? 0 {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            return try openContainer(isObject: byte == UInt8(ascii: "{"))
        case UInt8(ascii: "\""):
            try readText()
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            let start = offset
            try skipNumber()
            append(.number, from: start)
        default:
            let start = offset
            append(try skipWord(), from: start)
        }
        return false
    }

    private mutating func append(_ kind: JSONValue.Kind, from start: Int) {
        nodes.append(JSONNode(kind: kind, start: start, end: offset, next: nodes.count + 1))
    }

    /// Reads a text, a value or a key.
    private mutating func readText() throws(JSONError) {
        let start = offset + 1
        let hasEscapes = try skipText()
        nodes.append(
            JSONNode(
                kind: .text, start: start, end: offset - 1, next: nodes.count + 1, hasEscapes: hasEscapes))
    }

    private mutating func openContainer(isObject: Bool) throws(JSONError) -> Bool {
        if open.count == levels {
            throw error(
                "Lists and objects are nested at most \(levels) levels deep; this one is deeper, so write it flat."
            )
        }
        let container = Container(node: nodes.count, isObject: isObject)
        append(isObject ? .object : .list, from: offset)
        offset += 1
        open.append(container)
        skipSpace()
        if byte == container.closing {
            close()
            return false
        }
        if isObject { try readKey() }
        return true
    }

    private mutating func readKey() throws(JSONError) {
        guard byte == UInt8(ascii: "\"") else {
            if byte == nil { throw unclosed() }
            throw error("A key in double quotes is expected here, as in {\"key\": 1}, not \(word).")
        }
        let key = nodes.count
        try readText()
        // Not before it has been read: an error within it names the value before.
        open[open.count - 1].key = key
        skipSpace()
        guard byte == UInt8(ascii: ":") else {
            throw error(
                "A colon is missing between the key \"\(text(nodes[nodes.count - 1]).shortened)\" and its value."
            )
        }
        offset += 1
    }

    /// Reads what is between a value and the next one: closing brackets, and a comma with the next key.
    private mutating func endValue() throws(JSONError) {
        while let container = open.last {
            skipSpace()
            if byte == container.closing {
                if container.isObject { try refuseRepeatedKey(in: container.node) }
                close()
                continue
            }
            guard byte == UInt8(ascii: ",") else { throw missingComma(in: container) }
            let comma = offset
            offset += 1
            skipSpace()
            if byte == container.closing {
                offset = comma
                throw error(
                    "The last value of \(container.name == "list" ? "a list" : "an object") has no comma after it."
                )
            }
            return container.isObject ? try readKey() : ()
        }
    }

    private mutating func close() {
        offset += 1
        let container = open.removeLast()
        nodes[container.node].end = offset
        nodes[container.node].next = nodes.count
    }
}

// What is wrong.
extension JSONReader {
    /// An error at a byte, by default the one that is read next.
    func error(_ reason: String, at offset: Int? = nil) -> JSONError {
        let path = open.filter { $0.count > 0 }.map { container in
            container.isObject
                ? JSONStep.key(text(nodes[container.key])) : JSONStep.index(container.count - 1)
        }
        return JSONError(
            position: JSONPosition(of: offset ?? self.offset, in: bytes), path: path, reason: reason)
    }

    /// The text that ends too early.
    func unclosed() -> JSONError {
        guard let container = open.last else { return error("The text ends where a value is expected.") }
        let start = JSONPosition(of: nodes[container.node].start, in: bytes)
        let bracket = container.isObject ? "}" : "]"
        return error(
            "The text ends within the \(container.name) of \(start); its closing \(bracket) is missing.")
    }

    private func missingComma(in container: Container) -> JSONError {
        switch byte {
        case nil: return unclosed()
        case UInt8(ascii: "]"), UInt8(ascii: "}"):
            let start = JSONPosition(of: nodes[container.node].start, in: bytes)
            let bracket = container.isObject ? "}" : "]"
            return error("The \(container.name) of \(start) is closed by \(bracket), not by \(word).")
        case UInt8(ascii: "/"), UInt8(ascii: "#"): return error("JSON has no comments; leave them out.")
        case UInt8(ascii: ":") where !container.isObject:
            return error("A list has no keys; an object with keys is in braces { }.")
        default:
            return error(
                "A comma is missing before \(word), or a closing \(container.isObject ? "}" : "]").")
        }
    }

    private func text(_ node: JSONNode) -> String { String(decoding: node.content(in: bytes), as: UTF8.self) }

    /// Throws if a key of a whole object is there twice.
    ///
    /// Comparing all pairs of a few keys, as most objects have, is faster than hashing them.
    private func refuseRepeatedKey(in object: Int) throws(JSONError) {
        var known: Set<Key> = []
        var (key, count) = (object + 1, 0)
        while key < nodes.count {
            if count < 8 {
                if firstKey(equalTo: key, in: object) < key { throw repeated(key, in: object) }
            } else {
                if count == 8 { known = Set(keys(of: object, before: key)) }
                if !known.insert(Key(nodes[key], in: bytes)).inserted { throw repeated(key, in: object) }
            }
            key = nodes[key + 1].next
            count += 1
        }
    }

    /// The index of the first key of an object that is equal to a key of it.
    private func firstKey(equalTo key: Int, in object: Int) -> Int {
        let hasEscapes = nodes[key].hasEscapes
        let length = nodes[key].end - nodes[key].start
        var other = object + 1
        while other < key {
            let isPlain = !hasEscapes && !nodes[other].hasEscapes
            if !isPlain || nodes[other].end - nodes[other].start == length,
                nodes[other].content(in: bytes) == nodes[key].content(in: bytes)
            {
                return other
            }
            other = nodes[other + 1].next
        }
        return key
    }

    private func keys(of object: Int, before end: Int) -> [Key] {
        var keys: [Key] = []
        var key = object + 1
        while key < end {
            keys.append(Key(nodes[key], in: bytes))
            key = nodes[key + 1].next
        }
        return keys
    }

    private func repeated(_ index: Int, in object: Int) -> JSONError {
        let first = firstKey(equalTo: index, in: object)
        let name = text(nodes[index]).shortened
        let position = JSONPosition(of: nodes[first].start - 1, in: bytes)
        let path = error("").path.dropLast() + [.key(text(nodes[index]))]
        return JSONError(
            position: JSONPosition(of: nodes[index].start - 1, in: bytes), path: Array(path),
            reason: "\"\(name)\" is given twice, first at \(position); leave one of them out.")
    }

    /// A key by its UTF-8, with escapes resolved.
    private struct Key: Hashable {
        let bytes: ArraySlice<UInt8>

        init(_ node: JSONNode, in bytes: [UInt8]) { self.bytes = node.content(in: bytes) }

        /// Hashes eight bytes at a time, which is several times as fast as one by one.
        func hash(into hasher: inout Hasher) {
            var (word, count) = (UInt64(0), 0)
            for byte in bytes {
                word = word << 8 | UInt64(byte)
                count += 1
                if count.isMultiple(of: 8) { hasher.combine(word) }
            }
            hasher.combine(word)
            hasher.combine(count)
        }
    }
}
