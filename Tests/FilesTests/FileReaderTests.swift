import Foundation
import Testing

@testable import Files

struct FileReaderTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    /// The bytes of a file, read into a buffer of a size, from an index in it on.
    private func read(_ path: String, bufferSize: Int, from start: Int = 0) throws -> [UInt8] {
        let reader = try FileReader(path: path)
        var all: [UInt8] = []
        var buffer: [UInt8] = Array(repeating: 0, count: bufferSize)
        while true {
            let end = try reader.fill(&buffer, from: start)
            all += buffer[start..<end]
            if end < bufferSize { return all }
        }
    }

    @Test(arguments: [1, 2, 7, 999, 1000, 1001])
    func aFileIsReadInBlocks(size: Int) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "bytes").path
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try Data(bytes).write(to: URL(filePath: path))
        #expect(try read(path, bufferSize: size) == bytes)
        #expect(try read(path, bufferSize: size + 5, from: 5) == bytes)
    }

    @Test func aPipeIsReadToItsEnd() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "pipe").path
        #expect(mkfifo(path, 0o600) == 0)
        let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }
        let writer = Thread {
            let handle = FileHandle(forWritingAtPath: path)
            // In parts, as a program writes that computes in between.
            for start in stride(from: 0, to: bytes.count, by: 100_001) {
                try? handle?.write(contentsOf: Data(bytes[start..<min(start + 100_001, bytes.count)]))
            }
            try? handle?.close()
        }
        writer.start()
        #expect(try read(path, bufferSize: 1 << 16) == bytes)
    }

    @Test func devices() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(try read("/dev/null", bufferSize: 10) == [])
        let reader = try FileReader(path: "/dev/zero")
        var buffer: [UInt8] = [1, 2, 3]
        #expect(try reader.fill(&buffer, from: 1) == 3)
        #expect(buffer == [1, 0, 0])
    }

    @Test func whatCannotBeReadIsSaidInTheWordsOfTheSystem() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(throws: FileReader.Failure(reason: "No such file or directory")) {
            try read(folder.appending(path: "missing").path, bufferSize: 1)
        }
        #expect(throws: FileReader.Failure(reason: "Is a directory")) { try read(folder.path, bufferSize: 1) }
        let path = folder.appending(path: "a").path
        try Data().write(to: URL(filePath: path))
        #expect(throws: FileReader.Failure(reason: "The path has a NUL character")) {
            try read(path + "\0b", bufferSize: 1)
        }
    }

    /// The system gives a file the lowest number that is free; in a process of its own, no other test takes one.
    @Test func theFileIsClosed() async throws {
        try FileManager.default.removeItem(at: folder)
        await #expect(processExitsWith: .success) {
            let before = open("/dev/null", O_RDONLY)
            close(before)
            var buffer: [UInt8] = [0]
            for _ in 0..<10 {
                let reader = try FileReader(path: "/dev/zero")
                #expect(try reader.fill(&buffer, from: 0) == 1)
            }
            let after = open("/dev/null", O_RDONLY)
            #expect(before == after)
        }
    }

    /// A program that is started meanwhile does not inherit the file.
    @Test func theFileIsClosedInOtherPrograms() async throws {
        try FileManager.default.removeItem(at: folder)
        await #expect(processExitsWith: .success) {
            let next = open("/dev/null", O_RDONLY)
            close(next)
            let reader = try FileReader(path: "/dev/zero")
            #expect(fcntl(next, F_GETFD) == FD_CLOEXEC)
            var buffer: [UInt8] = [1]
            #expect(try reader.fill(&buffer, from: 0) == 1)
        }
    }
}
