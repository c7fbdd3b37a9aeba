import Files
import Foundation
import Regularization
import TensorFiles
import Testing

/// The files in `Reference`, written by other libraries or made to harm, and what is right for each.
struct Manifest: Decodable {
    let files: [File]

    struct File: Decodable, CustomTestStringConvertible {
        enum Verdict: String, Decodable { case read, refuse, either }

        let file: String
        let kind: String
        let verdict: Verdict
        let reason: String?
        let metadata: [String: String]?
        let tensors: [Tensor]?
        let count: Int?

        var testDescription: String { file }
        var path: String { Manifest.path(file) }
    }

    struct Tensor: Decodable {
        let name: String
        let dtype: String
        let shape: [Int]
        let float32: Conversion?
        let values: [Value]?
    }

    struct Conversion: Decodable {
        let exact: Bool
        let overflows: Bool
        let crc32: String?
    }

    struct Value: Decodable {
        let at: [Int]
        let float32: String?
    }

    static func path(_ file: String) -> String {
        Bundle.module.resourceURL!.appending(path: "Reference/\(file)").path
    }

    /// The files whose name ends so.
    static func files(_ suffix: String) -> [File] {
        do {
            let data = try Data(contentsOf: URL(filePath: path("manifest.json")))
            return try JSONDecoder().decode(Manifest.self, from: data).files.filter {
                $0.file.hasSuffix(suffix)
            }
        } catch { fatalError("The manifest cannot be read: \(error)") }
    }
}

/// Reads or refuses a file as the manifest says.
func expectVerdict(_ file: Manifest.File) throws {
    let opened: TensorFile
    do {
        opened = try TensorFile(file.path)
        // What a file has besides its list is checked when it is read.
        if file.verdict == .refuse {
            for tensor in opened.tensors { _ = try opened.floats(of: tensor.name) }
            Issue.record("\(file.file) is read, and is to be refused: \(file.reason ?? "")")
        }
    } catch {
        #expect(file.verdict != .read, "\(error)")
        #expect(error.reason.hasSuffix("."))
        #expect(!error.description.unicodeScalars.contains { $0.properties.generalCategory == .control })
        return
    }
    let expected = try #require(file.tensors)
    #expect(opened.tensors.count == file.count ?? expected.count)
    for (key, text) in file.metadata ?? [:] { #expect(opened.metadata[key] == text) }
    for tensor in expected { try expectTensor(tensor, in: opened) }
}

private func expectTensor(_ expected: Manifest.Tensor, in file: TensorFile) throws {
    let tensor = try #require(file[expected.name])
    #expect(tensor.type.name == expected.dtype)
    #expect(tensor.shape.dimensions == expected.shape)
    guard let conversion = expected.float32 else {
        #expect(throws: TensorFileError.self) { try file.floats(of: expected.name) }
        return
    }
    let floats: [Float]
    do { floats = try file.floats(of: expected.name) } catch {
        #expect(conversion.overflows || error.kind == .otherType, "\(error)")
        #expect(error.tensor == expected.name)
        return
    }
    #expect(!conversion.overflows)
    if let crc32 = conversion.crc32 {
        var checksum = CRC32()
        checksum.update(floats.span.bytes)
        #expect(checksum.value == UInt32(crc32, radix: 16), "\(expected.name)")
    }
    for value in expected.values ?? [] {
        let index = zip(value.at, expected.shape).reduce(0) { $0 * $1.1 + $1.0 }
        if let bits = value.float32, !floats[index].isNaN {
            #expect(floats[index].bitPattern == UInt32(bits, radix: 16))
        }
    }
    if conversion.exact {
        #expect(try file.floats(of: expected.name, exact: true).map(\.bitPattern) == floats.map(\.bitPattern))
    } else {
        #expect(throws: TensorFileError.self) { try file.floats(of: expected.name, exact: true) }
    }
}
