import TensorFiles
import Testing

@Suite("Texts of a tensor file are found by their keys, scalar by scalar")
struct TensorMetadataTests {
    @Test("Keys and texts that only look alike are different")
    func scalars() {
        var metadata: TensorMetadata = ["caf\u{e9}": "one", "cafe\u{301}": "two"]
        #expect(metadata["caf\u{e9}"] == "one")
        #expect(metadata["cafe\u{301}"] == "two")
        metadata["caf\u{e9}"] = nil
        #expect(metadata["caf\u{e9}"] == nil)
        #expect(metadata["cafe\u{301}"] == "two")
        #expect(metadata.entries.count == 1)
        #expect(TensorMetadata(dictionaryLiteral: ("a", "\u{e9}")) != ["a": "e\u{301}"])
    }

    @Test("Texts are in the order of their keys, and equal in whatever order they were set")
    func order() {
        var metadata: TensorMetadata = ["d": "5", "b": "2", "a": "1"]
        metadata["b"] = nil
        metadata["a"] = "4"
        metadata["c"] = "3"
        #expect(metadata.entries.map(\.key) == ["a", "c", "d"])
        #expect(metadata.entries.map(\.text) == ["4", "3", "5"])
        #expect(metadata == ["c": "3", "a": "4", "d": "5"])
    }
}
