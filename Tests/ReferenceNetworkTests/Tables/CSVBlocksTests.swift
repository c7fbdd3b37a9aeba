import Foundation
import Testing

@testable import ReferenceNetwork

struct CSVBlocksTests {
    private let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path

    private func check(_ blocks: borrowing CSVBlocks, _ text: String) {
        let block = String(decoding: blocks.bytes[...blocks.count], as: UTF8.self)
        #expect(block == text)
    }

    @Test func whatIsKeptComesFirst() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data("abcdefghijklmnop".utf8).write(to: URL(filePath: path))
        var blocks = try CSVBlocks(.file(path), blockSize: 8, longestRow: 100)
        check(blocks, "\n")
        try blocks.advance(keepingFrom: 0, line: 1)
        check(blocks, "abcdefgh\n")
        try blocks.advance(keepingFrom: 7, line: 1)
        check(blocks, "hijklmno\n")
        // More than a quarter is kept: the block grows.
        try blocks.advance(keepingFrom: 3, line: 1)
        check(blocks, "klmnop\n")
        let (isLast, size) = (blocks.isLast, blocks.bytes.count)
        #expect(isLast && size == 17)
    }

    @Test func aRowHasALimit() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(("x,y\n1,a\n2,\"" + String(repeating: "b", count: 3_000)).utf8).write(
            to: URL(filePath: path))
        let request = TableRequest(
            target: .classes(column: "y", names: []), excluded: [], format: TableFormat())
        #expect(throws: CSVError.longRow(limit: 1_000, file: path, line: 3)) {
            try TableReading(request, from: .file(path), blockSize: 16, longestRow: 1_000)
        }
        #expect(throws: CSVError.unterminatedQuote(file: path, line: 3, column: 2)) {
            try TableReading(request, from: .file(path), blockSize: 16)
        }
    }
}
