import Foundation

extension JSONDocument {
    /// The value that the text consists of, decoded as a type.
    ///
    /// Dates, data and addresses are read as Foundation's encoder writes them unless it is told otherwise.
    ///
    /// - Throws: `JSONError` for the first value that does not fit, with its place.
    /// - Complexity: O(bytes), if the type takes no more.
    package func decode<Value: Decodable>(
        _ type: Value.Type, userInfo: [CodingUserInfoKey: Any] = [:]
    ) throws(JSONError) -> Value {
        do {
            return try DocumentDecoder(value: root, codingPath: [], userInfo: userInfo).decode(type)
        } catch {
            let failure = CodingFailure(error)
            let value = root.value(along: failure.path)
            throw JSONError(position: value.position, path: failure.path, reason: failure.reason(at: value))
        }
    }
}

/// Decodes the values of a JSON text that was read strictly, as Foundation's decoder does unless it is told otherwise.
///
/// Unlike that one it knows the place of whatever is wrong, numbers that do not fit their type included.
struct DocumentDecoder: Decoder {
    let value: JSONValue
    let codingPath: [any CodingKey]
    let userInfo: [CodingUserInfoKey: Any]

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard value.kind == .object else { throw mismatch([String: Any].self) }
        return KeyedDecodingContainer(DocumentObject<Key>(of: self))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard value.kind == .list else { throw mismatch([Any].self) }
        return DocumentList(of: self)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { self }

    /// The decoder of a value in this one.
    func child(_ value: JSONValue, _ key: any CodingKey) -> DocumentDecoder {
        DocumentDecoder(value: value, codingPath: codingPath + [key], userInfo: userInfo)
    }

    /// The error for a value of another kind than the type that was asked for.
    private func mismatch(_ type: any Any.Type) -> DecodingError {
        let context = DecodingError.Context(
            codingPath: codingPath, debugDescription: "Another kind of value.")
        return value.kind == .null ? .valueNotFound(type, context) : .typeMismatch(type, context)
    }

    private func corrupted(_ sentence: String) -> DecodingError {
        .dataCorrupted(DecodingError.Context(codingPath: codingPath, debugDescription: sentence))
    }
}

extension DocumentDecoder: SingleValueDecodingContainer {
    func decodeNil() -> Bool { value.kind == .null }

    func decode(_ type: Bool.Type) throws -> Bool {
        guard value.kind == .bool else { throw mismatch(type) }
        return value.text == "true"
    }

    func decode(_ type: String.Type) throws -> String {
        guard value.kind == .text else { throw mismatch(type) }
        return value.text
    }

    func decode(_ type: Double.Type) throws -> Double { try decodeFloatingPoint(type) }
    func decode(_ type: Float.Type) throws -> Float { try decodeFloatingPoint(type) }
    func decode(_ type: Int.Type) throws -> Int { try decodeInteger(type) }
    func decode(_ type: Int8.Type) throws -> Int8 { try decodeInteger(type) }
    func decode(_ type: Int16.Type) throws -> Int16 { try decodeInteger(type) }
    func decode(_ type: Int32.Type) throws -> Int32 { try decodeInteger(type) }
    func decode(_ type: Int64.Type) throws -> Int64 { try decodeInteger(type) }
    func decode(_ type: UInt.Type) throws -> UInt { try decodeInteger(type) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try decodeInteger(type) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try decodeInteger(type) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try decodeInteger(type) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try decodeInteger(type) }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        // The types that Foundation's encoder does not write as they encode themselves. The numbers and texts of long
        // lists are decoded without a container of their own.
        let decoded: Any
        switch type {
        case is Float.Type: decoded = try decode(Float.self)
        case is Double.Type: decoded = try decode(Double.self)
        case is Int.Type: decoded = try decode(Int.self)
        case is String.Type: decoded = try decode(String.self)
        case is URL.Type:
            guard let url = try URL(string: decode(String.self)) else {
                throw corrupted("An address is expected here.")
            }
            decoded = url
        case is Data.Type:
            guard let data = try Data(base64Encoded: decode(String.self)) else {
                throw corrupted("Data are expected here as a text in Base64.")
            }
            decoded = data
        case is Decimal.Type:
            guard value.kind == .number, let number = Decimal(string: value.text) else {
                throw mismatch(Decimal.self)
            }
            decoded = number
        default: return try Value(from: self)
        }
        guard let result = decoded as? Value else { throw mismatch(type) }
        return result
    }

    private func decodeFloatingPoint<Number: BinaryFloatingPoint & LosslessStringConvertible>(
        _ type: Number.Type
    ) throws -> Number {
        guard value.kind == .number else { throw mismatch(type) }
        let text = value.text
        guard let number = Number(text), number.isFinite else {
            let largest = type == Float.self ? "3.4e38" : "1.8e308"
            throw corrupted("\(text.shortened) is too large for \(type), which holds up to about \(largest).")
        }
        return number
    }

    private func decodeInteger<Number: FixedWidthInteger>(_ type: Number.Type) throws -> Number {
        guard value.kind == .number else { throw mismatch(type) }
        let text = value.text
        if let number = Number(text) { return number }
        // 3.0 and 3e0 are whole numbers, too. Beyond 2^53 and below the least Double the digits are not those of the
        // text.
        let isZero = !text.prefix { $0 != "e" && $0 != "E" }.contains { ("1"..."9").contains($0) }
        let double = Double(text).flatMap { abs($0) >= 0x1p53 || $0 == 0 && !isZero ? nil : $0 }
        if let number = double.flatMap({ Number(exactly: $0) }) { return number }
        if let number = Double(text), number == number.rounded(), number != 0 {
            throw corrupted(
                "\(text.shortened) does not fit; the whole numbers here are \(Number.min) to \(Number.max).")
        }
        throw corrupted("A whole number is expected here, not \(text.shortened).")
    }
}
