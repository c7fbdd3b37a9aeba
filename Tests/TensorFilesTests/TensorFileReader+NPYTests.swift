import TensorFiles
import Testing

@Suite("`.npy` files that NumPy wrote are read to the bit, and broken ones are refused")
struct TensorFileReaderNPYTests {
    @Test("The manifest", arguments: Manifest.files(".npy"))
    func manifest(_ file: Manifest.File) throws { try expectVerdict(file) }
}
