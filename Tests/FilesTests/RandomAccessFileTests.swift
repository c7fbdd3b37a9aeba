import Foundation
import Testing

@testable import Files

@Suite("A file is read at any place")
struct RandomAccessFileTests {
    /// Calls the body with the path of a new folder, which is removed afterwards.
    private func inFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    private func write(_ bytes: [UInt8], to path: String) throws {
        try Data(bytes).write(to: URL(filePath: path))
    }

    /// The sentence why a path is not opened.
    private func refusal(_ path: String) -> String? {
        do { _ = try RandomAccessFile(path: path) } catch { return error.reason }
        return nil
    }

    @Test("Bytes and elements, in any order and at odd places")
    func places() throws {
        try inFolder { folder in
            let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            try write(bytes, to: folder + "/a")
            let file = try RandomAccessFile(path: folder + "/a")
            #expect(file.path == folder + "/a")
            #expect(file.size == 1000)
            for range in [990..<1000, 0..<1, 0..<1000, 17..<400, 500..<500, 1000..<1000] {
                let part = try file.bytes(range)
                #expect(part == Array(bytes[range]))
            }
            var elements: [UInt32] = [0, 0]
            var span = elements.mutableSpan
            try file.read(into: &span, at: 3)
            #expect(elements.map(\.littleEndian) == [0xBA9B_7C5D, 0x3617_F8D9])
        }
    }

    @Test("An empty file has nothing to read")
    func empty() throws {
        try inFolder { folder in
            try write([], to: folder + "/a")
            let file = try RandomAccessFile(path: folder + "/a")
            let bytes = try file.bytes(0..<0)
            #expect(file.size == 0 && bytes.isEmpty)
        }
    }

    @Test("Several threads read one file")
    func threads() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 / 256) }
        try write(bytes, to: path)
        let file = try RandomAccessFile(path: path)
        try FileManager.default.removeItem(atPath: path)
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for start in stride(from: 0, to: 90_000, by: 1000) {
                group.addTask { try file.bytes(start..<start + 5000) == Array(bytes[start..<start + 5000]) }
            }
            for try await isRight in group { #expect(isRight) }
        }
    }

    @Test("What is no regular file is refused, and a pipe without a writer does not hang")
    func otherKinds() throws {
        try inFolder { folder in
            #expect(refusal(folder) == "It is a folder")
            #expect(refusal(folder + "/missing") == "No such file or directory")
            #expect(mkfifo(folder + "/pipe", 0o600) == 0)
            #expect(refusal(folder + "/pipe") == "It is no regular file, and cannot be read at any place")
            #expect(refusal("/dev/zero") == "It is no regular file, and cannot be read at any place")
            try write([1], to: folder + "/a")
            #expect(refusal(folder + "/a\0b") == "The path has a NUL character")
            #expect(refusal(folder + "/a/b") == "Not a directory")
            #expect(refusal(folder + "/a") == nil)
        }
    }

    @Test("A file that has become shorter is an error")
    func shorter() throws {
        try inFolder { folder in
            try write([1, 2, 3, 4], to: folder + "/a")
            let file = try RandomAccessFile(path: folder + "/a")
            #expect(truncate(folder + "/a", 2) == 0)
            let first = try file.bytes(0..<2)
            #expect(first == [1, 2])
            for range in [0..<3, 3..<4] {
                #expect(throws: FileReader.Failure(reason: "It has become shorter while it was read")) {
                    try file.bytes(range)
                }
            }
        }
    }

    @Test("The file that was opened is read, also when another one takes its path")
    func replaced() throws {
        try inFolder { folder in
            try write([1, 2], to: folder + "/a")
            let file = try RandomAccessFile(path: folder + "/a")
            try writeWhole([3, 4, 5].span.bytes, to: folder + "/a")
            let earlier = try file.bytes(0..<2)
            #expect(earlier == [1, 2])
            try FileManager.default.removeItem(atPath: folder + "/a")
            let removed = try file.bytes(1..<2)
            #expect(removed == [2])
        }
    }

    /// The system gives a file the lowest number that is free; in a process of its own, no other test takes one.
    @Test(
        "The file is closed with its last reference, also when it is refused, and in programs that are started"
    )
    func closed() async throws {
        await #expect(processExitsWith: .success) {
            let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
            try Data([7]).write(to: URL(filePath: path))
            let before = open("/dev/null", O_RDONLY)
            close(before)
            for _ in 0..<3 {
                let file = try RandomAccessFile(path: path)
                let flags = fcntl(before, F_GETFD)
                #expect(flags == FD_CLOEXEC)
                let bytes = try file.bytes(0..<1)
                #expect(bytes == [7])
                #expect(throws: FileReader.Failure.self) { try RandomAccessFile(path: "/") }
            }
            let after = open("/dev/null", O_RDONLY)
            #expect(before == after)
            try FileManager.default.removeItem(atPath: path)
        }
    }
}
