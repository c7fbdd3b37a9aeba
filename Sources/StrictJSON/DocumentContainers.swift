/// The members of an object, to be decoded by their keys.
struct DocumentObject<Key: CodingKey>: KeyedDecodingContainerProtocol {
    private let decoder: DocumentDecoder
    private let names: [String]
    private let values: [JSONValue]
    /// The index of each key, if the keys are so many that looking through all would take long.
    private var indices: [[UInt8]: Int] = [:]

    init(of decoder: DocumentDecoder) {
        self.decoder = decoder
        var (names, values): ([String], [JSONValue]) = ([], [])
        var children = decoder.value.children
        while let key = children.next(), let value = children.next() {
            names.append(key.text)
            values.append(value)
        }
        (self.names, self.values) = (names, values)
        if names.count > 16 {
            for (index, name) in names.enumerated() { indices[Array(name.utf8)] = index }
        }
    }

    var codingPath: [any CodingKey] { decoder.codingPath }
    var allKeys: [Key] { names.compactMap(Key.init(stringValue:)) }

    func contains(_ key: Key) -> Bool { index(of: key) != nil }
    func decodeNil(forKey key: Key) throws -> Bool { try child(key).decodeNil() }
    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try child(key).decode(type)
    }
    func nestedContainer<NestedKey>(
        keyedBy type: NestedKey.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<NestedKey> { try child(key).container(keyedBy: type) }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try child(key).unkeyedContainer()
    }
    func superDecoder() throws -> any Decoder {
        guard let key = Key(stringValue: "super") else { return decoder }
        return try child(key)
    }
    func superDecoder(forKey key: Key) throws -> any Decoder { try child(key) }

    private func child(_ key: Key) throws -> DocumentDecoder {
        guard let index = index(of: key) else {
            throw DecodingError.keyNotFound(
                key, DecodingError.Context(codingPath: codingPath, debugDescription: "The key is missing."))
        }
        return decoder.child(values[index], key)
    }

    private func index(of key: Key) -> Int? {
        // By scalars: strings that only look the same are equal, too.
        let name = key.stringValue.utf8
        return indices.isEmpty ? names.firstIndex { $0.utf8.elementsEqual(name) } : indices[Array(name)]
    }
}

/// The values of a list, to be decoded one after the other.
struct DocumentList: UnkeyedDecodingContainer {
    private let decoder: DocumentDecoder
    private var children: JSONValue.Children
    private(set) var currentIndex = 0

    init(of decoder: DocumentDecoder) {
        self.decoder = decoder
        children = decoder.value.children
    }

    var codingPath: [any CodingKey] { decoder.codingPath }
    var count: Int? { nil }
    var isAtEnd: Bool { children.isAtEnd }

    mutating func decodeNil() throws -> Bool {
        guard children.upcoming?.kind == .null else { return false }
        return try withNext { $0.decodeNil() }
    }
    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try withNext { try $0.decode(type) }
    }
    mutating func nestedContainer<NestedKey>(
        keyedBy type: NestedKey.Type
    ) throws -> KeyedDecodingContainer<NestedKey> { try withNext { try $0.container(keyedBy: type) } }
    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try withNext { try $0.unkeyedContainer() }
    }
    mutating func superDecoder() throws -> any Decoder { try withNext { $0 } }

    /// The result of a function of the next value, which is left behind unless the function throws.
    private mutating func withNext<Result>(_ read: (DocumentDecoder) throws -> Result) throws -> Result {
        guard let value = children.upcoming else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: codingPath, debugDescription: "A further value is missing in this list."))
        }
        let result = try read(decoder.child(value, ListKey(intValue: currentIndex)))
        _ = children.next()
        currentIndex += 1
        return result
    }
}

/// A coding key for an index in a list.
private struct ListKey: CodingKey {
    let intValue: Int?
    let stringValue: String

    init(intValue: Int) { (self.intValue, stringValue) = (intValue, "") }
    init?(stringValue: String) { nil }
}
