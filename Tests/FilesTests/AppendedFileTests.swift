import Foundation
import Testing

@testable import Files

@Suite("A file that grows at its end")
struct AppendedFileTests {
    private func inFolder(_ body: (_ path: String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.appending(path: "file").path)
    }

    private func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }

    @Test("What is appended is there at once, behind what was there")
    func appending() throws {
        try inFolder { path in
            let file = try AppendedFile(path: path)
            #expect(file.size == 0)
            try file.append(Array("one,".utf8))
            #expect(try text(path) == "one,")
            try file.append([])
            try file.append(Array("two".utf8))
            #expect(try text(path) == "one,two")
            #expect(file.size == 7)
            #expect(try file.bytes(4..<7) == Array("two".utf8))
            #expect(throws: WritingError(path: path, code: EIO)) { try file.bytes(4..<8) }
        }
    }

    @Test("An earlier file is continued, once nobody else has it open")
    func continuing() throws {
        try inFolder { path in
            do {
                let first = try AppendedFile(path: path)
                try first.append(Array("one,".utf8))
                #expect(throws: WritingError(path: path, code: EAGAIN)) { _ = try AppendedFile(path: path) }
                #expect(first.size == 4)
            }
            let second = try AppendedFile(path: path)
            #expect(second.size == 4)
            try second.truncate(to: 3)
            try second.append(Array("two".utf8))
            #expect(try text(path) == "onetwo")
            #expect(second.size == 6)
        }
    }

    @Test("What is no regular file, or gone, is refused")
    func refusals() throws {
        try inFolder { path in
            #expect(throws: WritingError(path: "/dev/null", code: ESPIPE)) {
                _ = try AppendedFile(path: "/dev/null")
            }
            #expect(throws: WritingError(path: "a\0", code: EINVAL)) { _ = try AppendedFile(path: "a\0") }
            #expect(throws: WritingError(path: path + "/", code: EISDIR)) {
                _ = try AppendedFile(path: path + "/")
            }
            let file = try AppendedFile(path: path)
            try FileManager.default.removeItem(atPath: path)
            #expect(throws: WritingError(path: path, code: ENOENT)) { try file.append([1]) }
        }
    }

    @Test("A file whose size somebody else has changed is left as it is", arguments: ["", "one", "one,two,"])
    func changedByOthers(content: String) throws {
        try inFolder { path in
            let file = try AppendedFile(path: path)
            try file.append(Array("one,".utf8))
            let other = try #require(FileHandle(forWritingAtPath: path))
            try other.truncate(atOffset: 0)
            try other.write(contentsOf: Data(content.utf8))
            try other.close()
            #expect(throws: WritingError(path: path, code: ESTALE)) { try file.append([1]) }
            #expect(throws: WritingError(path: path, code: ESTALE)) { try file.truncate(to: 2) }
            #expect(try text(path) == content)
        }
    }
}
