import Testing

@testable import Regularization

@Suite("NameExpressionParser")
struct NameExpressionParserTests {
    private func reason(_ pattern: String) -> String {
        do {
            _ = try NameExpression(pattern)
            return "none"
        } catch {
            guard case .invalidRegularExpression(pattern, let reason) = error else { return "\(error)" }
            return reason
        }
    }

    @Test(
        "What is malformed, where, and the way out",
        arguments: [
            ("a(b", 2, "a group is opened and never closed; close it, or write \\( for the parenthesis"),
            ("(a|(?:b)", 1, "a group is opened"),
            ("ab)", 3, "a group is closed that is not open; write \\) for the parenthesis"),
            ("a[bc", 2, "a class is opened and never closed; close it, or write \\[ for the bracket"),
            ("a[bc\\", 5, "a backslash escapes nothing"),
            ("[a-", 2, "a range has no character at one of its ends"),
            ("[]a]", 1, "there is a class of no character; write \\] for the bracket in it"),
            ("[^]", 1, "there is a class of no character"),
            ("[z-a]", 2, "a range goes from a character down to another"),
            (#"[\d-z]"#, 2, "a range has no character at one of its ends; write \\- for the hyphen"),
            (#"[a-\d]"#, 2, "a range has no character at one of its ends"),
            ("[[:alpha:]]", 2, "there is a class within a class"),
            ("[a&&b]", 3, "&& combines classes elsewhere"),
            ("[a--b]", 3, "-- combines"),
            ("[a~~b]", 3, "~~ combines"),
            ("*a", 1, "* repeats nothing; write \\* for the character"),
            ("a|+", 3, "+ repeats nothing"),
            ("(?)", 2, "? repeats nothing"),
            ("(?", 2, "? repeats nothing"),
            ("{2}", 1, "a repetition repeats nothing"),
            ("a{", 2, "{ begins a repetition {m}, {m,} or {m,n}; write \\{ for the brace"),
            ("a{x}", 2, "{ begins"), ("a{2", 2, "{ begins"), ("a{,2}", 2, "{ begins"),
            ("a{2,x}", 2, "{ begins"),
            ("a{3,2}", 2, "a repetition goes from 3 down to 2"),
            ("a**", 3, "a repetition is repeated; put the first one in a group"),
            ("a{2}{3}", 5, "a repetition is repeated"), ("a*??", 4, "a repetition is repeated"),
            ("^*", 1, "an anchor is repeated"), ("a$+", 2, "an anchor is repeated"),
            ("a\\", 2, "a backslash escapes nothing; write \\\\ for the backslash"),
        ])
    func malformed(_ pattern: String, _ place: Int, _ sentence: String) {
        #expect(reason(pattern).hasPrefix("at character \(place), \(sentence)"), "\(reason(pattern))")
    }

    @Test(
        "What the subset lacks is named, with its place and what to write instead",
        arguments: [
            ("a(?=b)", 2, "a look-ahead (?=", "combine filters by &&, || and !"),
            ("(?!a)b", 1, "a negative look-ahead (?!", "combine filters"),
            ("é(?<=b)", 2, "a look-behind (?<=", "combine filters"),
            ("(?<!b)a", 1, "a negative look-behind (?<!", "combine filters"),
            ("(?>a)", 1, "an atomic group (?>", "write (?:"),
            ("(?<n>a)", 1, "a named group (?<", "leave the name out"),
            ("(?P<n>a)", 1, "a named group (?P<", "leave the name out"),
            ("(?'n'a)", 1, "a named group (?'", "leave the name out"),
            ("(a)(?P=n)", 4, "a back reference (?P=", "write the alternatives out"),
            ("(?#no)", 1, "a comment (?#", "leave it out"),
            ("(a)(?(1)b)", 4, "a condition (?(", "write the alternatives out"),
            ("(?|a)", 1, "a branch reset (?|", "write (?:"),
            ("(?R)", 1, "a recursion (?R", "write the alternatives out"),
            ("(?1)", 1, "a recursion (?1", "write the alternatives out"),
            ("(?i)a", 1, "an inline flag (?i", "write both cases, as in [Ww]eight"),
            ("(?-i:a)", 1, "an inline flag (?-", "write both cases"),
            (#"(a)\1"#, 4, #"the back reference \1"#, "write the alternatives out"),
            (#"\k<n>"#, 1, #"the back reference \k"#, "write the alternatives out"),
            (#"a\b"#, 2, #"the boundary \b"#, "write the characters that stand there"),
            (#"\B"#, 1, #"the boundary \B"#, "write the characters"),
            (#"\Aa\Z"#, 1, #"the anchor \A"#, "write ^ or $"),
            (#"\p{L}"#, 1, #"the property \p"#, "write a class"),
            (#"\n"#, 1, #"the escape \n"#, #"\d, \w, \s, \D, \W, \S"#),
            (#"\x41"#, 1, #"the escape \x"#, "those of punctuation"),
            (#"[\0]"#, 2, #"the escape \0"#, "those of punctuation"),
            ("a*+", 2, "a possessive repetition", "leave its second sign out"),
            ("a{2}+", 2, "a possessive repetition", "leave its second sign out"),
        ])
    func refused(_ pattern: String, _ place: Int, _ construct: String, _ wayOut: String) {
        let reason = reason(pattern)
        #expect(reason.hasPrefix("at character \(place), there is \(construct)"), "\(reason)")
        #expect(reason.contains("which this subset does not have; ") && reason.contains(wayOut), "\(reason)")
    }

    @Test(
        "The size with repetitions written out is bounded",
        arguments: [
            "a{10001}", "a{99999999999999999999999999}", "a{1,99999999999999999999}", "(a{100}){100}",
            "((((a{99}){99}){99}){99}){99}", "(){1000000000}", "((((){9999}){9999}){9999}){9999}",
            "(a{9000}){0}b{9000}", String(repeating: "a", count: 10_001),
            "[" + String(repeating: "a", count: 1_000_000) + "]", String(repeating: "a|", count: 1_000_000),
            String(repeating: "(a{9}){0}", count: 100_000), String(repeating: "()", count: 1_000_000),
        ])
    func boundedSize(_ pattern: String) {
        #expect(
            reason(pattern).hasPrefix("with its repetitions written out it has more than 10000 characters"))
    }

    @Test("A pattern of the largest size compiles and matches")
    func largestSize() throws {
        #expect(reason(String(repeating: "a", count: 10_000)) == "none")
        var expression = try NameExpression("a{4999}")
        let answers = [4998, 4999, 5000].map { expression.matches(String(repeating: "a", count: $0)) }
        #expect(answers == [false, true, false])
    }

    @Test("The depth of groups is bounded, so that no pattern overflows the stack")
    func boundedDepth() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "(", count: depth) + "a" + String(repeating: ")", count: depth)
        }
        var expression = try NameExpression(nested(100))
        let isMatch = expression.matches("a")
        #expect(isMatch)
        for depth in [101, 100_000] {
            #expect(
                reason(nested(depth))
                    == "at character 101, groups are nested more than 100 deep; take some out")
        }
        #expect(
            reason(String(repeating: "(?:", count: 100_000)).hasPrefix("at character 301, groups are nested"))
        #expect(
            reason(String(repeating: "[", count: 100_000)).hasPrefix(
                "at character 2, there is a class within"))
        #expect(reason(String(repeating: ")", count: 100_000)).hasPrefix("at character 1, a group is closed"))
        // Groups that follow each other are not nested.
        #expect(reason(String(repeating: "(a)", count: 1000)) == "none")
    }
}
