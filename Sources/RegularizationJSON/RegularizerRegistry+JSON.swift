public import Foundation
public import Regularization

/// Penalties as JSON, by Foundation's coders.
///
///     let registry = RegularizerRegistry.builtIn.adding(Charbonnier.self)
///     let penalties = try registry.penalties(contentsOf: URL(filePath: "penalties.json"))
///     try registry.encode(penalties).write(to: URL(filePath: "penalties.json"))
///
/// Reading text that was written here and writing it again gives the same text.
extension RegularizerRegistry {
    /// The penalties in a file, a list of what `Penalty.init(from:)` reads.
    ///
    /// - Throws: `ConfigurationError`, with the file and the place in it.
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

    /// A value, such as `[Penalty]` or a type of one's own that holds penalties, from JSON.
    ///
    /// - Throws: `ConfigurationError`, with the place in the JSON.
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

    /// A value, such as `[Penalty]` or a type of one's own that holds penalties, as JSON: indented, keys in
    /// alphabetical order, with a newline at the end.
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
