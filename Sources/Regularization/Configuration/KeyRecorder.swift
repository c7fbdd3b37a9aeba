/// An encoder that keeps the keys of what it encodes, to find the keys that a configuration has beyond them.
///
/// Synthesized decoding ignores such keys in silence; worst of all a misspelled key, where the right one has a
/// default.
final class KeyRecorder: Encoder {
    let codingPath: [any CodingKey]
    let userInfo: [CodingUserInfoKey: Any]
    /// The recorders for the values of an object, by their keys.
    private var children: [String: KeyRecorder] = [:]
    /// One recorder for all elements of a list, since a set or a dictionary is written in another order than it was
    /// read in.
    private var element: KeyRecorder?
    private var count = 0
    private var isObject = false

    init(codingPath: [any CodingKey], userInfo: [CodingUserInfoKey: Any]) {
        self.codingPath = codingPath
        self.userInfo = userInfo
    }

    /// Whether the encoded value is an object without keys.
    var isEmptyObject: Bool { isObject && children.isEmpty }

    /// Throws a `DecodingError`, with suggestions, at the first key of a configuration that was not encoded.
    func refuseOtherKeys(in decoder: any Decoder) throws {
        if isObject, let container = try? decoder.container(keyedBy: NameKey.self) {
            for key in container.allKeys {
                guard let child = children[key.stringValue] else {
                    throw DecodingError.dataCorruptedError(
                        forKey: key, in: container,
                        debugDescription: children.keys.sorted().sentence(onUnknown: key.stringValue))
                }
                try child.refuseOtherKeys(in: container.superDecoder(forKey: key))
            }
        } else if let element, var container = try? decoder.unkeyedContainer() {
            while !container.isAtEnd { try element.refuseOtherKeys(in: container.superDecoder()) }
        }
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        isObject = true
        return KeyedEncodingContainer(Object(recorder: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer { List(recorder: self) }
    func singleValueContainer() -> any SingleValueEncodingContainer { Value(recorder: self) }

    private func child(_ name: String) -> KeyRecorder {
        let child =
            children[name] ?? KeyRecorder(codingPath: codingPath + [NameKey(name)], userInfo: userInfo)
        children[name] = child
        return child
    }

    private func newElement() -> KeyRecorder {
        let path = codingPath + [NameKey(intValue: count)]
        let recorder = element ?? KeyRecorder(codingPath: path, userInfo: userInfo)
        element = recorder
        count += 1
        return recorder
    }

    private struct Object<Key: CodingKey>: KeyedEncodingContainerProtocol {
        let recorder: KeyRecorder
        var codingPath: [any CodingKey] { recorder.codingPath }

        func encodeNil(forKey key: Key) { _ = recorder.child(key.stringValue) }
        func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
            try value.encode(to: recorder.child(key.stringValue))
        }
        func encodeIfPresent<Value: Encodable>(_ value: Value?, forKey key: Key) throws {
            let child = recorder.child(key.stringValue)
            if let value { try value.encode(to: child) }
        }
        func nestedContainer<NestedKey>(
            keyedBy type: NestedKey.Type, forKey key: Key
        ) -> KeyedEncodingContainer<NestedKey> { recorder.child(key.stringValue).container(keyedBy: type) }
        func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
            recorder.child(key.stringValue).unkeyedContainer()
        }
        func superEncoder() -> any Encoder { recorder.child("super") }
        func superEncoder(forKey key: Key) -> any Encoder { recorder.child(key.stringValue) }
    }

    private struct List: UnkeyedEncodingContainer {
        let recorder: KeyRecorder
        var codingPath: [any CodingKey] { recorder.codingPath }
        var count: Int { recorder.count }

        func encodeNil() { _ = recorder.newElement() }
        func encode<Value: Encodable>(_ value: Value) throws {
            // Numbers and texts have no keys: for a long list of them there is nothing to record.
            if !value.isPrimitive { try value.encode(to: recorder.newElement()) }
        }
        func nestedContainer<NestedKey>(
            keyedBy type: NestedKey.Type
        ) -> KeyedEncodingContainer<NestedKey> { recorder.newElement().container(keyedBy: type) }
        func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
            recorder.newElement().unkeyedContainer()
        }
        func superEncoder() -> any Encoder { recorder.newElement() }
    }

    private struct Value: SingleValueEncodingContainer {
        let recorder: KeyRecorder
        var codingPath: [any CodingKey] { recorder.codingPath }

        func encodeNil() {}
        func encode<Value: Encodable>(_ value: Value) throws {
            if !value.isPrimitive { try value.encode(to: recorder) }
        }
    }
}

extension Encodable {
    /// Whether the value is written as a single text or number, which has no keys.
    fileprivate var isPrimitive: Bool {
        self is String || self is Bool || self is any BinaryInteger || self is any BinaryFloatingPoint
    }
}

extension Decoder {
    /// Throws a `DecodingError` if the configuration here has a key that the value read from it does not encode.
    package func refuseKeys(notEncodedBy value: some Encodable) throws {
        let recorder = KeyRecorder(codingPath: codingPath, userInfo: userInfo)
        try value.encode(to: recorder)
        if recorder.isEmptyObject { _ = try container(keyedBy: NameKey.self) }
        try recorder.refuseOtherKeys(in: self)
    }
}
