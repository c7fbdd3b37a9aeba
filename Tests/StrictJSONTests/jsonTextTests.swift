import StrictJSON
import Testing

@Suite("A value becomes JSON with sorted keys")
struct JSONTextTests {
    @Test("Only what JSON demands is escaped, control characters by small hexadecimal digits")
    func text() {
        #expect(
            jsonText("a/\"\\\u{8}\u{c}\n\r\t\u{1b}\u{7f}é\u{2028}😀") == #""a/\"\\\b\f\n\r\t\u001b"#
                + "\u{7f}é\u{2028}😀\"")
    }

    @Test("Keys are in alphabetical order, without spaces")
    func keys() {
        #expect(jsonText(["b": [1, 2], "a": []]) == #"{"a":[],"b":[1,2]}"#)
    }
}
