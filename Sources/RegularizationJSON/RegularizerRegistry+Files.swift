internal import Files
public import Foundation
public import Regularization

extension RegularizerRegistry {
    /// Writes penalties to a file, as `encode(_:)` does, so that `penalties(contentsOf:)` reads them again.
    ///
    /// The file is written whole or not at all: on an error an earlier file is as it was. A symbolic link stays, and
    /// the file that it points to is written; an earlier file's permissions are kept.
    ///
    /// - Throws: `ConfigurationError`, with the file, for penalties that cannot be written and for what the system
    ///   refuses, such as a folder that does not exist or a full disk.
    public func write(_ penalties: [Penalty], to file: URL) throws(ConfigurationError) {
        // The path of a URL, unlike its property `path`, has the slash at the end that says that it is a folder.
        let path = file.path(percentEncoded: false)
        guard file.isFileURL else {
            throw ConfigurationError(
                file: file.absoluteString, place: "", reason: "This is no file; give the URL of one.")
        }
        do throws(ConfigurationError) {
            let json = try encode(penalties)
            do throws(WritingError) {
                try writeWhole(json.bytes, to: path)
            } catch {
                throw ConfigurationError(file: nil, place: "", reason: error.reason)
            }
        } catch {
            throw ConfigurationError(file: path, place: error.place, reason: error.reason)
        }
    }
}
