import TensorFiles
import Testing

@Suite("The header of an array is parsed as Python writes it, and never evaluated")
struct NPYHeaderTests {
    private static let one = littleEndian(Int(Float(1).bitPattern), 4)

    @Test(
        "Anything that says the same is read",
        arguments: [
            "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }",
            "{\"shape\":(1 ,),\"fortran_order\":True,\"descr\":\"<f4\"}",
            "\n { 'shape' :\t( 1 , ) ,\r\n 'descr' : '=f4' , 'fortran_order' : False }\n\n",
            "{'descr': 'f4', 'fortran_order': False, 'shape': (1L,)}",
            "{'descr': '|f4', 'fortran_order': False, 'shape': ()}",
            "{'descr': '<f4', 'fortran_order': True, 'shape': (1, 1,)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1, 1L, 1)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (\(String(repeating: "1, ", count: 64)))}",
        ], [1, 2, 3] as [UInt8])
    func read(_ header: String, version: UInt8) throws {
        #expect(try tensors(npy(header, Self.one, version: version), ".npy") == ["": [1]])
    }

    @Test(
        "Anything else is refused with a sentence that says where, or what",
        arguments: [
            ("", "a { is expected, and it ends there"),
            ("[]", "At byte 0 of the header a { is expected, not \"[] "),
            ("{}", "The header has no descr and no fortran_order and no shape."),
            ("{,}", "a text in quotes"),
            ("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), ", "a text in quotes"),
            ("{'descr': '<f4', 'fortran_order': False, 'shape': (1,),, }", "a text in quotes"),
            ("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), } + {}", "nothing more"),
            ("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }\u{0}", "nothing more"),
            ("{'descr' '<f4', 'fortran_order': False, 'shape': (1,), }", "a : is expected"),
            ("{'descr': '<f4' 'fortran_order': False, 'shape': (1,), }", "a } is expected"),
            ("{descr: '<f4', 'fortran_order': False, 'shape': (1,), }", "a text in quotes"),
            ("{'descr\": '<f4', 'fortran_order': False, 'shape': (1,), }", "a : is expected"),
            ("{'descr': '<f4, 'fortran_order': False, 'shape': (1,), }", "is none that np.save writes"),
            ("{'descr': '<f4", "a text that ends"),
            ("{'descr': '\\x3cf4', 'fortran_order': False, 'shape': (1,), }", "a text without escapes"),
            ("{'descr': '<f\n4', 'fortran_order': False, 'shape': (1,), }", "a text without escapes"),
            ("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", "descr twice"),
            ("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'shape': (1,)}", "shape twice"),
            ("{'fortran_order': False, 'fortran_order': False, 'shape': ()}", "fortran_order twice"),
            (
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'extra': 1}",
                "The header has \"extra\""
            ),
            ("{'descr': '<f4', 'fortran_order': 0, 'shape': (1,), }", "True or False"),
            ("{'descr': '<f4', 'fortran_order': 'False', 'shape': (1,), }", "True or False"),
            ("{'descr': '<f4', 'fortran_order': Falsehood, 'shape': (1,), }", "a } is expected"),
            ("{'descr': '<f4', 'fortran_order': False, 'shape': (1), }", "a comma, as in (3,), is expected"),
            ("{'descr': '<f4', 'fortran_order': False, 'shape': 1, }", "a ( is expected"),
            ("{'descr': '<f4', 'fortran_order': False, 'shape': [1], }", "a ( is expected"),
            ("{'descr': '<f4', 'fortran_order': False, 'shape': (,), }", "a dimension, a whole number"),
            ("{'descr': '<f4', 'fortran_order': False, 'shape': (1,,), }", "a dimension"),
            ("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1.0), }", "a comma or a )"),
            ("{'descr': '<f4', 'fortran_order': False, 'shape': (1e0,), }", "a comma, as in"),
            ("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", "a dimension"),
            ("{'descr': '<f4', 'fortran_order': False, 'shape': (+1,), }", "a dimension"),
            ("{'descr': '<f4', 'fortran_order': False, 'shape': (01,), }", "a dimension"),
            ("{'descr': '<f4', 'fortran_order': False, 'shape': (0x1,), }", "a comma, as in"),
            ("{'descr': '<f4', 'fortran_order': False, 'shape': (1_0,), }", "a comma, as in"),
            ("{'descr': '<f4', 'fortran_order': False, 'shape': (True,), }", "a dimension"),
            ("{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775808,), }", "a dimension"),
            ("{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807, 0), }", "counted"),
            ("{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 4), }", "counted"),
            ("{'descr': '|O', 'fortran_order': False, 'shape': (9223372036854775807, 2), }", "counted"),
            ("{'descr': '<U0', 'fortran_order': False, 'shape': (0, 9223372036854775807, 2), }", "counted"),
            (
                "{'descr': '<f4', 'fortran_order': False, 'shape': (\(String(repeating: "1, ", count: 65))), }",
                "more than the 64 dimensions"
            ),
            ("{'descr': [('a', '<f4'), 'fortran_order': False, 'shape': (1,), }", "a list of fields"),
            ("{'descr': [__import__('os')], 'fortran_order': False, 'shape': (1,), }", "a list of fields"),
            ("{'descr': [('a', '<f4\\'", "the end of a text"),
            ("{'descr': " + String(repeating: "[", count: 60_000), "a ] is expected"),
        ])
    func refused(_ header: String, reason: String) throws {
        let error = try #require(try failure(npy(header, Self.one, version: 2), ".npy"))
        #expect(error.kind == .malformed)
        #expect(error.reason.contains(reason), "\(error)")
    }

    @Test("Before version 3.0 a header is Latin-1, and from then on UTF-8")
    func encodings() throws {
        let fields =
            Array("{'descr': [('".utf8) + [0xE9]
            + Array("', '<f4')], 'fortran_order': False, 'shape': ()}".utf8)
        #expect(try failure(npy(fields, Self.one), ".npy")?.reason.contains("[('é', '<f4')]") == true)
        #expect(
            try failure(npy(fields, Self.one, version: 3), ".npy")?.reason.contains("is no UTF-8") == true)
        let unicode = header(descr: "[('é', '<f4')]")
        let error = try failure(npy(unicode, Self.one, version: 3), ".npy")
        #expect(error?.reason.contains("[('é', '<f4')]") == true)
        #expect(error?.kind == .otherType)
    }

    @Test(
        "Other versions are refused",
        arguments: [(0, 0), (1, 1), (2, 1), (4, 0), (255, 0)] as [(UInt8, UInt8)])
    func versions(major: UInt8, minor: UInt8) throws {
        var file = npy(floats: 1)
        (file[6], file[7]) = (major, minor)
        let error = try failure(file, ".npy")
        #expect(error?.reason.contains("of version \(major).\(minor) of the format") == true)
    }
}
