import StrictJSON
import Testing

@Suite("What coders throw, in words")
struct CodingFailureTests {
    private enum Key: CodingKey { case numbers }

    private struct Failure: Error, CustomStringConvertible { let description = "No room." }

    @Test("An encoder's error has a place and a sentence without a text")
    func encoding() {
        let context = EncodingError.Context(codingPath: [Key.numbers], debugDescription: "No number.")
        let failure = CodingFailure(EncodingError.invalidValue(Double.nan, context))
        #expect(failure.path == [.key("numbers")])
        #expect(failure.reason(at: nil) == "No number.")
    }

    @Test("Without a value a decoder's error names the type that is expected")
    func noValue() {
        let context = DecodingError.Context(codingPath: [], debugDescription: "")
        #expect(
            CodingFailure(DecodingError.typeMismatch(Int.self, context)).reason(at: nil)
                == "Int is expected here.")
        #expect(
            CodingFailure(DecodingError.keyNotFound(Key.numbers, context)).reason(at: nil)
                == "\"numbers\" is missing.")
    }

    @Test("Any other error has no place and its own words")
    func others() {
        let failure = CodingFailure(Failure())
        #expect(failure.path.isEmpty)
        #expect(failure.reason(at: nil) == "No room.")
    }
}
