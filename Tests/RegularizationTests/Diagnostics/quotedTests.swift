import Testing

@testable import Regularization

@Suite("Texts in quotes")
struct QuotedTests {
    @Test("Control characters are escaped, backslashes are not, and a long text is cut")
    func quotes() {
        #expect(quoted(#"fully\.\d+"#) == #""fully\.\d+""#)
        #expect(quoted("a\nb\u{1B}[31m\u{202E}\u{2028}") == #""a\u{a}b\u{1b}[31m\u{202e}\u{2028}""#)
        #expect(escapingControls("\u{7F} a\u{9B}") == #"\u{7f} a\u{9b}"#)
        #expect(quoted("größe 層") == "\"größe 層\"")
        #expect(quoted(String(repeating: "a", count: 200)) == "\"\(String(repeating: "a", count: 200))\"")
        #expect(quoted(String(repeating: "a", count: 201)) == "\"\(String(repeating: "a", count: 200))\"…")
    }
}
