import TensorFiles
import Testing

@Suite("Types of NumPy that have no conversion are refused with what to do about them")
struct NPYTypeTests {
    /// Types with the size of an element in bits, 0 for any, and a part of the sentence.
    static let others: [(descr: String, bits: Int, advice: String)] = [
        ("<c8", 64, "save array.real and array.imag by themselves"),
        (">c16", 128, "save array.real and array.imag by themselves"),
        ("<c32", 256, "save array.real and array.imag by themselves"),
        ("<f16", 128, #"save array.astype("f8")"#),
        ("<f12", 96, #"save array.astype("f8")"#),
        ("<f1", 8, #"save array.astype("f8")"#),
        ("<V2", 16, "probably bfloat16"),
        ("|V2", 16, "probably bfloat16"),
        ("|V5", 40, "bytes whose meaning NumPy loses"),
        ("<U3", 96, "texts"),
        ("|S7", 56, "texts"),
        ("<U0", 0, "texts"),
        ("<M8[25us]", 64, #"array.astype("i8")"#),
        ("<m8", 64, #"array.astype("i8")"#),
        ("|O", 0, "a program that is not run here"),
        ("|O8", 0, "a program that is not run here"),
    ]

    @Test("In an `.npy` file, on opening it", arguments: others)
    func alone(descr: String, bits: Int, advice: String) throws {
        let file = npy(header(descr: "'\(descr)'"), Array(repeating: 0, count: bits / 8))
        let error = try withFile(file, ".npy") { path in
            #expect(throws: TensorFileError.self) { try TensorFile(path) }
        }
        #expect(error?.kind == .otherType)
        #expect(error?.reason.hasPrefix("The type \(descr) is not converted.") == true)
        #expect(error?.reason.contains(advice) == true)
    }

    @Test("In an archive, on reading them, and the others in it are read", arguments: others)
    func inAnArchive(descr: String, bits: Int, advice: String) throws {
        let other = npy(header(descr: "'\(descr)'"), Array(repeating: 0, count: bits / 8))
        let archive = Archive([.init("other.npy", other), .init("floats.npy", npy(floats: 2))])
        try withFile(archive.bytes, ".npz") { path in
            let file = try TensorFile(path)
            #expect(try file.floats(of: "floats") == [1, 2])
            #expect(file["other"]?.type == .other(descr, bits: bits))
            let error = #expect(throws: TensorFileError.self) { try file.floats(of: "other") }
            #expect(error?.kind == .otherType)
            #expect(error?.reason.contains(advice) == true)
        }
    }

    @Test(
        "Lists of fields, in either way", arguments: ["[('a', '<f4'), ('', '|V4', (2L,))]", "('<f4', (2,))"])
    func fields(_ list: String) throws {
        let array = npy(header(descr: list), [1, 2, 3])
        #expect(
            try failure(array, ".npy")?.reason.contains(#"save each by itself, as array["name"]"#) == true)
        let archive = Archive([.init("other.npy", array), .init("floats.npy", npy(floats: 2))])
        try withFile(archive.bytes, ".npz") { path in
            let file = try TensorFile(path)
            #expect(try file.floats(of: "floats") == [1, 2])
            #expect(file["other"]?.type == .other(list, bits: 0))
        }
    }

    @Test("An archive with too few or too many bytes for such a type is refused as a whole")
    func sizes() throws {
        for count in [7, 9] {
            let other = npy(header(descr: "'<c8'"), Array(repeating: 0, count: count))
            let error = try failure(Archive([.init("other.npy", other)]).bytes, ".npz")
            #expect(error?.kind == .malformed)
            #expect(
                error?.reason.contains("needs 8 bytes, but behind its header the entry has \(count)") == true)
        }
    }

    @Test(
        "What NumPy has no type for",
        arguments: [
            "", "<", "<f", "<f0", "<f3", "<f04", "<f4 ", "<<f4", "f4<", "<i16", "<u0", "b2", "?1", "<q8",
            "<F4",
            "float32", "<f4[s]", "<M8s]", "<M4", "S", "<U99999999999", "?99999999999", "m99999999999", "<f٤",
            "<c4",
            "<M8[\(String(repeating: "s", count: 30))]",
        ])
    func none(_ descr: String) throws {
        let error = try failure(npy(header(descr: "'\(descr)'"), [0, 0, 0, 0], version: 3), ".npy")
        #expect(error?.kind == .malformed)
        #expect(error?.reason.contains("is none that np.save writes") == true)
    }

    @Test(
        "Every type that is converted, in both orders of bytes",
        arguments: [
            ("f8", .float64, [0, 0, 0, 0, 0, 0, 0x0A, 0xC0]), ("f4", .float32, [0, 0, 0x50, 0xC0]),
            ("f2", .float16, [0x80, 0xC2]), ("i8", .int64, [0xFD, 255, 255, 255, 255, 255, 255, 255]),
            ("i4", .int32, [0xFD, 255, 255, 255]), ("i2", .int16, [0xFD, 255]), ("i1", .int8, [0xFD]),
            ("u8", .uint64, [3, 0, 0, 0, 0, 0, 0, 0]), ("u4", .uint32, [3, 0, 0, 0]),
            ("u2", .uint16, [3, 0]),
            ("u1", .uint8, [3]), ("b1", .bool, [2]), ("?", .bool, [1]),
        ] as [(String, TensorType, [UInt8])])
    func converted(descr: String, type: TensorType, bytes: [UInt8]) throws {
        let value: Float =
            switch type {
            case .float64, .float32, .float16: -3.25
            case .int64, .int32, .int16, .int8: -3
            case .bool: 1
            default: 3
            }
        for (order, bytes) in [
            ("<", bytes), ("=", bytes), ("|", bytes), ("", bytes), (">", bytes.reversed()),
        ] {
            try withFile(npy(header(descr: "'\(order)\(descr)'"), bytes), ".npy") { path in
                let file = try TensorFile(path)
                #expect(file.tensors.map(\.type) == [type])
                #expect(try file.floats(of: "") == [value], "\(order)\(descr)")
            }
        }
    }
}
