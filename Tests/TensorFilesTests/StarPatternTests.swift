import Testing

@testable import TensorFiles

@Suite("Patterns of names with stars")
struct StarPatternTests {
    /// What the stars take, as texts.
    private func taken(_ pattern: String, _ name: String) -> [String]? {
        StarPattern(pattern).match(Array(name.utf8))?.map { String(decoding: $0, as: UTF8.self) }
    }

    @Test(
        "What each star takes",
        arguments: [
            ("a", "a", []), ("", "", []), ("*", "", [""]), ("*", "a.b/c", ["a.b/c"]),
            ("*.weight", "a.b.weight", ["a.b"]), ("*.weight", ".weight", [""]), ("a*", "a", [""]),
            ("a*b", "ab", [""]), ("*/*", "a/b/c", ["a", "b/c"]), ("*.b.*", "a.b.b.c", ["a", "b.c"]),
            ("a*a*a", "aaaa", ["", "a"]), ("**", "ab", ["", "ab"]), ("*é", "aé", ["a"]),
            ("*\u{301}", "e\u{301}", ["e"]),
        ] as [(String, String, [String])])
    func matches(pattern: String, name: String, expected: [String]) {
        #expect(taken(pattern, name) == expected)
        #expect(StarPattern(pattern).stars == expected.count)
        let pieces = expected.map { Array($0.utf8)[...] }
        #expect(StarPattern(pattern).filled(with: pieces).utf8.elementsEqual(name.utf8))
    }

    @Test(
        "Other names",
        arguments: [
            ("a", "ab"), ("a", ""), ("", "a"), ("*.weight", "weight"), ("*.weight", "a.weights"),
            ("a*", "ba"),
            ("aa*aa", "aaa"), ("*b*", "aac"), ("*x*x*", "ax"), ("\u{E9}", "e\u{301}"),
            ("*\u{E9}", "e\u{301}"),
        ])
    func others(pattern: String, name: String) {
        #expect(taken(pattern, name) == nil)
    }

    @Test("What backtracking would try in more ways than there are atoms takes the product of the lengths")
    func manyStars() {
        let pattern = StarPattern(String(repeating: "a*", count: 500) + "b")
        #expect(pattern.match(Array(repeating: UInt8(ascii: "a"), count: 20_000)) == nil)
    }
}
