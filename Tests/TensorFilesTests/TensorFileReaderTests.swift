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

    @Test("The path is in these lines as Python takes it")
    func quotes() throws {
        try withFile([0x80, 2, 0x7D, 0x2E], "\"a\\.pt") { path in
            let error = #expect(throws: TensorFileError.self) { try TensorFile(path) }
            #expect(error?.reason.contains(#"\"a\\.pt", map_location"#) == true, "\(error?.reason ?? "")")
        }
    }
}
