import Foundation
import TensorFiles

/// The result of a function of a path in a new folder, which is removed afterwards.
func withTemporaryPath<Result>(
    _ name: String = "file.safetensors", _ body: (String) throws -> Result
) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder.appending(path: name).path)
}

/// The result of a function of a file with these contents, which is removed afterwards.
func withFile<Result>(
    _ contents: TensorFileContents, _ body: (TensorFile) throws -> Result
) throws -> Result {
    try withTemporaryPath { path in
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
