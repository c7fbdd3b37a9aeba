import Foundation
import TensorFiles
import Testing

@Suite("Elements are converted with one rounding, and what is lost is said")
struct TensorFileReadingTests {
    /// One tensor x of a type, opened.
    private func open<Number>(_ type: String, _ numbers: [Number]) throws -> TensorFile {
        let data = bytes(numbers)
        let header =
            #"{"x":{"dtype":"\#(type)","shape":[\#(numbers.count)],"data_offsets":[0,\#(data.count)]}}"#
        // The file stays open when its name is gone.
        return try withFile(safetensors(header, data), "x.safetensors") { try TensorFile($0) }
    }

    private func error(_ body: () throws -> some Any) -> TensorFileError? {
        do {
            _ = try body()
            return nil
        } catch { return error as? TensorFileError }
    }

    #if !(os(macOS) && arch(x86_64))
        @Test("Every number of half precision is the one that the processor has")
        func half() throws {
            let all = (0...UInt16.max).map { $0 }
            let floats = try open("F16", all).floats(of: "x", exact: true)
            for (bits, float) in zip(all, floats) {
                let half = Float(Float16(bitPattern: bits))
                #expect(float.bitPattern == half.bitPattern || float.isNaN && half.isNaN)
            }
        }
    #endif

    @Test("bfloat16 is the upper half of a Float")
    func bfloat() throws {
        let all = (0...UInt16.max).map { $0 }
        let floats = try open("BF16", all).floats(of: "x", exact: true)
        #expect(floats.map { UInt32($0.bitPattern) } == all.map { UInt32($0) << 16 })
    }

    @Test("Large whole numbers are not rounded twice")
    func wholeNumbers() throws {
        // By way of Double, the first loses its last bit and is then rounded down as a tie.
        let numbers: [Int64] = [1 << 60 + 1 << 36 + 1, -(1 << 60 + 1 << 36 + 1), .max, .min, 0, 1 << 24 + 1]
        let file = try open("I64", numbers)
        #expect(try file.floats(of: "x") == numbers.map { Float($0) })
        #expect(try file.floats(of: "x")[0] == 0x1.000002p60)
        #expect(try file.doubles(of: "x") == numbers.map { Double($0) })
        #expect(try open("U64", [UInt64.max]).floats(of: "x") == [0x1p64])
        for type in ["I64", "U64"] {
            #expect(try open(type, [UInt64(1 << 40)]).floats(of: "x", exact: true) == [0x1p40])
            #expect(
                error { try open(type, [UInt64(1 << 24 + 1)]).floats(of: "x", exact: true) }?.kind == .inexact
            )
            #expect(
                error { try open(type, [UInt64(Int64.max)]).doubles(of: "x", exact: true) }?.kind
                    == .inexact)
        }
        #expect(error { try open("I32", [Int32.max]).floats(of: "x", exact: true) }?.kind == .inexact)
        #expect(try open("I32", [Int32.max]).doubles(of: "x", exact: true) == [2_147_483_647])
    }

    @Test("A finite number that is too large for a Float is an error that names tensor and element")
    func overflow() throws {
        let file = try open("F64", [1, 0x1.fffffefffffffp127, -.infinity, .nan, 0x1.ffffffp127])
        let found = error { try file.floats(of: "x") }
        #expect(found?.kind == .overflow)
        #expect(found?.tensor == "x")
        #expect(found?.reason.hasPrefix("Element 4 of the file, counted from 0, is too large") == true)
        let doubles = try file.doubles(of: "x", exact: true)
        #expect(doubles[4] == 0x1.ffffffp127)
        let fits = try open("F64", [0x1.fffffefffffffp127, -.infinity, .nan]).floats(of: "x")
        #expect(fits[0] == .greatestFiniteMagnitude && fits[1] == -.infinity && fits[2].isNaN)
    }

    @Test("Exactly means without rounding, and NaN is not rounded")
    func exact() throws {
        #expect(error { try open("F64", [0.5, 0.1]).floats(of: "x", exact: true) }?.kind == .inexact)
        #expect(error { try open("F64", [1e-50]).floats(of: "x", exact: true) }?.kind == .inexact)
        let floats = try open("F64", [0.5, -0.0, .infinity, .nan]).floats(of: "x", exact: true)
        #expect(floats[..<3] == [0.5, 0, .infinity] && floats[1].sign == .minus && floats[3].isNaN)
    }

    @Test("More elements than a block holds are all read, from a place that no Float is aligned to")
    func blocks() throws {
        let numbers = (0..<300_001).map { Double($0) }
        #expect(try open("F64", numbers).floats(of: "x") == numbers.map { Float($0) })
        let floats = numbers.map { Float($0) }
        let file = try open("F32", floats)
        #expect(try file.floats(of: "x") == floats)
        #expect(try file.doubles(of: "x") == numbers)
    }

    @Test("Memory of another size is an error, and so is a type without a conversion")
    func refusals() throws {
        let file = try open("F32", [Float(1), 2, 3])
        var memory: [Float] = [0, 0]
        var span = memory.mutableSpan
        let found: TensorFileError?
        do {
            try file.read("x", into: &span)
            found = nil
        } catch { found = error }
        #expect(found?.kind == .shape)
        let complex = try open("C64", [0.0])
        #expect(complex.tensors[0].type == .other("C64", bits: 64))
        #expect(error { try complex.floats(of: "x") }?.kind == .otherType)
    }
}
