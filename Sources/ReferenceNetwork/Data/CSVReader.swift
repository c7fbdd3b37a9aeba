/// A reader that splits the bytes of a CSV file into rows of cells, and knows the line of each.
///
/// The format is RFC 4180, with spaces and tabs allowed around cells, and with \n, \r\n or \r as the end of a line. A
/// quote opens a quoted cell only at its start; further in, it is a character like any other.
struct CSVReader {
    /// The place of a cell: the range of its bytes, without surrounding spaces and quotes, and the line on which it
    /// begins.
    struct Cell {
        var range: Range<Int>
        var line: Int
        var hasDoubledQuotes = false
    }

    private let bytes: [UInt8]
    private let file: String
    private var position = 0

    /// The line of the next byte, from 1.
    private(set) var line = 1

    /// Makes a reader, which skips a byte order mark.
    init(_ bytes: [UInt8], file: String) {
        self.bytes = bytes
        self.file = file
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// Whether only blank lines are left.
    var isAtEnd: Bool {
        var position = position
        while position < bytes.count, isSpace(bytes[position]) || isLineEnd(bytes[position]) { position += 1 }
        return position == bytes.count
    }

    /// The text of a cell of this reader, whose bytes must be valid UTF-8.
    func text(of cell: Cell) -> String {
        guard cell.hasDoubledQuotes else { return String(decoding: bytes[cell.range], as: UTF8.self) }
        var text: [UInt8] = []
        var skips = false
        for byte in bytes[cell.range] {
            skips = byte == quote && !skips
            if !skips { text.append(byte) }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Moves to the first line that is not blank.
    mutating func skipBlankLines() {
        while true {
            var ahead = self
            ahead.skipSpaces()
            guard ahead.skipLineEnd() else { return }
            self = ahead
        }
    }

    /// Replaces `cells` by the cells of the next row; a blank line is a row with one empty cell.
    mutating func readRow(into cells: inout [Cell]) throws(CSVError) {
        cells.removeAll(keepingCapacity: true)
        repeat {
            skipSpaces()
            if next == quote {
                cells.append(try readQuotedCell(column: cells.count + 1))
            } else {
                cells.append(readPlainCell())
            }
        } while skip(comma)
        _ = skipLineEnd()
    }

    /// Reads a cell up to the next comma or end of line, without the spaces before that.
    private mutating func readPlainCell() -> Cell {
        let start = position
        while let byte = next, byte != comma, !isLineEnd(byte) { position += 1 }
        var end = position
        while end > start, isSpace(bytes[end - 1]) { end -= 1 }
        return Cell(range: start..<end, line: line)
    }

    /// Reads a cell from its opening quote to the spaces after the closing one.
    private mutating func readQuotedCell(column: Int) throws(CSVError) -> Cell {
        position += 1
        var cell = Cell(range: position..<position, line: line)
        while true {
            if skip(quote) {
                guard next == quote else { break }
                cell.hasDoubledQuotes = true
                position += 1
            } else if !skipLineEnd() {
                guard next != nil else {
                    throw .unterminatedQuote(file: file, line: cell.line, column: column)
                }
                position += 1
            }
        }
        cell.range = cell.range.lowerBound..<position - 1
        skipSpaces()
        if let byte = next, byte != comma, !isLineEnd(byte) {
            throw .textAfterQuote(file: file, line: line, column: column)
        }
        return cell
    }

    /// The next byte; nil at the end of the file.
    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skip(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipSpaces() {
        while let byte = next, isSpace(byte) { position += 1 }
    }

    private mutating func skipLineEnd() -> Bool {
        if skip(carriageReturn) {
            _ = skip(lineFeed)
        } else if !skip(lineFeed) {
            return false
        }
        line += 1
        return true
    }
}

extension CSVReader {
    /// The number of the first line that is not valid UTF-8, from 1; nil if all are.
    static func firstInvalidLine(of bytes: [UInt8]) -> Int? {
        guard String(validating: bytes, as: UTF8.self) == nil else { return nil }
        var reader = CSVReader(bytes, file: "")
        while true {
            // No byte of a longer UTF-8 sequence equals a line end, so that each line can be validated on its own.
            let start = reader.position
            while let byte = reader.next, !isLineEnd(byte) { reader.position += 1 }
            let line = bytes[start..<reader.position]
            if String(validating: line, as: UTF8.self) == nil { return reader.line }
            guard reader.skipLineEnd() else { return nil }
        }
    }
}

private let quote = UInt8(ascii: "\"")
private let comma = UInt8(ascii: ",")
private let lineFeed = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")

private func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

private func isLineEnd(_ byte: UInt8) -> Bool { byte == lineFeed || byte == carriageReturn }
