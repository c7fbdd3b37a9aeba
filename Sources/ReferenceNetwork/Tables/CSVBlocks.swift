import Files

/// The bytes of a table, of which a block at a time is in memory.
struct CSVBlocks: ~Copyable {
    /// The longest row that is read; without a limit, a quote that is never closed would take all memory.
    static let longestRow = 1 << 28

    /// The block, and after it a line feed, which is not part of the table: nothing needs to look for the end.
    private(set) var bytes: [UInt8]

    /// The number of bytes in the block.
    private(set) var count: Int

    /// Whether no bytes come after the block.
    private(set) var isLast: Bool

    private let reader: FileReader?
    private let name: String
    private let longestRow: Int

    /// Opens a source; the first block of a file is empty.
    init(_ source: TableSource, blockSize: Int, longestRow: Int) throws(CSVError) {
        reader = try Self.open(source)
        if case .text(let text, _) = source {
            bytes = Array(text.utf8) + [lineFeed]
            count = bytes.count - 1
            isLast = true
        } else {
            bytes = Array(repeating: lineFeed, count: blockSize + 1)
            count = 0
            isLast = false
        }
        name = source.name
        self.longestRow = longestRow
    }

    private static func open(_ source: TableSource) throws(CSVError) -> FileReader? {
        guard case .file(let path) = source else { return nil }
        do { return try FileReader(path: path) } catch { throw .unreadable(file: path, reason: error.reason) }
    }

    /// Keeps the bytes from an index on as the beginning of the next block, and reads the rest of it.
    ///
    /// A block grows when what is kept takes a good part of it, so that a row is seldom scanned twice.
    mutating func advance(keepingFrom start: Int, line: Int) throws(CSVError) {
        let kept = count - start
        if start > 0 {
            for index in 0..<kept { bytes[index] = bytes[start + index] }
        }
        count = kept
        let size = bytes.count - 1
        if kept > size / 4 {
            guard kept < longestRow else { throw .longRow(limit: longestRow, file: name, line: line) }
            bytes.append(contentsOf: repeatElement(lineFeed, count: size))
        }
        try fill()
    }

    private mutating func fill() throws(CSVError) {
        let size = bytes.count - 1
        // The byte after the block is not to be read into.
        bytes.removeLast()
        do { count = try reader!.fill(&bytes, from: count) } catch {
            throw .unreadable(file: name, reason: error.reason)
        }
        bytes.append(lineFeed)
        bytes[count] = lineFeed
        isLast = count < size
    }
}

let lineFeed = UInt8(ascii: "\n")
