import Testing

@testable import Regularization

@Suite("NameExpression")
struct NameExpressionTests {
    private func matches(_ pattern: String, _ name: String) throws -> Bool {
        var expression = try NameExpression(pattern)
        return expression.matches(name)
    }

    @Test(
        "What a pattern matches, and what it does not",
        arguments: [
            (
                "fully.0.weight", ["fully.0.weight", "fully_0-weight"],
                ["fully.0.weights", "a.fully.0.weight", ""]
            ),
            (#"fully\.0\.weight"#, ["fully.0.weight"], ["fully_0.weight", "fully.0xweight"]),
            (
                #"layers\.\d+\.(weight|bias)"#, ["layers.0.weight", "layers.12.bias"],
                ["layers..bias", "layers.a.bias"]
            ),
            (
                #"(?:model\.)?layers\.[0-9]{1,2}\.\w+"#, ["layers.0.w", "model.layers.10.q_proj"],
                ["layers.100.w"]
            ),
            (
                #"^.*\.(self_attn|mlp)\..*\.weight$"#, ["l.0.self_attn.q.weight"],
                ["l.0.attn.q.weight", "mlp.weight"]
            ),
            (#"layers\.([0-9]|1[0-5])\..*"#, ["layers.9.a", "layers.15.a"], ["layers.16.a", "layers.00.a"]),
            (#".*norm.*"#, ["norm", "layer_norm.weight", "norm1.bias"], ["nrm.weight", "Norm"]),
            ("", [""], ["a"]),
            ("a|b|", ["a", "b", ""], ["ab", "c"]),
            ("ab|cd", ["ab", "cd"], ["abd", "acd", "abcd"]),
            ("a(b|c)d", ["abd", "acd"], ["ad", "abcd"]),
            ("()", [""], ["a"]),
            ("a*", ["", "a", "aaaa"], ["b", "aab"]),
            ("a+", ["a", "aaaa"], ["", "ab"]),
            ("a?b", ["b", "ab"], ["aab", "a"]),
            ("a{2}", ["aa"], ["", "a", "aaa"]),
            ("a{2,}", ["aa", "aaaaaa"], ["", "a"]),
            ("a{2,3}", ["aa", "aaa"], ["", "a", "aaaa"]),
            ("a{0}b", ["b"], ["ab"]),
            ("a{0,1}", ["", "a"], ["aa"]),
            ("(ab){2,3}", ["abab", "ababab"], ["ab", "aba", "abababab"]),
            ("(a|b){2}c", ["abc", "bbc"], ["ac", "aabc"]),
            ("(a*)*", ["", "aaa"], ["ab"]),
            ("(a*)+b", ["b", "aab"], ["a"]),
            ("(a?){3}", ["", "a", "aaa"], ["aaaa"]),
            ("(|a)+", ["", "aa"], ["b"]),
            (".*?b", ["b", "abab"], ["aba"]),
            ("a+?a{1,2}?b??", ["aa", "aaaab"], ["a", "aabb"]),
            ("[a-c_]+", ["abc_"], ["abd", ""]),
            ("[^a-c.]", ["d", "-"], ["a", ".", "dd"]),
            (#"[\d\-x]+"#, ["1-x"], ["a", "y"]),
            (#"[^\d]"#, ["a"], ["1"]),
            (#"[\D]"#, ["a"], ["1"]),
            (#"[^\W_]+"#, ["ab1"], ["a_b", "a.b"]),
            (#"[\D\S]"#, ["a", "1", " "], [""]),
            (#"[\]\[\\]+"#, ["[]\\"], ["a"]),
            ("[-a]+", ["a-"], ["b"]),
            ("[a-]+", ["a-"], ["b"]),
            ("[.*+?(){}|^$]+", [".*+?(){}|^$"], ["a"]),
            ("[c-da-b]+", ["abcd"], ["e"]),
            ("[a-dc-f]+", ["abcdef"], ["g"]),
            ("[a-fb-c]+", ["abcdef"], ["g"]),
            ("^a$", ["a"], ["aa"]),
            ("a^b|c", ["c"], ["ab", "a^b"]),
            ("a$b|c", ["c"], ["ab", "a$b"]),
            ("(^)*a", ["a"], ["b", "aa"]),
            ("(^a|b)+", ["a", "ab", "bb"], ["aa", "ba"]),
            ("(a$|b)+", ["a", "ba", "bb"], ["aa", "ab"]),
            (#"\D\W\S"#, ["a.b"], ["1.b", "aab", "a. "]),
            (#"\^\$\.\*\+\?\(\)\[\]\{\}\|\\\/\-\_\ "#, [#"^$.*+?()[]{}|\/-_ "#], [""]),
            ("a]b}", ["a]b}"], ["ab"]),
            ("größe.[ä-ü]+", ["größe.äöü"], ["große.äöü", "größe.a"]),
            (#"\w+\.\d\s"#, ["größe.٣\u{2003}", "層.1 "], ["a-b.1 ", "a.x "]),
            (".", ["é", "層", "🧠", "\n"], ["e\u{301}", ""]),
        ] as [(String, [String], [String])])
    func table(_ pattern: String, _ matched: [String], _ others: [String]) throws {
        for name in matched { #expect(try matches(pattern, name), "\(pattern) should match \(name)") }
        for name in others { #expect(try !matches(pattern, name), "\(pattern) should not match \(name)") }
    }

    @Test("One expression gives each name its own answer, whatever it read before")
    func reuse() throws {
        var expression = try NameExpression("(a|ab)*c?")
        let names = ["ab", "abb", "", "b", "aabac", "c", "ca", "ab"]
        let answers = names.map { expression.matches($0) }
        #expect(answers == [true, false, true, false, true, true, false, true])
    }

    @Test("Random small patterns match what Swift's own regular expressions match")
    func agreesWithRegex() throws {
        var random = SeededGenerator(seed: 16)
        var matched = 0
        for _ in 0..<400 {
            let pattern = randomPattern(depth: 2, using: &random)
            let regex = try Regex(pattern)
            var expression = try NameExpression(pattern)
            for _ in 0..<8 {
                let letters = (0..<Int.random(in: 0...4, using: &random)).map { _ in
                    ["a", "b", "1", "."].randomElement(using: &random)!
                }
                let name = letters.joined()
                let expected = name.wholeMatch(of: regex) != nil
                let isMatch = expression.matches(name)
                #expect(isMatch == expected, "\(pattern) on \(name)")
                matched += expected ? 1 : 0
            }
        }
        #expect(
            (600...2600).contains(matched), "\(matched) of 3200 pairs match: too few on one side say little")
    }

    @Test(
        "Patterns that take minutes where every way is tried take a moment here",
        arguments: [
            "((.*)*)*x", "(a+)+x", "(a|a)*x", "(a|aa)+x", "(.*a){20}x", "(a?){200}a{200}x",
            "(.{0,60}){0,60}x",
            "((a{0,15}){0,15}){0,15}x", "(((((a*)*)*)*)*)*x", "(a*a*a*a*a*a*a*a*)*x", "([ab]*[a-z]*\\w*)*x",
        ])
    func boundedTime(_ pattern: String) throws {
        let name = String(repeating: "a", count: 300)
        let start = ContinuousClock.now
        #expect(try !matches(pattern, name))
        #expect(try matches(pattern, name.prefix(200) + "x"))
        // Far more than it takes, and far less than trying every way.
        #expect(ContinuousClock.now - start < .seconds(100))
    }

    @Test("Every name matches itself with punctuation escaped")
    func escapedNames() throws {
        var random = SeededGenerator(seed: 5)
        let alphabet = Array(#"ab01_-.*+?()[]{}|^$\/&~# é層"#.unicodeScalars)
        for _ in 0..<200 {
            let scalars = (0..<12).map { _ in alphabet.randomElement(using: &random)! }
            let name = String(String.UnicodeScalarView(scalars))
            let pattern = scalars.map {
                "\($0.isASCII && !("a"..."z").contains($0) && !("0"..."9").contains($0) ? "\\" : "")\($0)"
            }
            #expect(try matches(pattern.joined(), name), "\(pattern) on \(name)")
            #expect(try !matches(pattern.joined(), name + "a"))
        }
    }

    /// A pattern of the letters that the names of the test above have, without a repetition of what may be empty.
    private func randomPattern(depth: Int, using random: inout SeededGenerator) -> String {
        let sequences = (0..<Int.random(in: 1...2, using: &random)).map { _ in
            (0..<Int.random(in: 1...3, using: &random)).map { _ in
                let atoms = ["a", "b", ".", #"\."#, #"\d"#, #"\W"#, "[ab]", "[^a1]", #"[\d.]"#]
                var item = atoms.randomElement(using: &random)!
                if depth > 0, Int.random(in: 0..<3, using: &random) == 0 {
                    item = "(\(randomPattern(depth: depth - 1, using: &random)))"
                }
                let counts = ["", "", "", "*", "+", "?", "{2}", "{1,}", "{0,2}", "*?", "+?", "??"]
                return item + counts.randomElement(using: &random)!
            }.joined()
        }
        return sequences.joined(separator: "|")
    }
}
