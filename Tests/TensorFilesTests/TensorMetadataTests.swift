import TensorFiles
import Testing

@Suite("Texts of a tensor file are found by their keys, scalar by scalar")
struct TensorMetadataTests {
    @Test("Keys that only look alike are two keys")
    func scalars() {
        var metadata: TensorMetadata = ["caf\u{e9}": "one", "cafe\u{301}": "two"]
        #expect(metadata["caf\u{e9}"] == "one")
        #expect(metadata["cafe\u{301}"] == "two")
        metadata["caf\u{e9}"] = nil
        #expect(metadata["caf\u{e9}"] == nil)
        #expect(metadata["cafe\u{301}"] == "two")
        #expect(metadata.entries.count == 1)
    }

    @Test("A text replaces the earlier one in its place, and removing keeps the others")
    func order() {
        var metadata: TensorMetadata = ["a": "1", "b": "2", "c": "3"]
        metadata["a"] = "4"
        metadata["b"] = nil
        metadata["d"] = "5"
        #expect(metadata.entries.map(\.key) == ["a", "c", "d"])
        #expect(metadata.entries.map(\.text) == ["4", "3", "5"])
        #expect(metadata["b"] == nil)
        #expect(metadata["c"] == "3")
    }
}
