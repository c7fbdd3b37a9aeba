import Foundation
import Regularization
import TensorFiles
import Testing

/// The result of a function of a path at which there is no file yet, in a folder that is removed afterwards.
func withTemporaryFile<Result>(
    _ name: String = "file.safetensors", _ body: (String) throws -> Result
) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder.appending(path: name).path)
}

/// The result of a function of the path of a file with these bytes.
func withFile<Result>(_ bytes: [UInt8], _ name: String, _ body: (String) throws -> Result) throws -> Result {
    try withTemporaryFile(name) { path in
        try write(bytes, to: path)
        return try body(path)
    }
}

/// Writes a file, without waiting for the disk as Foundation does.
func write(_ bytes: [UInt8], to path: String) throws {
    let stream = try #require(fopen(path, "wb"))
    #expect(fwrite(bytes, 1, bytes.count, stream) == bytes.count)
    fclose(stream)
}

/// The bytes of a safetensors file with a header and data.
func safetensors(_ header: String, _ data: [UInt8] = []) -> [UInt8] {
    let length = header.utf8.count
    return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + Array(header.utf8) + data
}

/// The bytes of numbers as they lie in memory.
func bytes<Number>(_ numbers: [Number]) -> [UInt8] { numbers.withUnsafeBytes { Array($0) } }

/// The tensors of a file with these bytes and their elements, all of them read.
func tensors(_ bytes: [UInt8], _ suffix: String) throws -> [String: [Float]] {
    try withFile(bytes, "file\(suffix)", tensors)
}

/// The tensors of a file and their elements, all of them read.
func tensors(at path: String) throws -> [String: [Float]] {
    let file = try TensorFile(path)
    return try Dictionary(uniqueKeysWithValues: file.tensors.map { ($0.name, try file.floats(of: $0.name)) })
}

/// The error for a file with these bytes, on opening it or on reading all of it.
func failure(_ bytes: [UInt8], _ suffix: String) throws -> TensorFileError? {
    try withFile(bytes, "file\(suffix)", failure)
}

/// The error for a file, on opening it or on reading all of it.
func failure(at path: String) throws -> TensorFileError? {
    do { _ = try tensors(at: path) } catch let error as TensorFileError { return error }
    return nil
}

/// The bytes that are written.
func written(_ contents: TensorFileContents, _ suffix: String) throws -> [UInt8] {
    try withFile([], "file\(suffix)") { path in
        try contents.write(to: path)
        return Array(try Data(contentsOf: URL(filePath: path)))
    }
}

/// The result of a function of a file with these contents, which is removed afterwards.
func withFile<Result>(
    _ contents: TensorFileContents, _ body: (TensorFile) throws -> Result
) throws -> Result {
    try withTemporaryFile { path in
        try contents.write(to: path)
        return try body(TensorFile(path))
    }
}

/// Contents with tensors of these names and shapes, whose elements count on from 1.
func contents(_ tensors: [(name: String, shape: [Int])]) -> TensorFileContents {
    var contents = TensorFileContents()
    var first = 1
    for tensor in tensors {
        let count = tensor.shape.reduce(1, *)
        contents.add(tensor.name, .init(tensor.shape), (first..<first + count).map { Float($0) })
        first += count
    }
    return contents
}
