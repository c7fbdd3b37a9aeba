import Regularization
import Testing

@testable import TensorFiles

@Suite("An `.npz` archive is written so that NumPy reads it")
struct TensorFileContentsNPZTests {
    @Test("The bytes, in the order of the names")
    func bytes() throws {
        var contents = TensorFileContents()
        contents.add("é", [], [2] as [Float])
        contents.add("b", [2], [1, 2] as [Float])
        var alone = TensorFileContents()
        alone.add("", [], [2] as [Float])
        let scalar = try written(alone, ".npy")
        alone = TensorFileContents()
        alone.add("", [2], [1, 2] as [Float])
        let two = try written(alone, ".npy")
        // Version 2.0, flags, stored, 0:00, 1 January 1980, the checksum by zlib, both sizes, the length of the name.
        let first: [UInt8] = [
            20, 0, 0, 0, 0, 0, 0, 0, 33, 0, 0x9A, 0xCA, 0xAB, 0xE7, 136, 0, 0, 0, 136, 0, 0, 0, 5, 0, 0, 0,
        ]
        let second: [UInt8] = [
            20, 0, 0, 8, 0, 0, 0, 0, 33, 0, 0xC6, 0xA8, 0xA6, 0x56, 132, 0, 0, 0, 132, 0, 0, 0, 6, 0, 0, 0,
        ]
        let none = Array(repeating: UInt8(0), count: 10)
        let (b, accent) = (Array("b.npy".utf8), Array("é.npy".utf8))
        let entries: [[UInt8]] = [
            [0x50, 0x4B, 3, 4], first, b, two, [0x50, 0x4B, 3, 4], second, accent, scalar,
        ]
        let start = littleEndian(entries.joined().count, 4)
        let directory: [[UInt8]] = [
            [0x50, 0x4B, 1, 2, 20, 0], first, none, [0, 0, 0, 0], b,
            [0x50, 0x4B, 1, 2, 20, 0], second, none, [171, 0, 0, 0], accent,
        ]
        let end: [[UInt8]] = [[0x50, 0x4B, 5, 6, 0, 0, 0, 0, 2, 0, 2, 0, 103, 0, 0, 0], start, [0, 0]]
        let expected = Array((entries + directory + end).joined())
        #expect(try written(contents, ".npz") == expected)
    }

    @Test("No arrays are the end alone")
    func nothing() throws {
        let file = try written(TensorFileContents(), ".npz")
        #expect(file == Array("PK\u{5}\u{6}".utf8) + Array(repeating: 0, count: 18))
        #expect(try tensors(file, ".npz").isEmpty)
    }

    @Test("What is written is read, in whatever order it was added")
    func roundTrip() throws {
        let floats: [(String, Shape, [Float])] = [
            ("w", [2, 3], [1, 2, 3, 4, 5, -0.0]), ("", [], [7]), ("e", [0, 4], []),
            ("a/b.npy", [1], [.infinity]),
            ("caf\u{E9}", [1], [1]), ("cafe\u{301}", [1], [2]),
            (String(repeating: "n", count: 65_531), [1], [3]),
        ]
        var contents = TensorFileContents()
        var reversed = TensorFileContents()
        for tensor in floats { contents.add(tensor.0, tensor.1, tensor.2) }
        contents.add("doubles", [2], [0.1, 1e300] as [Double])
        reversed.add("doubles", [2], [0.1, 1e300] as [Double])
        for tensor in floats.reversed() { reversed.add(tensor.0, tensor.1, tensor.2) }
        let bytes = try written(contents, ".npz")
        #expect(try written(reversed, ".npz") == bytes)
        try withFile(bytes, ".npz") { path in
            let file = try TensorFile(path)
            #expect(file.tensors.count == floats.count + 1)
            for (name, shape, elements) in floats {
                #expect(file[name]?.shape == shape)
                #expect(try file.floats(of: name).map(\.bitPattern) == elements.map(\.bitPattern))
            }
            #expect(file["doubles"]?.type == .float64)
            #expect(try file.doubles(of: "doubles") == [0.1, 1e300])
        }
    }

    @Test("What the format does not hold is an error")
    func unwritable() throws {
        let long = String(repeating: "n", count: 65_532)
        for (contents, reason) in [
            (
                TensorFileContents(metadata: ["about": ""]),
                "NumPy's files have no metadata, such as \"about\""
            ),
            (Self.contents(long), "The name has 65532 bytes; a zip archive takes 65531 at most."),
            (Self.contents("a\0b"), "NumPy reads the name up to its NUL character; choose another."),
        ] {
            let error = #expect(throws: TensorFileError.self) { try written(contents, ".npz") }
            #expect(error?.kind == .unwritable)
            #expect(error?.reason.hasPrefix(reason) == true)
        }
    }

    private static func contents(_ name: String) -> TensorFileContents {
        var contents = TensorFileContents()
        contents.add(name, [], [1] as [Float])
        return contents
    }

    @Test("Numbers that do not fit are wide, and no others")
    func wide() {
        func entry(size: Int, at start: Int) -> ZipEntry { ZipEntry(stored: "x", 0, size: size, at: start) }
        let ones: [UInt8] = [255, 255, 255, 255]
        let small = entry(size: 0xFFFF_FFFE, at: 0xFFFF_FFFE)
        #expect(small.header.count == 31 && small.directoryHeader.count == 47)
        #expect(small.header[18..<26] == [254, 255, 255, 255, 254, 255, 255, 255])
        #expect(small.directoryHeader[42..<46] == [254, 255, 255, 255])
        let large = entry(size: 0xFFFF_FFFF, at: 1)
        #expect(large.header[4] == 45 && Array(large.header[18..<26]) == ones + ones)
        #expect(Array(large.header[31...]) == wideField([0xFFFF_FFFF, 0xFFFF_FFFF]))
        #expect(Array(large.directoryHeader[47...]) == wideField([0xFFFF_FFFF, 0xFFFF_FFFF]))
        let far = entry(size: 1, at: 1 << 40)
        #expect(far.header.count == 31)
        #expect(Array(far.directoryHeader[42...]) == ones + Array("x".utf8) + wideField([1 << 40]))
        for entry in [small, large, far, entry(size: 1 << 33, at: 1 << 34)] {
            let read = ZipEntry.read(entry.directoryHeader, at: 0)
            #expect(read?.next == entry.directoryHeader.count)
            #expect(read?.0.size == entry.size && read?.0.packedSize == entry.size)
            #expect(read?.0.start == entry.start)
        }
    }

    @Test("The end is wide if a number in it does not fit")
    func wideEnd() {
        #expect(ZipEntry.end(count: 65_534, directory: 0xFFFF_FFFE - 10..<0xFFFF_FFFE).count == 22)
        let count = ZipEntry.end(count: 65_535, directory: 7..<10)
        #expect(count.count == 98)
        #expect(
            count[0..<4] == Array("PK\u{6}\u{6}".utf8)[...]
                && count[56..<60] == Array("PK\u{6}\u{7}".utf8)[...])
        #expect(Array(count[4..<24]) == littleEndian(44, 8) + [45, 0, 45, 0] + littleEndian(0, 8))
        #expect(Array(count[24..<56]) == [65_535, 65_535, 3, 7].flatMap { littleEndian($0, 8) })
        #expect(Array(count[60..<76]) == littleEndian(0, 4) + littleEndian(10, 8) + littleEndian(1, 4))
        #expect(
            Array(count[76...]) == ZipEntry.endSignature + [0, 0, 0, 0] + [255, 255, 255, 255] + [
                3, 0, 0, 0, 7, 0, 0, 0, 0, 0,
            ])
        #expect(ZipEntry.end(count: 1, directory: 0xFFFF_FFFF..<0xFFFF_FFFF + 50).count == 98)
        #expect(ZipEntry.end(count: 1, directory: 0..<0xFFFF_FFFF).count == 98)
    }
}
