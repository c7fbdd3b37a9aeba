import Testing

@testable import Regularization

@Suite("NamePattern")
struct NamePatternTests {
    @Test(
        "What a pattern matches, and what it does not",
        arguments: [
            ("a.*.c", ["a.b.c", "a..c"], ["a.c", "a.b.b.c", "a.b.c.d"]),
            ("a.**.c", ["a.c", "a.b.c", "a.b.b.c"], ["a", "c", "a.b.cc"]),
            ("**", ["a", "a.b", "", "."], []),
            ("**.**", ["a", "a.b"], []),
            ("**.a.**", ["a", "b.a", "a.b", "b.a.b"], ["b", "aa"]),
            ("?b*", ["ab", "abb"], ["b", "aab", "ab.c"]),
            ("***", ["", "abc"], ["a.b"]),
            ("a**", ["a", "ab"], ["a.b"]),
            ("", [""], ["a", "."]),
            ("a.", ["a."], ["a", "a.b"]),
            ("é?", ["éé"], ["é"]),
        ] as [(String, [String], [String])])
    func table(_ pattern: String, _ matched: [String], _ others: [String]) {
        for name in matched { #expect(NamePattern(pattern).matches(name), "\(pattern) should match \(name)") }
        for name in others {
            #expect(!NamePattern(pattern).matches(name), "\(pattern) should not match \(name)")
        }
    }

    @Test("Time is at most the product of the lengths, also where every wildcard could stand for anything")
    func boundedTime() {
        let start = ContinuousClock.now
        let parts = String(repeating: "a.", count: 1500)
        let wildcards = String(repeating: "**.a.", count: 100)
        #expect(NamePattern(wildcards + "b").matches(parts + "b"))
        #expect(!NamePattern(wildcards + "b.c").matches(parts + "b"))
        #expect(!NamePattern(String(repeating: "**.", count: 1000) + "b").matches(parts + "a"))
        let letters = String(repeating: "a", count: 3000)
        let stars = String(repeating: "*a", count: 100)
        #expect(NamePattern(stars + "*b").matches(letters + "b"))
        #expect(!NamePattern(stars + "*c").matches(letters + "b"))
        #expect(!NamePattern(String(repeating: "*", count: 10_000) + "c").matches(letters))
        #expect(ContinuousClock.now - start < .seconds(100))
    }
}
