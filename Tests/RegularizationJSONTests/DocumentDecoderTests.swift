import Foundation
import Regularization
import RegularizationJSON
import Testing

/// Types of one's own, decoded beside penalties.
@Suite("What a configuration holds beside penalties is decoded as Foundation does")
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

    private func error<Value: Decodable>(_ type: Value.Type, _ json: String) -> ConfigurationError? {
        do throws(ConfigurationError) {
            _ = try RegularizerRegistry.builtIn.decode(type, from: Data(json.utf8))
            return nil
        } catch { return error }
    }

    @Test("Everything is read as it was written, and as Foundation reads it")
    func everything() throws {
        let text = try RegularizerRegistry.builtIn.encode(Everything())
        let read = try RegularizerRegistry.builtIn.decode(Everything.self, from: text)
        #expect(read == Everything())
        #expect(try read == JSONDecoder().decode(Everything.self, from: text))
    }

    @Test("Whole numbers may be written as 3.0 and 3e0, and are exact beyond 2^53")
    func wholeNumbers() throws {
        let read = try RegularizerRegistry.builtIn.decode(
            [Int].self, from: Data("[3.0, 3e0, -0, 9007199254740993, 9223372036854775807]".utf8))
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
        let read = try RegularizerRegistry.builtIn.decode([Float].self, from: Data("[\(text)]".utf8))
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
        let wide = try RegularizerRegistry.builtIn.decode(
            Wide.self, from: Data(#"{"values": {\#(pairs)}}"#.utf8))
        #expect(wide.values.count == 1_000 && wide.values["k999"] == 999)
        #expect(error(Wide.self, #"{"values": {\#(pairs), "k7": 1}}"#)?.place == "values.k7")
        // Two names that Swift takes for one: one of the factors would be lost.
        let twice = error(StrengthFactor.self, "{\"byName\": {\"\u{E9}\": 1, \"e\u{301}\": 2}}")
        #expect(
            twice?.description
                == "line 1, column 12: byName: Two of these names are equal, though not written alike.")
    }
}
