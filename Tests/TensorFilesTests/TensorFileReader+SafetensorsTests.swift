import TensorFiles
import Testing

@Suite("safetensors files that others wrote are read to the bit, and broken ones are refused")
struct TensorFileReaderSafetensorsTests {
    @Test("The manifest", arguments: Manifest.files(".safetensors"))
    func manifest(_ file: Manifest.File) throws { try expectVerdict(file) }
}
