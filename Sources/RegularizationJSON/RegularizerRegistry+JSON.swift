public import Foundation
public import Regularization

/// Reads and writes penalties as JSON, with Foundation's coders.
///
///     let registry = RegularizerRegistry.builtIn.adding(Charbonnier.self)
///     let penalties = try registry.penalties(contentsOf: URL(filePath: "penalties.json"))
///     try registry.write(penalties, to: URL(filePath: "penalties.json"))
///
/// Text that was written here is the same text when it is read and written again.
extension RegularizerRegistry {
    /// The penalties in a file, whose JSON is a list of the form that `Penalty.init(from:)` reads.
    ///
    /// - Throws: `ConfigurationError`, with the file and the place in it, if the file cannot be read, is not JSON or
    ///   does not describe penalties.
    public func penalties(contentsOf file: URL) throws(ConfigurationError) -> [Penalty] {
        let json: Data
        do {
            json = try Data(contentsOf: file)
        } catch {
            var isFolder: ObjCBool = false
            let exists = FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder)
            let reason = !exists ? "it does not exist" : isFolder.boolValue ? "it is a folder" : "\(error)"
            throw ConfigurationError(
                file: file.path, place: "", reason: "The file cannot be read: \(reason).")
        }
        do {
            return try decode([Penalty].self, from: json)
        } catch {
            throw ConfigurationError(file: file.path, place: error.place, reason: error.reason)
        }
    }

    /// A value decoded from JSON, such as `[Penalty]` or a type of one's own that contains penalties.
    ///
    /// A key that occurs twice in one object is an error, which Foundation would not report.
    ///
    /// - Throws: `ConfigurationError`, with the place in the JSON and without a file.
    public func decode<Value: Decodable>(
        _ type: Value.Type = Value.self, from json: Data
    ) throws(ConfigurationError) -> Value {
        if let key = RepeatedKey(in: json) {
            throw ConfigurationError(
                file: nil, place: "", reason: "\"\(key.name)\" is given twice, at line \(key.line).")
        }
        let decoder = JSONDecoder()
        decoder.userInfo[.regularizers] = self
        do {
            return try decoder.decode(type, from: json)
        } catch DecodingError.dataCorrupted(let context) where context.codingPath.isEmpty {
            throw ConfigurationError(unplaced: context, json) { json in
                do {
                    _ = try decoder.decode(type, from: json)
                } catch DecodingError.dataCorrupted(let other) {
                    return other.codingPath.isEmpty && other.debugDescription == context.debugDescription
                } catch {}
                return false
            }
        } catch {
            throw ConfigurationError(error)
        }
    }

    /// A value encoded as JSON, such as `[Penalty]` or a type of one's own that contains penalties.
    ///
    /// The text is indented, has its keys in alphabetical order and ends with a newline.
    ///
    /// - Throws: `ConfigurationError` for what cannot be written: a regularizer that is not in the registry, a strength
    ///   given as a closure, a number that is not finite.
    public func encode(_ value: some Encodable) throws(ConfigurationError) -> Data {
        let encoder = JSONEncoder()
        encoder.userInfo[.regularizers] = self
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            return try encoder.encode(value) + Data("\n".utf8)
        } catch {
            throw ConfigurationError(error)
        }
    }
}
