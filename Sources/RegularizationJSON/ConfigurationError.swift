import Foundation

/// An error in a configuration of penalties, with the file and the place in it.
public struct ConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The path of the file; nil if the JSON came from memory.
    public let file: String?
    /// The path of keys and list indices to the value, such as `[1].regularizer.sum[0].MCP.concavity`; empty for the
    /// whole text.
    ///
    /// Indices count from 0.
    public let place: String
    /// A sentence that says what is wrong there.
    public let reason: String

    /// The file, the place and the reason, separated by colons; parts that are empty are left out.
    public var description: String {
        [file, place.isEmpty ? nil : place, reason].compactMap(\.self).joined(separator: ": ")
    }
}

extension ConfigurationError {
    /// The place and the reason in the words of this module, for an error that a coder threw.
    init(_ error: any Error) {
        let path: [any CodingKey]
        switch error {
        case DecodingError.keyNotFound(let key, let context):
            path = context.codingPath
            reason = "\"\(key.stringValue)\" is missing."
        case DecodingError.valueNotFound(let type, let context):
            path = context.codingPath
            reason = "\(Self.noun(for: type)) is expected here, not null."
        case DecodingError.typeMismatch(let type, let context):
            path = context.codingPath
            reason = "\(Self.noun(for: type)) is expected here."
        case DecodingError.dataCorrupted(let context):
            path = context.codingPath
            // The standard library's sentence for a string that is no raw value of an enumeration.
            let unknown = context.debugDescription.firstMatch(
                of: /^Cannot initialize \w+ from invalid String value (.*)$/)
            reason = unknown.map { "There is no \"\($0.1)\" here." } ?? context.debugDescription
        case EncodingError.invalidValue(_, let context):
            path = context.codingPath
            reason = context.debugDescription
        default:
            path = []
            reason = "\(error)"
        }
        file = nil
        place = Self.place(of: path.map { $0.intValue.map(Step.index) ?? .key($0.stringValue) })
    }

    /// A key or a list index on the path to a place in the JSON.
    enum Step: Hashable {
        case key(String)
        case index(Int)
    }

    /// The place as text: `key.key[index]`, with keys that contain a point as `["key"]`.
    static func place(of path: [Step]) -> String {
        path.reduce("") { place, step in
            switch step {
            case .index(let index): "\(place)[\(index)]"
            case .key(let key) where key.contains("."): "\(place)[\"\(key)\"]"
            case .key(let key): place.isEmpty ? key : "\(place).\(key)"
            }
        }
    }

    /// What a file has to hold for a type, to begin a sentence.
    private static func noun(for type: any Any.Type) -> String {
        switch type {
        case is any BinaryInteger.Type: "A whole number"
        case is any BinaryFloatingPoint.Type: "A number"
        case is String.Type: "A text in quotes"
        case is Bool.Type: "True or false"
        case is [Any].Type: "A list"
        case is [String: Any].Type: "An object"
        default: "\(type)"
        }
    }
}
