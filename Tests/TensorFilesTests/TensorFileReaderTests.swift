import TensorFiles
import Testing

@Suite("A file is known by its first bytes")
struct TensorFileReaderTests {
    @Test(
        "A pickle is refused with the lines that convert it",
        arguments: [".pt", ".pth", ".pkl"].flatMap(Manifest.files))
    func pickle(_ file: Manifest.File) {
        let error = #expect(throws: TensorFileError.self) { try TensorFile(file.path) }
        #expect(error?.kind == .otherFormat)
        #expect(error?.reason.contains("save_file(torch.load(") == true)
    }

    @Test(
        "An old pickle begins with nothing of its own, and is known by its suffix",
        arguments: [".pt", ".pth", ".pkl"])
    func oldPickle(_ suffix: String) throws {
        #expect(try failure(Array("(dp0\n.".utf8), suffix)?.reason.contains("torch.load(") == true)
        #expect(try failure([], suffix)?.kind == .malformed)
    }

    @Test("A suffix that says another format is an error, and any other is of no matter")
    func suffixes() throws {
        let contents = TensorFileContents()
        let files = [
            (npy(floats: 1), ".npy"), (Archive([.init("a.npy", npy(floats: 1))]).bytes, ".npz"),
            (try written(contents, ".safetensors"), ".safetensors"),
        ]
        for (bytes, format) in files {
            for suffix in [".npy", ".npz", ".safetensors"] {
                #expect((try failure(bytes, suffix.uppercased()) == nil) == (suffix == format))
                let error = try failure(bytes, suffix)
                #expect((error == nil) == (suffix == format))
                let reason = "Its first bytes are those of \(format), and its suffix is \(suffix); rename it."
                #expect(error == nil || error?.reason == reason)
            }
            #expect(try failure(bytes, ".weights") == nil)
            #expect(try failure(bytes, "") == nil)
        }
    }

    @Test("The path is in these lines as Python takes it")
    func quotes() throws {
        try withFile([0x80, 2, 0x7D, 0x2E], "\"a\\.pt") { path in
            let error = #expect(throws: TensorFileError.self) { try TensorFile(path) }
            #expect(error?.reason.contains(#"\"a\\.pt", map_location"#) == true, "\(error?.reason ?? "")")
        }
    }
}
