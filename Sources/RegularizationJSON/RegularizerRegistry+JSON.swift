public import Foundation
public import Regularization
import StrictJSON

/// Reads and writes penalties as JSON.
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
        let json = try contents(of: file)
        do {
            return try decode([Penalty].self, from: json)
        } catch {
            var error = error
            error.file = file.path
            throw error
        }
    }

    /// The bytes of a file; also of a pipe, which has no size before it is read.
    private func contents(of file: URL) throws(ConfigurationError) -> Data {
        let limit = 1 << 28
        let reason: String
        do {
            let handle = try FileHandle(forReadingFrom: file)
            defer { try? handle.close() }
            let json = try handle.read(upToCount: limit + 1) ?? Data()
            if json.count <= limit { return json }
            reason = "it has more than \(limit >> 20) MiB"
        } catch {
            var isFolder: ObjCBool = false
            let exists = FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder)
            reason =
                if !exists { "it does not exist" } else if isFolder.boolValue {
                    "it is a folder"
                } else if (error as? CocoaError)?.code == .fileReadNoPermission {
                    "this user may not read it"
                } else { error.localizedDescription }
        }
        throw ConfigurationError(file: file.path, reason: "The file cannot be read: \(reason).")
    }

    /// A value decoded from JSON, such as `[Penalty]` or a type of one's own that contains penalties.
    ///
    /// The JSON is read strictly: as UTF-8, with no key twice in one object, nothing after the value, and lists and
    /// objects nested at most 32 levels deep. Dates, data and addresses are read as Foundation's encoder writes them
    /// unless it is told otherwise.
    ///
    /// - Throws: `ConfigurationError`, with the place in the JSON and without a file.
    /// - Complexity: O(bytes) for penalties.
    public func decode<Value: Decodable>(
        _ type: Value.Type = Value.self, from json: Data
    ) throws(ConfigurationError) -> Value {
        let document = try Self.document(json)
        do {
            return try DocumentDecoder(
                value: document.root, codingPath: [], userInfo: [.regularizers: self]
            ).decode(type)
        } catch {
            throw ConfigurationError(error, in: document)
        }
    }

    private static func document(_ json: Data) throws(ConfigurationError) -> JSONDocument {
        do {
            return try JSONDocument(Array(json), levels: deepestLevel)
        } catch {
            throw ConfigurationError(error)
        }
    }

    /// A value encoded as JSON, such as `[Penalty]` or a type of one's own that contains penalties.
    ///
    /// The text is indented, has its keys in alphabetical order and ends with a newline. What is written can be read.
    ///
    /// - Throws: `ConfigurationError` for what cannot be written: a regularizer that is not in the registry, a strength
    ///   given as a closure, a number that is not finite, lists and objects nested more than 32 levels deep.
    public func encode(_ value: some Encodable) throws(ConfigurationError) -> Data {
        let encoder = JSONEncoder()
        encoder.userInfo[.regularizers] = self
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let json: Data
        do {
            json = try encoder.encode(value) + Data("\n".utf8)
        } catch {
            throw ConfigurationError(encoding: error)
        }
        do {
            _ = try Self.document(json)
        } catch {
            throw ConfigurationError(place: error.place, reason: error.reason)
        }
        return json
    }
}
