import Regularization
import Testing

@Suite("Names are equal if their Unicode scalars are")
struct ExactNameTests {
    /// Pairs that Swift takes for equal texts: é, å and a syllable of Hangul.
    @Test(
        "Names that look the same are two names",
        arguments: [("\u{E9}", "e\u{301}"), ("\u{212B}", "\u{C5}"), ("\u{AC00}", "\u{1100}\u{1161}")])
    func normalization(one: String, other: String) {
        #expect(one == other)
        #expect(ExactName(one) != ExactName(other))
        #expect(Set([ExactName(one), ExactName(other), ExactName(one)]).count == 2)
        #expect((ExactName(one) < ExactName(other)) != (ExactName(other) < ExactName(one)))
    }

    @Test("The order is that of the bytes in UTF-8")
    func order() {
        let names = ["", "A", "a", "a.b", "a/b", "ab", "\u{E9}", "\u{FF5E}", "\u{1F600}"]
        #expect(names.shuffled().map(ExactName.init).sorted().map(\.name) == names)
    }
}
