import Foundation
import TensorFiles
import Testing

/// The result of a function of the path of a file with these bytes, which is there for as long.
func withFile<Result>(_ bytes: [UInt8], _ suffix: String, _ body: (String) throws -> Result) throws -> Result
{
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString)\(suffix)")
    // Foundation would wait for the disk.
    let stream = try #require(fopen(file.path, "wb"))
    #expect(fwrite(bytes, 1, bytes.count, stream) == bytes.count)
    fclose(stream)
    defer { unlink(file.path) }
    return try body(file.path)
}

/// The tensors of a file with these bytes and their elements, all of them read.
func tensors(_ bytes: [UInt8], _ suffix: String) throws -> [String: [Float]] {
    try withFile(bytes, suffix) { path in
        let file = try TensorFile(path)
        return try Dictionary(
            uniqueKeysWithValues: file.tensors.map { ($0.name, try file.floats(of: $0.name)) })
    }
}

/// The error for a file with these bytes, on opening it or on reading all of it.
func failure(_ bytes: [UInt8], _ suffix: String) throws -> TensorFileError? {
    do { _ = try tensors(bytes, suffix) } catch let error as TensorFileError { return error }
    return nil
}

/// The bytes that are written.
func written(_ contents: TensorFileContents, _ suffix: String) throws -> [UInt8] {
    try withFile([], suffix) { path in
        try contents.write(to: path)
        return Array(try Data(contentsOf: URL(filePath: path)))
    }
}
