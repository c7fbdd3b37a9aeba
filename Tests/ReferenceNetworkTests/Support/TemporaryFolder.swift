import Foundation

/// A folder that is removed with the last reference to it.
final class TemporaryFolder: Sendable {
    private let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// The path of a file in the folder, which need not be there.
    func path(_ name: String = "model.safetensors") -> String { url.appending(path: name).path }

    /// The bytes of a file in the folder.
    func bytes(_ name: String = "model.safetensors") throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: path(name))))
    }
}
