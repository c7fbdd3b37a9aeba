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
}
