import StrictJSON
import Testing

@Suite("Places in JSON texts in words")
struct JSONErrorTests {
    @Test("Position, path and reason")
    func description() throws {
        let error = #expect(throws: JSONError.self) {
            try JSONDocument(Array("{\"é\": [0,\n{\"a.b\": 1e400}]}".utf8), levels: 8)
        }
        #expect(
            "\(try #require(error))"
                == #"line 2, column 9: é[1]["a.b"]: 1e400 is too large; the largest number is about 1.8e308."#
        )
        let empty = #expect(throws: JSONError.self) { try JSONDocument([], levels: 8) }
        #expect(empty?.description.hasPrefix("line 1, column 1: The text is empty") == true)
    }

    @Test("What is long is cut")
    func long() {
        let long = String(repeating: "é", count: 61)
        #expect(long.shortened == String(repeating: "é", count: 60) + "…")
        #expect(String(long.dropLast()).shortened == String(repeating: "é", count: 60))
        #expect([JSONStep.key(long), .key(long + ".a"), .index(3)].place.count == 61 + 61 + 4 + 3)
    }
}
