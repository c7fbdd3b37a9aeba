import TensorFiles
import Testing

@Suite("`.npz` archives that NumPy wrote are read to the bit, and broken ones are refused")
struct TensorFileReaderNPZTests {
    @Test("The manifest", arguments: Manifest.files(".npz"))
    func manifest(_ file: Manifest.File) throws { try expectVerdict(file) }
}
