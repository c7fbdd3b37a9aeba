import Testing

@testable import StrictJSON

@Suite("What is wrong in a JSON text, and where")
struct JSONReaderTests {
    private func error(_ bytes: [UInt8], levels: Int = 8) throws -> JSONError {
        try #require(throws: JSONError.self) { try JSONDocument(bytes, levels: levels) }
    }

    @Test(
        "Structure",
        arguments: [
            ("", "1:1", "", "The text is empty; JSON is a value, such as a list [ ]."),
            (" \n ", "2:2", "", "The text is empty; JSON is a value, such as a list [ ]."),
            ("[1,]", "1:3", "[0]", "The last value of a list has no comma after it."),
            (#"{"a": 1,}"#, "1:8", "a", "The last value of an object has no comma after it."),
            ("[1 2]", "1:4", "[0]", "A comma is missing before 2, or a closing ]."),
            (#"{"a": 1 "b": 2}"#, "1:9", "a", #"A comma is missing before "b", or a closing }."#),
            ("[,1]", "1:2", "[0]", "A value is missing before ,."),
            ("[1,,2]", "1:4", "[1]", "A value is missing before ,."),
            (#"{"a": }"#, "1:7", "a", "A value is missing before }."),
            (#"{"a" 1}"#, "1:6", "", #"A colon is missing between the key "a" and its value."#),
            (
                #"{"a": [1, {"b" 1}]}"#, "1:16", "a[1]",
                #"A colon is missing between the key "b" and its value."#
            ),
            // In a key after the first one.
            (
                #"{"a": 1, "\u00zz": 2}"#, "1:15", "a",
                #"The escape \u has four digits of 0 to 9 and a to f."#
            ),
            ("{a: 1}", "1:2", "", #"A key in double quotes is expected here, as in {"key": 1}, not a."#),
            ("{1: 1}", "1:2", "", #"A key in double quotes is expected here, as in {"key": 1}, not 1."#),
            (#"{"a": 1, }"#, "1:8", "a", "The last value of an object has no comma after it."),
            ("[1}", "1:3", "[0]", "The list of line 1, column 1 is closed by ], not by }."),
            ("\n {\"a\": 1]", "2:9", "a", "The object of line 2, column 2 is closed by }, not by ]."),
            (
                "[[1]", "1:5", "[0]",
                "The text ends within the list of line 1, column 1; its closing ] is missing."
            ),
            (
                #"{"a": {"#, "1:8", "a",
                "The text ends within the object of line 1, column 7; its closing } is missing."
            ),
            (
                "[1] [2]", "1:5", "",
                "Nothing may follow the value; leave this out, or put several values into a list [ ]."
            ),
            ("]", "1:1", "", "A value is missing before ]."),
            ("[1:2]", "1:3", "[0]", "A list has no keys; an object with keys is in braces { }."),
            ("[1, // one\n2]", "1:5", "[1]", "JSON has no comments; leave them out."),
            ("[1 # one\n]", "1:4", "[0]", "JSON has no comments; leave them out."),
            (
                "[[[[[[[[[]]]]]]]]]", "1:9", "[0][0][0][0][0][0][0][0]",
                "Lists and objects are nested at most 8 levels deep; this one is deeper, so write it flat."
            ),
        ])
    func structure(text: String, position: String, path: String, reason: String) throws {
        let error = try error(Array(text.utf8))
        #expect("\(error.position.line):\(error.position.column)" == position)
        #expect(error.path.place == path)
        #expect(error.reason == reason)
    }

    @Test(
        "Words and numbers",
        arguments: [
            ("'a'", "A text is in double quotes, not in single ones."),
            ("“a”", "“a” is no value in JSON; a text is in double quotes."),
            ("lossTerm", "lossTerm is no value in JSON; a text is in double quotes."),
            ("True", "True is written in small letters: true."),
            ("NULL", "NULL is written in small letters: null."),
            ("None", "JSON has no None; the absence of a value is null."),
            ("NaN", "JSON has no number NaN."),
            ("Infinity", "JSON has no number Infinity."),
            ("-Infinity", "-Infinity is no number in JSON: a digit is missing after the sign."),
            ("truee", "truee is no value in JSON; a text is in double quotes."),
            ("+1", "+1 is no number in JSON: a number begins with a digit or with - and a digit."),
            (".5", ".5 is no number in JSON: a number begins with a digit or with - and a digit."),
            ("01", "01 is no number in JSON: a number has no zeros before it."),
            ("-", "- is no number in JSON: a digit is missing after the sign."),
            ("1.", "1. is no number in JSON: a digit is missing after the point."),
            ("1e", "1e is no number in JSON: the digits of the exponent are missing."),
            ("1e+", "1e+ is no number in JSON: the digits of the exponent are missing."),
            ("0x1F", "0x1F is no number in JSON: a comma or a closing bracket comes after a number."),
            ("1_000", "1_000 is no number in JSON: a comma or a closing bracket comes after a number."),
            ("1e400", "1e400 is too large; the largest number is about 1.8e308."),
            ("-1E+999", "-1E+999 is too large; the largest number is about 1.8e308."),
            (
                String(repeating: "9", count: 309),
                String(repeating: "9", count: 60) + "… is too large; the largest number is about 1.8e308."
            ),
            (
                String(repeating: "9", count: 250) + "e99",
                String(repeating: "9", count: 60) + "… is too large; the largest number is about 1.8e308."
            ),
            (#""a"#, "This text has no closing quote."),
            ("\"a\nb\"", #"A text ends on its line: close it by a quote, or write \n for a line break."#),
            ("\"a\tb\"", #"A control character in a text is written as an escape, such as \t or \u0007."#),
            (
                #""\x""#,
                #"The escapes are \" \\ \/ \b \f \n \r \t and \u with four digits; a backslash is \\."#
            ),
            (#""\u12g4""#, #"The escape \u has four digits of 0 to 9 and a to f."#),
            (#""\u12"#, #"The escape \u has four digits of 0 to 9 and a to f."#),
            (#""\ud800""#, "This escape is half of a character; its second half is missing."),
            (#""\ud800\u0041""#, "This escape is half of a character; its second half is missing."),
            (#""\udc00""#, "This escape is half of a character; its first half is missing."),
        ])
    func scalars(text: String, reason: String) throws {
        let error = try error(Array("[0, \(text)]".utf8))
        #expect(error.reason == reason)
        #expect(error.path == [.index(1)])
        #expect(error.position.line == 1 && error.position.column >= 5)
    }

    @Test(
        "Bytes that are not UTF-8",
        arguments: [
            [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xC3, 0x28], [0xE0, 0x80, 0x80], [0xE2, 0x82],
            [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80],
            [0xFF],
            [0xF0, 0x9F, 0x98],
        ] as [[UInt8]])
    func notUTF8(bytes: [UInt8]) throws {
        let quote = UInt8(ascii: "\"")
        let error = try error([quote, 0x61] + bytes + [quote])
        #expect(error.reason == "These bytes are not UTF-8; save the text as UTF-8.")
        #expect(error.position.column == 3)
        // Cut off at the end of the text.
        #expect(try self.error([quote] + bytes).reason.contains("UTF-8"))
    }

    @Test(
        "Other encodings",
        arguments: [
            [0xEF, 0xBB, 0xBF, 0x5B, 0x5D], [0xFF, 0xFE, 0x5B, 0], [0xFE, 0xFF, 0, 0x5B], [0x5B, 0, 0x5D, 0],
            [0, 0x5B, 0, 0x5D], [0x5B, 0, 0, 0],
        ] as [[UInt8]])
    func otherEncodings(bytes: [UInt8]) throws {
        #expect(try error(bytes).reason.hasSuffix("save it as UTF-8 without a byte order mark."))
    }

    @Test("Keys are compared by their scalars after escapes", arguments: [1, 7, 8, 9, 100])
    func repeatedKeys(others: Int) throws {
        let keys = (0..<others).map { "\"k\($0)\": 0, " }.joined()
        for (first, second) in [
            ("strength", "strength"), ("strength", #"\u0073trength"#), (#"\/"#, "/"), (#"\ud83d\ude00"#, "😀"),
        ] {
            let error = try error(Array("[{\(keys)\"\(first)\": 1,\n\"\(second)\": 2}]".utf8))
            #expect(
                error.reason.hasSuffix(
                    "is given twice, first at line 1, column \(keys.count + 3); leave one of them out."))
            #expect((error.position.line, error.position.column) == (2, 1))
            #expect(error.path.count == 2)
        }
        // é as one scalar and as two, and keys that only begin alike.
        for (first, second) in [
            ("\u{E9}", "e\u{301}"), ("a", "a\u{0308}"), ("k", "kk"), ("\\u0000", "\\u0000\\u0000"),
        ] {
            let document = try JSONDocument(
                Array("{\(keys)\"\(first)\": 1, \"\(second)\": 2}".utf8), levels: 8)
            #expect(Array(document.root.children).count == 2 * (others + 2))
        }
    }

    @Test("No text overflows the stack, and a long one is read once")
    func longTexts() throws {
        let brackets = Array(repeating: UInt8(ascii: "["), count: 100_000)
        #expect(try error(brackets).position.column == 9)
        #expect(
            try error(brackets, levels: 200_000).reason.hasPrefix(
                "The text ends within the list of line 1, column 100000"))
        let keys = (0..<20_000).map { "\"a key with many characters, all alike but for the last \($0)\":0" }
        #expect(throws: Never.self) {
            try JSONDocument(Array("{\(keys.joined(separator: ","))}".utf8), levels: 1)
        }
    }
}
