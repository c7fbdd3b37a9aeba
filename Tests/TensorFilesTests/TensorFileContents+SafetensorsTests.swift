import Foundation
import TensorFiles
import Testing

@Suite("What is written has the bytes that the library of the format writes")
struct TensorFileContentsSafetensorsTests {
    /// Files of F32 and F64 with one text of metadata at most, whose order is random there.
    private static let files = [
        "f32", "f64", "f64-overflow", "many", "names", "nothing",
    ]

    @Test("Read and written again, in another order, a file is the same", arguments: files)
    func again(_ name: String) throws {
        let original = Manifest.path("valid/\(name).safetensors")
        let file = try TensorFile(original)
        var contents = TensorFileContents(metadata: file.metadata)
        for tensor in file.tensors.reversed() {
            switch tensor.type {
            case .float64: contents.add(tensor.name, tensor.shape, doubles: try file.doubles(of: tensor.name))
            default: contents.add(tensor.name, tensor.shape, try file.floats(of: tensor.name))
            }
        }
        try withTemporaryFile("again.safetensors") { path in
            try contents.write(to: path)
            #expect(try Data(contentsOf: URL(filePath: path)) == Data(contentsOf: URL(filePath: original)))
        }
    }

    @Test("Names and texts come back whatever is in them, and the same contents give the same bytes")
    func texts() throws {
        let text = String(String.UnicodeScalarView((0..<0x300).compactMap(Unicode.Scalar.init))) + "\"\\/😀"
        try withTemporaryFile("texts.safetensors") { path in
            var written: [Data] = []
            for keys in [["b", text, ""], [text, "", "b"]] {
                var metadata = TensorMetadata()
                for key in keys { metadata[key] = key + text }
                var contents = TensorFileContents(metadata: metadata)
                for key in keys { contents.add(key, [1], doubles: [1.5]) }
                try contents.write(to: path)
                written.append(try Data(contentsOf: URL(filePath: path)))
            }
            #expect(written[0] == written[1])
            let file = try TensorFile(path)
            #expect(file.metadata[text].map { Array($0.utf8) } == Array((text + text).utf8))
            #expect(file[text]?.type == .float64)
            #expect(file.metadata.entries.count == 3 && file.tensors.count == 3)
        }
    }

    @Test("Elements begin at multiples of their size")
    func alignment() throws {
        try withTemporaryFile("aligned.safetensors") { path in
            for length in 1...9 {
                var contents = TensorFileContents()
                contents.add(String(repeating: "x", count: length), [1], [2])
                contents.add("y", [1], doubles: [3])
                try contents.write(to: path)
                let data = try Array(Data(contentsOf: URL(filePath: path)))
                #expect(data[0].isMultiple(of: 8))
                #expect(Array(data.suffix(12)) == bytes([Double(3)]) + bytes([Float(2)]))
            }
        }
    }

    @Test("The name that the format keeps for itself cannot be a tensor's")
    func reserved() throws {
        try withTemporaryFile("x.safetensors") { path in
            var contents = TensorFileContents()
            contents.add("__metadata__", [1], [2])
            let error = #expect(throws: TensorFileError.self) { try contents.write(to: path) }
            #expect(error?.kind == .unwritable && error?.tensor == "__metadata__")
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }
}
