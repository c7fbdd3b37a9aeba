internal import Files
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
        guard file.isFileURL else {
            throw ConfigurationError(
                file: file.absoluteString, reason: "This is no file; give the URL of a file.")
        }
        let json = try contents(of: file)
        do {
            return try decode([Penalty].self, fromUTF8: json)
        } catch {
            var error = error
            error.file = file.path
            throw error
        }
    }

    /// The bytes of a file; also of a pipe, which has no size before it is read.
    private func contents(of file: URL) throws(ConfigurationError) -> [UInt8] {
        let limit = 1 << 26
        var bytes: [UInt8] = []
        var count = 0
        do throws(FileReader.Failure) {
            let reader = try FileReader(path: file.path)
            repeat {
                bytes.append(contentsOf: repeatElement(0, count: max(1 << 16, count)))
                count = try reader.fill(&bytes, from: count)
            } while count == bytes.count && count <= limit
        } catch {
            throw ConfigurationError(
                file: file.path,
                reason: "The file cannot be read: \(error.reason). Check the path and the permissions.")
        }
        guard count <= limit else {
            throw ConfigurationError(
                file: file.path,
                reason: "The file has more than \(limit >> 20) MiB; make several files of it.")
        }
        return Array(bytes[..<count])
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
        try decode(type, fromUTF8: Array(json))
    }

    private func decode<Value: Decodable>(
        _ type: Value.Type, fromUTF8 json: [UInt8]
    ) throws(ConfigurationError) -> Value {
        do {
            return try JSONDocument(json, levels: deepestLevel).decode(type, userInfo: [.regularizers: self])
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
            let document = try JSONDocument(Array(json), levels: deepestLevel)
            // Decoded again where that is possible, since what is written can be read.
            if value is [Penalty] { _ = try document.decode([Penalty].self, userInfo: [.regularizers: self]) }
        } catch {
            throw ConfigurationError(place: error.path.place, reason: error.reason)
        }
        return json
    }
}
