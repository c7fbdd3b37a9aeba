import Foundation

/// What is wrong with a configuration, and where.
public struct ConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The path of the file, if there is one.
    public let file: String?
    /// The place in the JSON, as `[1].regularizer.sum[0].MCP.concavity`; empty for the whole.
    public let place: String
    /// What is wrong there, as a sentence.
    public let reason: String

    /// The file, the place and what is wrong there.
    public var description: String {
        [file, place.isEmpty ? nil : place, reason].compactMap(\.self).joined(separator: ": ")
    }
}

extension ConfigurationError {
    /// The place and the sentence of what a coder threw.
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
            // What the standard library says of the raw value of an enumeration.
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

    /// A step of the way to a place in the JSON.
    enum Step: Hashable {
        case key(String)
        case index(Int)
    }

    static func place(of path: [Step]) -> String {
        path.reduce("") { place, step in
            switch step {
            case .index(let index): "\(place)[\(index)]"
            case .key(let key) where key.contains("."): "\(place)[\"\(key)\"]"
            case .key(let key): place.isEmpty ? key : "\(place).\(key)"
            }
        }
    }

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
