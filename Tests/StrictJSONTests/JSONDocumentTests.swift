import StrictJSON
import Testing

@Suite("The values of a JSON text")
struct JSONDocumentTests {
    static let text = """
        {"list": [1, -2.5e-3, [], {}],
         "text": "a\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00é😀", "\\u0061.b": {"c": null},
         "true": true, "false": false}
        """

    private func document(_ text: String = text) throws -> JSONDocument {
        try JSONDocument(Array(text.utf8), levels: 8)
    }

    @Test("Kinds, texts and children, in the order of the text")
    func values() throws {
        let root = try document().root
        #expect(root.kind == .object)
        let children = Array(root.children)
        #expect(
            children.map(\.kind) == [
                .text, .list, .text, .text, .text, .object, .text, .bool, .text, .bool,
            ])
        #expect(children[0].text == "list")
        #expect(children[1].children.map(\.text) == ["1", "-2.5e-3", "[]", "{}"])
        #expect(children[1].children.map(\.kind) == [.number, .number, .list, .object])
        #expect(children[3].text == "a\"\\/\u{8}\u{C}\n\r\t\u{E9}\u{1F600}\u{E9}\u{1F600}")
        #expect(children[4].text == "a.b")
        #expect(children[5].children.map(\.text) == ["c", "null"])
        #expect(children[7].text == "true" && children[9].text == "false")
        #expect(children[7].children.isAtEnd)
    }

    @Test(
        "A text of each kind is a whole document",
        arguments: [
            ("1", "1"), ("\"a\"", "a"), ("true", "true"), ("false", "false"), ("null", "null"), ("[]", "[]"),
            ("{}", "{}"), (" [ ] \r\n\t", "[ ]"),
        ])
    func wholes(text: String, value: String) throws {
        #expect(try document(text).root.text == value)
    }

    @Test(
        "Numbers at their limits",
        arguments: ["0", "-0", "1e308", "1.7976931348623157e308", "1e-999", "0e999", "0.000e+10"])
    func numbers(text: String) throws {
        #expect(try document(text).root.text == text)
    }

    @Test("A value is found by its path, or what is nearest to it on the way")
    func paths() throws {
        let root = try document().root
        let number = root.value(along: [.key("list"), .index(1)])
        #expect(number.text == "-2.5e-3")
        #expect("\(number.position)" == "line 1, column 14")
        #expect(root.value(along: [.key("a.b"), .key("c")]).kind == .null)
        #expect("\(root.value(along: [.key("true")]).position)" == "line 3, column 10")
        #expect(root.value(along: [.key("list"), .index(4)]).kind == .list)
        #expect(root.value(along: [.key("list"), .index(-1)]).kind == .list)
        #expect(root.value(along: [.key("none"), .key("c")]).kind == .object)
        #expect(root.value(along: [.index(0)]).kind == .object)
        #expect(root.value(along: []).kind == .object)
    }
}
