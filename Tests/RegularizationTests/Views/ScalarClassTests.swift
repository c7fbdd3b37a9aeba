import Testing

@testable import Regularization

@Suite("ScalarClass")
struct ScalarClassTests {
    @Test("The kinds of a scalar")
    func kinds() {
        let expected: [(Unicode.Scalar, ScalarClass.Kinds)] = [
            ("0", [.digit, .word]), ("٣", [.digit, .word]), ("²", []), ("Ⅷ", .word), ("a", .word),
            ("Z", .word),
            ("_", .word), ("‿", .word), ("é", .word), ("層", .word), ("\u{301}", .word), ("\u{200D}", .word),
            (" ", .space), ("\t", .space), ("\n", .space), ("\u{2003}", .space), (".", []), ("-", []),
            ("🧠", []),
        ]
        for (scalar, kinds) in expected {
            #expect(ScalarClass.Kinds(of: scalar) == kinds, "\(scalar.debugDescription)")
        }
    }

    @Test("Ranges in any order, overlapping or within each other, are one set")
    func ranges() {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<100 {
            let ranges = (0..<6).map { _ in
                let low = UInt32.random(in: 0...40, using: &random)
                return low...low + UInt32.random(in: 0...8, using: &random)
            }
            let (some, others) = (ScalarClass(ranges), ScalarClass(ranges, isNegated: true))
            for value in 0...50 as ClosedRange<UInt32> {
                let scalar = Unicode.Scalar(UInt8(value))
                let isContained = ranges.contains { $0.contains(value) }
                #expect(some.contains(scalar, of: []) == isContained)
                #expect(others.contains(scalar, of: []) == !isContained)
            }
        }
    }
}
