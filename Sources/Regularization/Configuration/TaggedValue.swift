/// The number of levels that lists and objects in a configuration are nested at most.
///
/// What is nested is read, written and released by functions that call themselves; so deep they fit into the 512 KiB of
/// stack that a thread has.
package let deepestLevel = 32

/// One of several alternatives as configurations write it: a name alone, or an object whose only key is the name.
///
///     "rows"          {"blocks": {"rows": 2, "columns": 3}}
///
/// The value of the only key holds the details. Groups, filters, schedules and regularizers are all written in this
/// form.
struct TaggedValue {
    /// The name of the alternative.
    let name: String
    /// The decoder of the details; if only the name is given, that of an object without keys.
    let details: any Decoder

    init(from decoder: any Decoder) throws {
        if decoder.codingPath.count > deepestLevel { throw decoder.corrupted(Self.depthError) }
        if let name = try? decoder.singleValueContainer().decode(String.self) {
            self.name = name
            details = NoDetails(codingPath: decoder.codingPath, userInfo: decoder.userInfo)
            return
        }
        let isNumberOrList =
            (try? decoder.unkeyedContainer()) != nil
            || (try? decoder.singleValueContainer().decode(Double.self)) != nil
        guard !isNumberOrList, let container = try? decoder.container(keyedBy: NameKey.self),
            let key = container.allKeys.first, container.allKeys.count == 1
        else {
            throw decoder.corrupted("A name is expected here, or an object whose only key is the name.")
        }
        name = key.stringValue
        details = try container.superDecoder(forKey: key)
    }

    private static let depthError =
        "Lists and objects are nested at most \(deepestLevel) levels deep; this is deeper."

    /// The value that the details describe; throws if they have a key that the value does not encode.
    func read<Value: Codable>(_ type: Value.Type = Value.self) throws -> Value {
        let value = try details.namingMisspelledKey { try Value(from: details) }
        // A name alone has no keys.
        if !(details is NoDetails) { try details.refuseKeys(notEncodedBy: value) }
        return value
    }

    /// The given value, for an alternative without details; throws if details are given.
    func withoutDetails<Value>(_ value: Value) throws -> Value {
        if details is NoDetails { return value }
        throw details.corrupted("\"\(name)\" has no details; write the name alone.")
    }

    /// The error for a name that is none of the alternatives, with suggestions.
    func unknown(among names: [String]) -> DecodingError {
        details.corrupted(names.sentence(onUnknown: name))
    }

    /// Writes an object with the name as its only key; the name alone if the details have no keys.
    static func write(_ name: String, _ details: some Encodable, to encoder: any Encoder) throws {
        // A tagged value checks its keys itself when it is read, so that a recorder need not see them.
        if encoder is KeyRecorder { return }
        if encoder.codingPath.count > deepestLevel { throw encoder.invalid(name, depthError) }
        let recorder = KeyRecorder(
            codingPath: encoder.codingPath + [NameKey(name)], userInfo: encoder.userInfo)
        // Details that cannot be encoded throw below, with their place.
        try? details.encode(to: recorder)
        if recorder.isEmptyObject { return try write(name, to: encoder) }
        var container = encoder.container(keyedBy: NameKey.self)
        try container.encode(details, forKey: NameKey(name))
    }

    /// Writes a name alone.
    static func write(_ name: String, to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(name)
    }
}

/// A coding key made of any name, or of an index in a list.
struct NameKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(_ name: String) { (stringValue, intValue) = (name, nil) }
    init(stringValue: String) { self.init(stringValue) }
    init(intValue: Int) { (stringValue, self.intValue) = ("\(intValue)", intValue) }
}

extension Decoder {
    /// An error with a sentence, at this place of the configuration.
    func corrupted(_ sentence: String) -> DecodingError {
        .dataCorrupted(DecodingError.Context(codingPath: codingPath, debugDescription: sentence))
    }
}

extension Encoder {
    /// An error with a sentence, at this place of the configuration.
    func invalid(_ value: Any, _ sentence: String) -> EncodingError {
        .invalidValue(value, EncodingError.Context(codingPath: codingPath, debugDescription: sentence))
    }
}

extension Decoder {
    /// The value that a function reads here; if a key is missing, the error names the given key that resembles it.
    func namingMisspelledKey<Value>(_ read: () throws -> Value) throws -> Value {
        do {
            return try read()
        } catch DecodingError.keyNotFound(let key, let context)
            where context.codingPath.count == codingPath.count
        {
            let given = (try? container(keyedBy: NameKey.self))?.allKeys.map(\.stringValue) ?? []
            guard let near = given.nearest(to: key.stringValue).first else {
                throw DecodingError.keyNotFound(key, context)
            }
            throw corrupted("\"\(key.stringValue)\" is missing; is \"\(near)\" a misspelling?")
        }
    }
}

extension KeyedDecodingContainer {
    /// The value of a key, with its type inferred.
    func decode<Value: Decodable>(_ key: Key) throws -> Value { try decode(Value.self, forKey: key) }

    /// The value of a key, or a default if the key is missing; a null is no value.
    func decode<Value: Decodable>(_ key: Key, default value: Value) throws -> Value {
        contains(key) ? try decode(key) : value
    }
}

/// A case of an enumeration, read by its name; the error for an unknown name lists all cases.
struct CaseName<Value: RawRepresentable & CaseIterable>: Decodable where Value.RawValue == String {
    let value: Value

    init(from decoder: any Decoder) throws {
        let tagged = try TaggedValue(from: decoder)
        guard let value = Value(rawValue: tagged.name) else {
            throw tagged.unknown(among: Value.allCases.map(\.rawValue))
        }
        self.value = try tagged.withoutDetails(value)
    }
}

/// The decoder of an object without keys: the details where only a name is given.
private struct NoDetails: Decoder {
    let codingPath: [any CodingKey]
    let userInfo: [CodingUserInfoKey: Any]

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(Container(decoder: self))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw missing }
    func singleValueContainer() throws -> any SingleValueDecodingContainer { throw missing }

    private var missing: DecodingError {
        corrupted("Details are missing: in place of the name, an object is expected whose only key it is.")
    }

    private struct Container<Key: CodingKey>: KeyedDecodingContainerProtocol {
        let decoder: NoDetails
        var codingPath: [any CodingKey] { decoder.codingPath }
        var allKeys: [Key] { [] }

        func contains(_ key: Key) -> Bool { false }
        func decodeNil(forKey key: Key) throws -> Bool { throw missing(key) }
        func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
            throw missing(key)
        }
        func nestedContainer<NestedKey>(
            keyedBy type: NestedKey.Type, forKey key: Key
        ) throws -> KeyedDecodingContainer<NestedKey> { throw missing(key) }
        func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
            throw missing(key)
        }
        func superDecoder() throws -> any Decoder { decoder }
        func superDecoder(forKey key: Key) throws -> any Decoder { throw missing(key) }

        private func missing(_ key: Key) -> DecodingError {
            .keyNotFound(
                key,
                DecodingError.Context(codingPath: codingPath, debugDescription: "Only the name is given."))
        }
    }
}
