import Foundation
import Regularization
import TensorFiles
import Testing

@Suite("Contents are collected and written in the format of the suffix")
struct TensorFileContentsTests {
    @Test("Parameters are there under their names, behind a prefix")
    func parameters() throws {
        let parameters = Parameters([("w", [1, 2], [1, 2]), ("b", [1], [3])])
        var contents = TensorFileContents()
        contents.add(parameters, prefix: "best.")
        contents.add(parameters)
        try withTemporaryFile("p.safetensors") { path in
            try contents.write(to: path)
            let file = try TensorFile(path)
            #expect(file.tensors.map(\.name) == ["b", "best.b", "best.w", "w"])
            #expect(try file.floats(of: "best.w") == [1, 2])
            #expect(file["best.w"]?.shape == [1, 2])
        }
    }

    @Test(
        "A suffix that is no format is an error, unless the format is said",
        arguments: ["weights", "npy", "a.", "a.pt", "a.b/c"])
    func suffix(_ name: String) throws {
        try withTemporaryFile("weights") { path in
            let contents = TensorFileContents()
            let error = #expect(throws: TensorFileError.self) { try contents.write(to: name) }
            #expect(error?.kind == .unwritable)
            #expect(error?.reason.contains(".safetensors, .npy or .npz") == true)
            try contents.write(to: path, as: .safetensors)
            #expect(try TensorFile(path).tensors.isEmpty)
        }
    }

    @Test("What the system refuses is an error with its words")
    func system() {
        let error = #expect(throws: TensorFileError.self) {
            try TensorFileContents().write(to: "/no/such/folder/a.safetensors")
        }
        #expect(error?.kind == .unwritable)
        #expect(
            error?.description.hasPrefix("/no/such/folder/a.safetensors: The file cannot be written") == true)
    }

    @Test("A name that is there already stops the program with a sentence")
    func twice() async {
        await #expect(processExitsWith: .failure) {
            var contents = TensorFileContents()
            contents.add("a", [1], [1])
            contents.add("a", [1], [1])
        }
        await #expect(processExitsWith: .failure) {
            var contents = TensorFileContents()
            contents.add("a", [2], [1])
        }
    }
}
