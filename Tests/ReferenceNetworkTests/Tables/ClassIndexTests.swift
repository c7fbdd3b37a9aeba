import Testing

@testable import ReferenceNetwork

struct ClassIndexTests {
    /// The class of a text, which is added if it is new.
    private func label(_ text: String, in index: inout ClassIndex) -> Int32? {
        let bytes = Array(text.utf8)
        return index.label(bytes.span) ?? index.add(bytes.span, text: text)
    }

    @Test func everyLabelKeepsItsClass() {
        var index = ClassIndex(names: [])
        let texts = (0..<5_000).map { "label \($0)" } + ["", "l", "label", "label 1\0"]
        for (number, text) in texts.enumerated() { #expect(label(text, in: &index) == Int32(number)) }
        for (number, text) in texts.enumerated().reversed() {
            #expect(label(text, in: &index) == Int32(number))
        }
        #expect(index.names == texts)
    }

    @Test func givenClassesAreAllThereAre() {
        var index = ClassIndex(names: ["b", "a"])
        #expect(label("a", in: &index) == 1)
        #expect(label("c", in: &index) == nil)
        #expect(label("b", in: &index) == 0)
        #expect(label("a", in: &index) == 1)
        #expect(index.names == ["b", "a"])
    }

    /// An accent may be a part of its character or follow it.
    @Test func equalTextsAreOneClass() {
        var index = ClassIndex(names: [])
        #expect(label("caf\u{E9}", in: &index) == 0)
        #expect(label("cafe", in: &index) == 1)
        #expect(label("cafe\u{301}", in: &index) == 0)
        #expect(index.names.count == 2)
    }
}
