import Foundation
import TensorFiles
import Testing

@Suite("A file is listed by its header, and a tensor is read from its place")
struct TensorFileTests {
    @Test("A file of 64 GB without its disk blocks is listed, and its last tensor read")
    func large() throws {
        let (zeros, half) = (4 << 33, 4 << 32)
        let header = """
            {"zeros":{"dtype":"F32","shape":[8388608,1024],"data_offsets":[0,\(zeros)]},\
            "last":{"dtype":"F32","shape":[3],"data_offsets":[\(zeros + half),\(zeros + half + 12)]},\
            "half":{"dtype":"F16","shape":[8388608,1024],"data_offsets":[\(zeros),\(zeros + half)]}}
            """
        try withFile(safetensors(header), "large.safetensors") { path in
            let handle = try FileHandle(forWritingTo: URL(filePath: path))
            try handle.truncate(atOffset: UInt64(8 + header.utf8.count + zeros + half))
            try handle.seekToEnd()
            try handle.write(contentsOf: bytes([Float(1), 2, 3]))
            try handle.close()
            let file = try TensorFile(path)
            #expect(file.tensors.map(\.name) == ["zeros", "last", "half"])
            #expect(file.format == .safetensors)
            #expect(file["half"]?.shape == [8_388_608, 1024])
            #expect(file["half"]?.type.bits == 16)
            #expect(try file.floats(of: "last") == [1, 2, 3])
        }
    }

    @Test("What was opened is read, also when the path has another file or none")
    func replaced() throws {
        try withTemporaryFile("a.safetensors") { path in
            var contents = TensorFileContents()
            contents.add("a", [2], [1, 2])
            try contents.write(to: path)
            let first = try TensorFile(path)
            contents = TensorFileContents()
            contents.add("a", [2], [3, 4])
            try contents.write(to: path)
            #expect(try first.floats(of: "a") == [1, 2])
            #expect(try TensorFile(path).floats(of: "a") == [3, 4])
            try FileManager.default.removeItem(atPath: path)
            #expect(try first.floats(of: "a") == [1, 2])
        }
    }

    @Test("A file that became shorter is an error that names the tensor")
    func shortened() throws {
        try withTemporaryFile("a.safetensors") { path in
            var contents = TensorFileContents()
            contents.add("a", [2], [1, 2])
            try contents.write(to: path)
            let file = try TensorFile(path)
            try FileHandle(forWritingTo: URL(filePath: path)).truncate(atOffset: 70)
            let error = #expect(throws: TensorFileError.self) { try file.floats(of: "a") }
            #expect(error?.kind == .unreadable)
            #expect(error?.tensor == "a")
        }
    }

    @Test("Names that only look alike are two tensors, and an unknown one gets the nearest")
    func names() throws {
        let file = try TensorFile(Manifest.path("valid/names.safetensors"))
        #expect(file["caf\u{e9}"]?.shape == [2])
        #expect(file["cafe\u{301}"]?.shape == [3])
        let article = try TensorFile(Manifest.path("models/article.safetensors"))
        let error = #expect(throws: TensorFileError.self) { try article.floats(of: "fully.0.weights") }
        #expect(error?.kind == .unknownTensor)
        #expect(error?.reason.contains(#"Did you mean "fully.0.weight""#) == true)
    }

    @Test(
        "A path without a regular file is an error with the system's words",
        arguments: ["", "no/such", "/dev/null"])
    func unreadable(_ path: String) {
        let error = #expect(throws: TensorFileError.self) { try TensorFile(path) }
        #expect(error?.kind == .unreadable)
    }

    @Test("A name from a file cannot spoil a terminal")
    func controls() throws {
        let header = #"{"\u001b[2J\n":{"dtype":"F31","shape":[1],"data_offsets":[0,4]}}"#
        try withFile(safetensors(header, [0, 0, 0, 0]), "x\u{1b}.safetensors") { path in
            let error = #expect(throws: TensorFileError.self) { try TensorFile(path) }
            #expect(error?.description.contains("\u{1b}") == false)
            #expect(error?.description.contains(#"\u{1b}[2J"#) == true)
        }
    }
}
