import Foundation
import TensorFiles
import Testing

@Suite("`.npz` archives that NumPy wrote are read to the bit, and broken ones are refused")
struct TensorFileReaderNPZTests {
    static let two = Archive([.init("a.npy", npy(floats: 2)), .init("b/c.npy", npy(floats: 3))])

    @Test("The manifest", arguments: Manifest.files(".npz"))
    func manifest(_ file: Manifest.File) throws { try expectVerdict(file) }

    @Test("An archive that ends too early, at any byte, is refused")
    func truncated() throws {
        let whole = Self.two.bytes
        #expect(try tensors(whole, ".npz") == ["a": [1, 2], "b/c": [1, 2, 3]])
        try withTemporaryFile(".npz") { path in
            for count in 0..<whole.count {
                try write(Array(whole.prefix(count)), to: path)
                #expect(try failure(at: path)?.kind == .malformed, "\(count) bytes")
            }
        }
    }

    @Test("A wrong bit anywhere gives the same numbers or an error")
    func wrongBits() throws {
        var archive = Self.two
        archive.changeWideEnd = { _ in }
        let whole = archive.bytes
        try withTemporaryFile(".npz") { path in
            for bit in 0..<8 * whole.count {
                var bytes = whole
                bytes[bit / 8] ^= 1 << (bit % 8)
                try write(bytes, to: path)
                do {
                    #expect(try tensors(at: path) == ["a": [1, 2], "b/c": [1, 2, 3]], "bit \(bit)")
                } catch let error as TensorFileError { #expect(error.reason.hasSuffix("."), "bit \(bit)") }
            }
        }
    }

    @Test("Models of PyTorch and Keras are known by their entries, whatever else is wrong")
    func models() throws {
        var entry = Archive.Entry("model/data.pkl", [1, 2, 3])
        entry.both { $0.method = 8 }
        let pickle = try failure(Archive([.init("a.npy", npy(floats: 2)), entry]).bytes, ".npz")
        #expect(pickle?.reason.contains("torch.load") == true)
        entry.both { $0.name = Array("model.weights.h5".utf8) }
        #expect(try failure(Archive([entry]).bytes, ".keras")?.reason.contains("model.weights") == true)
    }

    @Test("Names are those of the entries without one .npy, and are never paths")
    func names() throws {
        let names = ["x", "y.npy", "z.npy.npy", ".npy", "", "../up.npy", "/root.npy", "w\\v.npy", "u/.npy"]
        let archive = Archive(
            names.map { .init($0, npy(floats: 1)) }.filter { $0.local.name != Array("".utf8) })
        #expect(
            try tensors(archive.bytes, ".npz").keys.sorted()
                == ["", "../up", "/root", "u/", "w\\v", "x", "y", "z.npy"])
    }

    @Test("Names are UTF-8 by their flag, and else of code page 437, as Python reads them")
    func encodings() throws {
        var entry = Archive.Entry("", npy(floats: 1))
        entry.both { $0.name = Array(0x80...0xFF) + Array(".npy".utf8) }
        let name = try #require(try tensors(Archive([entry]).bytes, ".npz").keys.first)
        #expect(name.unicodeScalars.count == 128)
        #expect(name.hasPrefix("Çüéâäàåç") && name.hasSuffix("°∙·√ⁿ²■\u{A0}"))
        #expect(name.contains("└┴┬├─┼╞╟╚╔╩╦╠═╬╧"))
        entry.both { $0.flags = 1 << 11 }
        let error = try failure(Archive([entry]).bytes, ".npz")
        #expect(error?.reason.hasPrefix("The name of entry 0, counted from 0, is no UTF-8") == true)
        // Two names for Swift's Dictionary are one here.
        var composed = Archive.Entry("caf\u{E9}.npy", npy(floats: 1))
        var decomposed = Archive.Entry("cafe\u{301}.npy", npy(floats: 2))
        composed.both { $0.flags = 1 << 11 }
        decomposed.both { $0.flags = 1 << 11 }
        try withFile(Archive([composed, decomposed]).bytes, ".npz") { path in
            let file = try TensorFile(path)
            #expect(try file.floats(of: "caf\u{E9}") == [1])
            #expect(try file.floats(of: "cafe\u{301}") == [1, 2])
        }
    }

    @Test("A directory of more than 100 MB is not read")
    func largestDirectory() throws {
        try withFile([], ".npz") { path in
            let file = try FileHandle(forWritingTo: URL(filePath: path))
            // A file with a hole takes no place.
            try file.truncate(atOffset: 100_000_001)
            try file.seekToEnd()
            let end = Array("PK\u{5}\u{6}".utf8) + littleEndian(0, 8) + littleEndian(100_000_001, 4)
            try file.write(contentsOf: end + littleEndian(0, 6))
            let error = #expect(throws: TensorFileError.self) { try TensorFile(path) }
            #expect(
                error?.reason.hasPrefix("Its directory has 100000001 bytes; 100000000 at most are read.")
                    == true)
        }
    }

    @Test("An array that is said to be many is read once")
    func overlaps() throws {
        // The extra fields of each header reach over all other headers, to one array that is that of all.
        var archive = Archive([])
        let count = 1000
        for index in 0..<count {
            var entry = Archive.Entry("\(index + 1000)", index == count - 1 ? npy(floats: 2) : [])
            entry.local.extra = [7, 0] + littleEndian((count - 1 - index) * 38, 2)
            entry.local.extraLength = 4 + (count - 1 - index) * 38
            entry.both { ($0.packedSize, $0.size) = (npy(floats: 2).count, npy(floats: 2).count) }
            archive.entries.append(entry)
        }
        let error = try failure(archive.bytes, ".npz")
        #expect(error?.tensor == "1001")
        #expect(
            error?.reason == "It begins at byte 38, in another entry. The archive is damaged; get it anew.")
    }
}
