import Foundation
import StrictJSON
import Testing

@Suite("A text that was read strictly is decoded as Foundation does, with the place of what does not fit")
struct DocumentDecoderTests {
    private struct Everything: Codable, Hashable {
        enum Kind: String, Codable { case a, b }
        struct Inner: Codable, Hashable { var x: Int? }

        var url = URL(string: "https://example.org/a?b=c")
        var data = Data([0, 1, 255])
        var date = Date(timeIntervalSinceReferenceDate: 1234.5)
        var decimal = Decimal(string: "0.1")
        var numbers: [Int8] = [-128, 127]
        var largest = UInt64.max
        var float: Float = 0.1
        var double = 0.1
        var flag = true
        var kinds: [Kind] = [.a, .b]
        var optional: [Int?] = [1, nil, 3]
        var inner = Inner(x: nil)
        var byName = ["a": [1.5], "e\u{301}": []]
        var byNumber = [1: "a", -2: "b"]
        var text = "\"\\/\n\u{0}é😀"
    }

    private struct Wide: Decodable { let values: [String: Int] }

    /// Two keys that Swift takes for one: é as one scalar and as two.
    private struct Accents: Decodable {
        struct Key: CodingKey {
            let stringValue: String
            var intValue: Int? { nil }
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        let composed: Int
        let decomposed: Int

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: Key.self)
            composed = try values.decode(Int.self, forKey: Key(stringValue: "\u{E9}"))
            decomposed = try values.decode(Int.self, forKey: Key(stringValue: "e\u{301}"))
        }
    }

    private func decode<Value: Decodable>(_ type: Value.Type, _ json: String) throws(JSONError) -> Value {
        try JSONDocument(Array(json.utf8), levels: 8).decode(type)
    }

    private func error<Value: Decodable>(_ type: Value.Type, _ json: String) -> JSONError? {
        do throws(JSONError) {
            _ = try decode(type, json)
            return nil
        } catch { return error }
    }

    @Test("Everything is read as it was written, and as Foundation reads it")
    func everything() throws {
        let text = try JSONEncoder().encode(Everything())
        let read = try decode(Everything.self, String(decoding: text, as: UTF8.self))
        #expect(read == Everything())
        #expect(try read == JSONDecoder().decode(Everything.self, from: text))
    }

    @Test("Whole numbers may be written as 3.0 and 3e0, and are exact beyond 2^53")
    func wholeNumbers() throws {
        let read = try decode(
            [Int].self, "[3.0, 3e0, -0, 9007199254740993, 9223372036854775807]")
        #expect(read == [3, 3, 0, 9_007_199_254_740_993, .max])
        #expect(error([Int].self, "[9223372036854775808]")?.reason.contains("does not fit") == true)
        #expect(
            error([UInt8].self, "[255, -1]")?.description.hasPrefix("line 1, column 7: [1]: -1 does not fit")
                == true)
        #expect(error([Int].self, "[0.5]")?.reason == "A whole number is expected here, not 0.5.")
        #expect(
            error([Float].self, "[1e39]")?.reason
                == "1e39 is too large for Float, which holds up to about 3.4e38.")
    }

    @Test(
        "Numbers are rounded once",
        arguments: ["0.1", "1.00000005960464477540", "16777217", "3.4028235e38", "1e-46"])
    func rounding(text: String) throws {
        let read = try decode([Float].self, "[\(text)]")
        #expect(read[0].bitPattern == Float(text)?.bitPattern)
    }

    @Test("Another kind of value says what is expected, what is there, and what to do")
    func kinds() throws {
        #expect(
            error([Int].self, "3")?.reason
                == "A list is expected here, not a number; put [ before it and ] after it.")
        #expect(
            error([String].self, "[3]")?.reason
                == "A text in quotes is expected here, not a number; put quotes around it.")
        #expect(
            error([Double].self, #"["0.5"]"#)?.reason
                == "A number is expected here, not a text; leave the quotes out.")
        #expect(
            error([Bool].self, #"["true"]"#)?.reason
                == "True or false is expected here, not a text; leave the quotes out.")
        #expect(error([Bool].self, "[null]")?.reason == "True or false is expected here, not null.")
        #expect(
            error([String: Int].self, "[]")?.reason
                == "An object is expected here, not a list; write { }, with a key and a value in it.")
        #expect(error([URL].self, #"[""]"#)?.reason == "An address is expected here.")
        #expect(error([Data].self, #"["?"]"#)?.reason == "Data are expected here as a text in Base64.")
        for (name, shown) in [("c", "c"), ("", ""), ("\u{301}c", "\u{301}c"), (#"c\nd"#, "c\nd")] {
            #expect(
                error([Everything.Kind].self, "[\"\(name)\"]")?.reason == "There is no \"\(shown)\" here.")
        }
        #expect(error((Everything).self, "{}")?.reason.hasSuffix("is missing.") == true)
    }

    @Test("Keys are told apart by their scalars, also in an object of many")
    func manyKeys() throws {
        let pairs = (0..<1_000).map { #""k\#($0)": \#($0)"# }.joined(separator: ", ")
        let wide = try decode(Wide.self, #"{"values": {\#(pairs)}}"#)
        #expect(wide.values.count == 1_000 && wide.values["k999"] == 999)
        #expect(error(Wide.self, #"{"values": {\#(pairs), "k7": 1}}"#)?.path.place == "values.k7")
        for others in ["", ", " + pairs] {
            let accents = try decode(Accents.self, "{\"\u{E9}\": 1, \"e\u{301}\": 2\(others)}")
            #expect(accents.composed == 1 && accents.decomposed == 2)
        }
    }
}
