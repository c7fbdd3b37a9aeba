import Foundation
import TensorFiles
import Testing

@Suite("A zip archive is read by its directory, which has to agree with all else")
struct ZipDirectoryTests {
    /// A change of an archive of the arrays [1, 2] and [1, 2, 3], and a part of the sentence that refuses it.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let reason: String
        let change: @Sendable (inout Archive) -> Void

        init(_ name: String, _ reason: String = "", change: @escaping @Sendable (inout Archive) -> Void) {
            (testDescription, self.reason, self.change) = (name, reason, change)
        }

        /// A change of both headers of the second entry.
        init(both name: String, _ reason: String, change: @escaping @Sendable (inout Archive.Header) -> Void)
        {
            self.init(name, reason) { $0.entries[1].both(change) }
        }

        /// A change of the second entry's header before the data.
        init(
            local name: String, _ reason: String = "",
            change: @escaping @Sendable (inout Archive.Header) -> Void
        ) {
            self.init(name, reason) { change(&$0.entries[1].local) }
        }

        /// A change of the first entry's header in the directory.
        init(
            central name: String, _ reason: String = "",
            change: @escaping @Sendable (inout Archive.Header) -> Void
        ) {
            self.init(name, reason) { change(&$0.entries[0].central) }
        }

        /// A change of the end.
        init(end name: String, _ reason: String, change: @escaping @Sendable (inout Archive.End) -> Void) {
            self.init(name, reason) { $0.changeEnd = change }
        }

        /// A change of the wide end, which is added.
        init(
            wideEnd name: String, _ reason: String = "",
            change: @escaping @Sendable (inout Archive.End) -> Void = { _ in }
        ) {
            self.init(name, reason) { $0.changeWideEnd = change }
        }

        var archive: [UInt8] {
            var archive = Archive([.init("a.npy", npy(floats: 2)), .init("b.npy", npy(floats: 3))])
            change(&archive)
            return archive.bytes
        }
    }

    @Test("What is unusual and right is read", arguments: unusual)
    func read(_ unusual: Case) throws {
        #expect(try tensors(unusual.archive, ".npz") == ["a": [1, 2], "b": [1, 2, 3]])
    }

    @Test("What does not agree is refused", arguments: wrong)
    func refused(_ wrong: Case) throws {
        let error = try #require(try failure(wrong.archive, ".npz"))
        #expect(error.reason.contains(wrong.reason), "\(error)")
        #expect(error.reason.hasSuffix("."))
    }

    @Test("A directory of more than is read is refused before it is read")
    func largeDirectory() throws {
        try withFile(Array("PK\u{3}\u{4}".utf8), "x.npz") { path in
            // A file with a hole takes no place.
            let handle = try FileHandle(forWritingTo: URL(filePath: path))
            try handle.truncate(atOffset: 100_000_005)
            try handle.seekToEnd()
            let end = Array("PK\u{5}\u{6}".utf8) + [0, 0, 0, 0, 1, 0, 1, 0] + littleEndian(100_000_001, 4)
            try handle.write(contentsOf: end + [4, 0, 0, 0, 0, 0])
            try handle.close()
            let error = #expect(throws: TensorFileError.self) { try TensorFile(path) }
            #expect(
                error?.reason.hasPrefix("Its directory has 100000001 bytes; 100000000 at most are read.")
                    == true)
        }
    }

    private static let unusual = [
        Case("nothing") { _ in },
        Case("a comment") { $0.comment = Array("a comment".utf8) },
        Case("the longest comment") { $0.comment = Array(repeating: 0, count: 0xFFFF) },
        Case("what an end begins with, in a comment") {
            $0.comment = Array("PK\u{5}\u{6}".utf8) + Array(0..<30)
        },
        Case("bytes before the directory") { $0.gap = [1, 2, 3] },
        Case("bytes between entries") { $0.entries[0].after = [1, 2, 3] },
        Case("bytes before the first entry") { $0.prefix = Array("#!/bin/sh\n".utf8) },
        Case("an entry that is not in the directory") {
            $0.prefix = Array(Archive([.init("c.npy", npy(floats: 2))]).bytes.prefix(35 + 136))
        },
        Case(central: "a comment of an entry") { $0.comment = [1, 2, 3] },
        Case(central: "other extra fields") { $0.extra = [7, 0, 1, 0, 9] },
        Case(central: "less than a field behind them") { $0.extra = [7, 0, 1, 0, 9, 0, 0, 0] },
        Case(local: "extra fields before the data") { $0.extra = [7, 0, 1, 0, 9] },
        Case(central: "a wide field for nothing") { $0.extra = wideField([1, 2, 3]) },
        Case(wideEnd: "a wide end"),
        Case("a wide end and a comment") { ($0.changeWideEnd, $0.comment) = ({ _ in }, [1, 2, 3]) },
        Case("a wide end beside numbers that fit") {
            ($0.changeWideEnd, $0.changeEnd) = ({ _ in }, { $0.counts = [2, 2] })
        },
        Case("sizes behind the data") {
            $0.entries[0].both { $0.flags = 8 }
            ($0.entries[0].local.checksum, $0.entries[0].local.packedSize, $0.entries[0].local.size) = (
                0, 0, 0
            )
            $0.entries[0].after = Array(0..<16)
        },
        Case(local: "sizes behind the data, and a wide field") {
            ($0.flags, $0.checksum, $0.extra) = (8, 0, wideField([0, 0]))
            ($0.packedSize, $0.size) = (0xFFFF_FFFF, 0xFFFF_FFFF)
        },
        Case(local: "wide sizes before the data, as np.savez writes them") {
            $0.extra = wideField([$0.size, $0.packedSize])
            ($0.packedSize, $0.size) = (0xFFFF_FFFF, 0xFFFF_FFFF)
        },
        Case(central: "wide numbers in the directory") {
            $0.extra = wideField([$0.size, $0.packedSize, 0])
            ($0.packedSize, $0.size, $0.start) = (0xFFFF_FFFF, 0xFFFF_FFFF, 0xFFFF_FFFF)
        },
        Case(central: "only the offset is wide") {
            ($0.extra, $0.start) = ([7, 0, 1, 0, 9] + wideField([0]), 0xFFFF_FFFF)
        },
        Case(central: "only the packed size is wide") {
            ($0.extra, $0.packedSize) = (wideField([$0.size]), 0xFFFF_FFFF)
        },
    ]

    private static let wrong = [
        Case("bytes behind it", "It does not end as zip archives") {
            ($0.comment, $0.commentLength) = ([1], 0)
        },
        Case("a comment that is cut off", "It does not end as zip archives") { $0.commentLength = 1 },
        Case(end: "several parts", "several parts") { $0.disks = [1, 1] },
        Case(end: "a directory in another part", "several parts") { $0.disks = [0, 1] },
        Case(end: "entries in another part", "several parts") { $0.counts = [1, 2] },
        Case("several parts by both ends", "several parts") {
            ($0.changeWideEnd, $0.changeEnd) = ({ $0.disks = [1, 0] }, { $0.disks = [1, 0] })
        },
        Case(end: "one entry too many", "3 entries do not fit") { $0.counts = [3, 3] },
        Case(end: "one too few", "has 2 entries, and 1 by its end") { $0.counts = [1, 1] },
        Case(end: "as many as a directory cannot have", "65535 entries do not fit") {
            $0.counts = [65_535, 65_535]
        },
        Case(wideEnd: "2^64 - 1 entries", "18446744073709551615 entries do not fit") {
            $0.counts = [-1, -1]
        },
        Case(end: "a directory too early", "Its directory would begin") { $0.start -= 1 },
        Case(end: "a directory too late", "Its directory would begin") { $0.start += 1 },
        Case(end: "a directory too short", "Its directory would begin") { $0.size -= 1 },
        Case(end: "a huge directory", "Its directory would begin") { $0.size = 0xFFFF_FFFF },
        Case(wideEnd: "2^64 - 1 bytes", "Its directory would begin") { $0.size = -1 },
        Case(wideEnd: "a directory at 2^64 - 1", "Its directory would begin") { $0.start = -1 },
        Case(wideEnd: "one that goes around", "Its directory would begin") {
            ($0.start, $0.size) = ($0.start + $0.size + 1, -1)
        },
        Case("two ends", "two ends say different things") {
            ($0.changeWideEnd, $0.changeEnd) = ({ _ in }, { $0.counts = [1, 1] })
        },
        Case("a wide end elsewhere", "is not at byte") {
            ($0.changeWideEnd, $0.locatorError) = ({ _ in }, -1)
        },
        Case("a wide end behind", "would be at byte") { ($0.changeWideEnd, $0.locatorError) = ({ _ in }, 1) },
        Case("one at 2^63", "would be at byte 922") {
            ($0.changeWideEnd, $0.locatorError) = ({ _ in }, .min)
        },
        Case("a wide end of another size", "is not at") {
            ($0.changeWideEnd, $0.wideSizeError) = ({ _ in }, 1)
        },
        Case("a wide end that begins otherwise", "is not at") {
            ($0.changeWideEnd, $0.wideEndSignature) = ({ _ in }, "PK\u{6}\u{7}")
        },
        Case("less than an entry at the end of the directory", "Entry 2 of its directory") {
            $0.entries[1].central.extra = Array("PK\u{1}\u{2}".utf8)
            $0.entries[1].central.extraLength = 0
        },
        Case(central: "another signature", "Entry 0 of its directory") { $0.signature = "PK\u{1}\u{3}" },
        Case(central: "an entry in another part", "Entry 0 of its directory") { $0.disk = 1 },
        Case(central: "an extra field that is cut off", "Entry 0") { $0.extra = [7, 0, 2, 0, 1] },
        Case(central: "two wide fields", "Entry 0") { $0.extra = wideField([1]) + wideField([1]) },
        Case(central: "a missing wide field", "Entry 0") { $0.start = 0xFFFF_FFFF },
        Case(central: "a wide field that is too short", "Entry 0") {
            $0.extra = wideField([$0.size])
            ($0.packedSize, $0.size) = (0xFFFF_FFFF, 0xFFFF_FFFF)
        },
        Case(central: "a negative offset", "Entry 0") {
            ($0.extra, $0.start) = (wideField([-1]), 0xFFFF_FFFF)
        },
        Case(central: "the largest offset", "at byte 9223372036854775807") {
            ($0.extra, $0.start) = (wideField([.max]), 0xFFFF_FFFF)
        },
        Case("the largest size", "do not end before the directory") {
            $0.entries[0].central.extra = wideField([.max, .max])
            ($0.entries[0].central.packedSize, $0.entries[0].central.size) = (0xFFFF_FFFF, 0xFFFF_FFFF)
        },
        Case(central: "an offset elsewhere", "There is no entry at byte 1") { $0.start = 1 },
        Case("an offset in another entry", "in another entry") { $0.entries[1].central.start = 1 },
        Case(local: "another signature before the data", "There is no entry") {
            $0.signature = "PK\u{3}\u{5}"
        },
        Case(local: "another name before the data", "another name") { $0.name = Array("c.npy".utf8) },
        Case(local: "a longer name before the data", "another name") { $0.name = Array("b.npyy".utf8) },
        Case(local: "another size before the data", "another size") { $0.size += 1 },
        Case(local: "another packed size before the data", "another size") { $0.packedSize += 1 },
        Case(local: "another wide size before the data", "another size") {
            $0.extra = wideField([$0.size + 1])
            $0.size = 0xFFFF_FFFF
        },
        Case(local: "another checksum before the data", "checksum in the directory") { $0.checksum ^= 1 },
        Case(local: "other flags before the data", "other flags") { $0.flags = 1 << 11 },
        Case(local: "another method before the data", "another method") { $0.method = 8 },
        Case(local: "extra fields that are cut off", "another size") { $0.extra = [7, 0, 2, 0, 1] },
        Case(local: "extra fields up to the end of the file", "do not end before") {
            $0.extraLength = 0xFFFF
        },
        Case(both: "data that reach into the directory", "do not end before the directory") {
            ($0.size, $0.packedSize) = ($0.size + 1, $0.packedSize + 1)
        },
        Case("data that reach into the next entry", "in another entry") {
            $0.entries[0].both { ($0.size, $0.packedSize) = ($0.size + 1, $0.packedSize + 1) }
        },
        Case(both: "data that are not all", "was cut off") {
            ($0.size, $0.packedSize) = ($0.size - 1, $0.size - 1)
        },
        Case("more than the array", "It is damaged") {
            $0.gap = [0]
            $0.entries[1].both { ($0.size, $0.packedSize) = ($0.size + 1, $0.packedSize + 1) }
        },
        Case(both: "packed and not packed", "has 140 bytes of 141") { $0.size += 1 },
        Case(both: "a name twice", "two arrays of this name") { $0.name = Array("a.npy".utf8) },
        Case(both: "a name twice without .npy", "two arrays of this name") { $0.name = Array("a".utf8) },
        Case("another file", "is no NumPy array") { $0.entries[1] = .init("readme", Array("hello".utf8)) },
        Case("a folder", "is no NumPy array") { $0.entries[1] = .init("folder/", []) },
        Case(both: "compressed", "with np.savez instead of np.savez_compressed") { $0.method = 8 },
        Case(both: "compressed otherwise", "with np.savez instead of np.savez_compressed") { $0.method = 14 },
        Case(both: "encrypted", "without a password") { $0.flags = 1 },
        Case(both: "strongly encrypted", "without a password") { $0.flags = 1 << 6 },
        Case(both: "a wrong checksum", "do not have the checksum") { $0.checksum ^= 1 },
    ]
}
