import CharbonnierPlugin
import Foundation
import Testing

struct CharbonnierCodingTests {
    @Test func makesTheRoundTrip() throws {
        let text = String(decoding: try JSONEncoder().encode(Charbonnier(width: 0.5)), as: UTF8.self)
        #expect(text == #"{"width":0.5}"#)
        #expect(try JSONDecoder().decode(Charbonnier.self, from: Data(text.utf8)) == Charbonnier(width: 0.5))
    }

    @Test("A width that is not positive is an error with a sentence", arguments: ["0", "-0.5"])
    func refusesWidths(width: String) throws {
        let error = #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(Charbonnier.self, from: Data(#"{"width":\#(width)}"#.utf8))
        }
        guard case .dataCorrupted(let context) = try #require(error) else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(context.codingPath.map { $0.stringValue } == ["width"])
        #expect(
            context.debugDescription.hasPrefix(
                "The width of Charbonnier is positive and finite in Float, not "))
    }
}
