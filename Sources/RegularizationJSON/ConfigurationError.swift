import Foundation
import Regularization
import StrictJSON

/// An error in a configuration of penalties, with the file and the place in it.
public struct ConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The path of the file; nil if the JSON came from memory.
    public internal(set) var file: String?
    /// The line in the JSON, from 1; nil if the error is not in a text.
    public let line: Int?
    /// The column of the line, from 1, counted in Unicode scalars; nil if the error is not in a text.
    public let column: Int?
    /// The path of keys and list indices to the value, such as `[1].regularizer.sum[0].MCP.concavity`; empty for the
    /// whole text.
    ///
    /// Indices count from 0.
    public let place: String
    /// A sentence that says what is wrong there.
    public let reason: String

    /// The file with line and column, as `penalties.json:3:17`, the place and the reason, separated by colons.
    ///
    /// Parts that are empty are left out, and without a file it is `line 3, column 17`. Control characters are escaped.
    public var description: String {
        var position = file
        if let line, let column {
            position = file.map { "\($0):\(line):\(column)" } ?? "line \(line), column \(column)"
        }
        return escapingControls(
            [position, place.isEmpty ? nil : place, reason].compactMap(\.self).joined(separator: ": "))
    }
}

extension ConfigurationError {
    /// An error that is not in a text.
    init(file: String? = nil, place: String = "", reason: String) {
        (self.file, line, column) = (file, nil, nil)
        (self.place, self.reason) = (place, reason)
    }

    /// What is wrong with a text before it is decoded.
    init(_ error: JSONError) {
        (line, column) = (error.position.line, error.position.column)
        (place, reason) = (error.path.place, error.reason)
    }

    /// The place and the reason in the words of this module, for an error that was thrown while a text was decoded.
    init(_ error: any Error, in document: JSONDocument) {
        let path = Self.path(of: error)
        let value = document.root.value(along: path)
        (line, column) = (value.position.line, value.position.column)
        (place, reason) = (path.place, Self.reason(for: error, at: value))
    }

    /// The place and the reason in the words of this module, for an error that an encoder threw.
    init(encoding error: any Error) {
        self.init(place: Self.path(of: error).place, reason: Self.reason(for: error, at: nil))
    }

    private static func path(of error: any Error) -> [JSONStep] {
        let path =
            switch error {
            case DecodingError.keyNotFound(_, let context), DecodingError.valueNotFound(_, let context),
                DecodingError.typeMismatch(_, let context), DecodingError.dataCorrupted(let context):
                context.codingPath
            case EncodingError.invalidValue(_, let context): context.codingPath
            default: [any CodingKey]()
            }
        return path.map { $0.intValue.map(JSONStep.index) ?? .key($0.stringValue) }
    }

    private static func reason(for error: any Error, at value: JSONValue?) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, _):
            return "\"\(key.stringValue)\" is missing."
        case DecodingError.valueNotFound(let type, _), DecodingError.typeMismatch(let type, _):
            return value?.sentence(expecting: type) ?? "\(type) is expected here."
        case DecodingError.dataCorrupted(let context):
            // The standard library's sentence for a string that is no raw value of an enumeration.
            let unknown = context.debugDescription.firstMatch(
                of: /^Cannot initialize \w+ from invalid String value (.*)$/)
            return unknown.map { "There is no \"\($0.1)\" here." } ?? context.debugDescription
        case EncodingError.invalidValue(_, let context):
            return context.debugDescription
        default:
            return "\(error)"
        }
    }
}

extension JSONValue {
    /// What is to be written in place of this value for a type, and what it is.
    fileprivate func sentence(expecting type: any Any.Type) -> String {
        let isNumber = kind == .text && Double(text) != nil
        let (noun, advice): (String, String) =
            switch type {
            case is any BinaryInteger.Type: ("A whole number", isNumber ? "leave the quotes out" : "")
            case is any BinaryFloatingPoint.Type, is Decimal.Type:
                ("A number", isNumber ? "leave the quotes out" : "")
            case is String.Type: ("A text in quotes", kind == .number ? "put quotes around it" : "")
            case is Bool.Type: ("True or false", kind == .text ? "leave the quotes out" : "")
            case is [Any].Type: ("A list", "put [ before it and ] after it")
            case is [String: Any].Type: ("An object", "write { }, with a key and a value in it")
            default: ("\(type)", "")
            }
        let hint = advice.isEmpty || kind == .null ? "" : "; \(advice)"
        return "\(noun) is expected here, not \(self.noun)\(hint)."
    }

    private var noun: String {
        switch kind {
        case .object: "an object"
        case .list: "a list"
        case .text: "a text"
        case .number: "a number"
        case .bool: text
        case .null: "null"
        }
    }
}
