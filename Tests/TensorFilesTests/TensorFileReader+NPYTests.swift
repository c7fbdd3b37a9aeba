import Foundation
import TensorFiles
import Testing

@Suite("`.npy` files that NumPy wrote are read to the bit, and broken ones are refused")
struct TensorFileReaderNPYTests {
    @Test("The manifest", arguments: Manifest.files(".npy"))
    func manifest(_ file: Manifest.File) throws { try expectVerdict(file) }

    @Test("A file that ends too early, at any byte, is refused")
    func truncated() throws {
        let whole = npy(floats: 3)
        #expect(try tensors(whole, ".npy") == ["": [1, 2, 3]])
        let long = npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", [0, 0, 0, 0], version: 2)
        try withTemporaryFile(".npy") { path in
            for (whole, count) in [whole, long].flatMap({ whole in whole.indices.map { (whole, $0) } }) {
                try write(Array(whole.prefix(count)), to: path)
                let error = try failure(at: path)
                #expect(error?.kind == .malformed, "\(count) bytes")
                #expect(error?.tensor == nil)
            }
        }
    }

    @Test("A wrong bit anywhere gives other numbers or an error, and as many numbers as the shape says")
    func wrongBits() throws {
        let whole = npy("{'descr': '<f4', 'fortran_order': True, 'shape': (3, 2), }", Array(0..<24))
        try withTemporaryFile(".npy") { path in
            for bit in 0..<8 * whole.count {
                var bytes = whole
                bytes[bit / 8] ^= 1 << (bit % 8)
                try write(bytes, to: path)
                do {
                    let file = try TensorFile(path)
                    let tensor = try #require(file.tensors.first)
                    #expect(try file.doubles(of: "").count == tensor.shape.count, "bit \(bit)")
                } catch let error as TensorFileError { #expect(error.reason.hasSuffix("."), "bit \(bit)") }
            }
        }
    }

    @Test("Several arrays in one file are refused with the way to write them")
    func severalArrays() throws {
        let error = try failure(npy(floats: 2) + npy(floats: 1), ".npy")
        #expect(
            error?.reason == """
                F32 of the shape [2] needs 8 bytes, but behind its header the file has 140. Several arrays are to be \
                written with np.savez, to an .npz file.
                """)
    }

    @Test("A header length beyond the file, or beyond what is read, is refused before anything is allocated")
    func headerLength() throws {
        let start = [0x93] + Array("NUMPY".utf8)
        for length in [1, 1 << 31, 0xFFFF_FFFF] {
            let error = try failure(start + [2, 0] + littleEndian(length, 4), ".npy")
            #expect(
                error?.reason == "It ends before its header does, at byte 12. It was cut off; get it anew.")
        }
        try withFile(start + [2, 0] + littleEndian(100_000_001, 4), ".npy") { path in
            // A file with a hole takes no place.
            try FileHandle(forWritingTo: URL(filePath: path)).truncate(atOffset: 1 << 30)
            let error = #expect(throws: TensorFileError.self) { try TensorFile(path) }
            #expect(error?.reason == "Its header has 100000001 bytes; 100000000 at most are read.")
        }
    }

    @Test("Column by column the numbers are the same, in any rank")
    func columnMajor() throws {
        func file(_ shape: String, _ order: String, _ data: [UInt8]) -> [UInt8] {
            npy("{'descr': '|u1', 'fortran_order': \(order), 'shape': \(shape), }", data)
        }
        #expect(
            try tensors(file("(2, 3)", "False", [1, 2, 3, 4, 5, 6]), ".npy") == ["": [1, 2, 3, 4, 5, 6]])
        #expect(try tensors(file("(2, 3)", "True", [1, 4, 2, 5, 3, 6]), ".npy") == ["": [1, 2, 3, 4, 5, 6]])
        #expect(
            try tensors(file("(2, 1, 2, 2)", "True", [1, 5, 3, 7, 2, 6, 4, 8]), ".npy")
                == ["": [1, 2, 3, 4, 5, 6, 7, 8]])
        #expect(try tensors(file("(3,)", "True", [1, 2, 3]), ".npy") == ["": [1, 2, 3]])
        #expect(try tensors(file("()", "True", [9]), ".npy") == ["": [9]])
        #expect(try tensors(file("(3, 0, 2)", "True", []), ".npy") == ["": []])
        // Nothing takes as long as the other dimensions say.
        #expect(try tensors(file("(0, 1000000000000, 2)", "True", []), ".npy") == ["": []])
        let (rows, planes, columns) = (33, 3, 65)
        let data = (0..<rows * planes * columns).map { place in
            let (row, plane, column) = (place % rows, place / rows % planes, place / rows / planes)
            return UInt8(truncatingIfNeeded: (row * planes + plane) * columns + column)
        }
        #expect(
            try tensors(file("(33, 3, 65)", "True", data), ".npy")
                == ["": data.indices.map { Float(UInt8(truncatingIfNeeded: $0)) }])
    }
}
