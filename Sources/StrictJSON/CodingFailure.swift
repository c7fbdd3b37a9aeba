import Foundation

/// What an encoder or a decoder threw, in words.
package struct CodingFailure {
    private let error: any Error

    package init(_ error: any Error) { self.error = error }

    /// The keys and indices that lead to the place.
    package var path: [JSONStep] {
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

    /// A sentence that says what is wrong, with the value at the path, if there is one.
    package func reason(at value: JSONValue?) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, _):
            return "\"\(key.stringValue)\" is missing."
        case DecodingError.valueNotFound(let type, _), DecodingError.typeMismatch(let type, _):
            return value?.sentence(expecting: type) ?? "\(type) is expected here."
        case DecodingError.dataCorrupted(let context):
            // The standard library's sentence for a string that is no raw value of an enumeration, whatever it begins
            // with and has in it: a mark that joins the space before it, a line break.
            let sentence = /^Cannot initialize \w+ from invalid String value (.*)/
            let unknown = context.debugDescription.firstMatch(
                of: sentence.matchingSemantics(.unicodeScalar).dotMatchesNewlines())
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
