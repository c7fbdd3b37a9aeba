/// A reader that goes through a block of a table from cell to cell, and knows the line of each.
///
/// The format is RFC 4180 with any separator, with spaces and tabs allowed around cells, and with \n, \r\n or \r as the
/// end of a line. A quote opens a quoted cell only at its start; further in, it is a character like any other.
struct CSVReader {
    /// The place of a cell: the range of its bytes, without surrounding spaces and quotes, and the line on which it
    /// begins.
    struct Cell {
        var range: Range<Int>
        var line: Int
        var isQuoted = false
        var hasDoubledQuotes = false
    }

    let file: String
    let separator: UInt8

    /// The index of the next byte in the block.
    var position = 0

    /// The line of the next byte, from 1.
    var line = 1

    /// Reads the next cell, with the spaces around it; nil if the block ends before the cell is sure to have ended.
    mutating func readCell(
        in bytes: Span<UInt8>, isLast: Bool, column: Int
    ) throws(CSVError) -> Cell? {
        skipSpaces(in: bytes)
        let cell: Cell
        if bytes[position] == quote, position < bytes.count - 1 {
            guard let quoted = try readQuotedCell(in: bytes, isLast: isLast, column: column) else {
                return nil
            }
            cell = quoted
        } else {
            cell = readPlainCell(in: bytes)
        }
        return position == bytes.count - 1 && !isLast ? nil : cell
    }

    /// Reads the cells of the next row; nil if the block ends before the row is sure to have ended.
    mutating func readRow(in bytes: Span<UInt8>, isLast: Bool) throws(CSVError) -> [Cell]? {
        var cells: [Cell] = []
        while let cell = try readCell(in: bytes, isLast: isLast, column: cells.count + 1) {
            cells.append(cell)
            if position == bytes.count - 1 || bytes[position] != separator {
                return skipLineEnd(in: bytes, isLast: isLast) ? cells : nil
            }
            position += 1
        }
        return nil
    }

    /// Reads the texts of the next row; nil if it cannot be read.
    mutating func readTexts(in bytes: Span<UInt8>, isLast: Bool) -> [String]? {
        do {
            guard let cells = try readRow(in: bytes, isLast: isLast) else { return nil }
            var texts: [String] = []
            for cell in cells { texts.append(try text(of: cell, in: bytes)) }
            return texts
        } catch {
            return nil
        }
    }

    /// The same reader with another separator.
    func separating(by separator: TableFormat.Separator) -> CSVReader {
        CSVReader(file: file, separator: separator.byte, position: position, line: line)
    }

    /// Skips the end of a line or of the table; false if the block ends before that is known.
    mutating func skipLineEnd(in bytes: Span<UInt8>, isLast: Bool) -> Bool {
        let end = bytes.count - 1
        if position == end { return isLast }
        if bytes[position] == carriageReturn {
            if position + 1 == end, !isLast { return false }
            if position + 1 < end, bytes[position + 1] == lineFeed { position += 1 }
        }
        position += 1
        line += 1
        return true
    }

    mutating func skipSpaces(in bytes: Span<UInt8>) {
        while Self.isSpace(bytes[position], separator: separator) { position += 1 }
    }

    /// Whether a byte is a space that may stand around a cell.
    @inline(__always)
    static func isSpace(_ byte: UInt8, separator: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") && separator != UInt8(ascii: "\t")
    }

    /// Reads a cell up to the next separator or end of line, without the spaces before that.
    private mutating func readPlainCell(in bytes: Span<UInt8>) -> Cell {
        let start = position
        var index = position
        // The byte after the block ends a line.
        while case let byte = bytes[unchecked: index], byte != separator, !isLineEnd(byte) { index &+= 1 }
        position = index
        while index > start, Self.isSpace(bytes[index - 1], separator: separator) { index -= 1 }
        return Cell(range: start..<index, line: line)
    }

    /// Reads a cell from its opening quote to the spaces after the closing one; nil if the block ends before.
    private mutating func readQuotedCell(
        in bytes: Span<UInt8>, isLast: Bool, column: Int
    ) throws(CSVError) -> Cell? {
        let end = bytes.count - 1
        position += 1
        let start = position
        var cell = Cell(range: start..<start, line: line, isQuoted: true)
        while true {
            guard position < end else {
                if !isLast { return nil }
                throw .unterminatedQuote(file: file, line: cell.line, column: column)
            }
            switch bytes[position] {
            case quote:
                guard position + 1 < end, bytes[position + 1] == quote else {
                    cell.range = start..<position
                    position += 1
                    skipSpaces(in: bytes)
                    if position == end || bytes[position] == separator || isLineEnd(bytes[position]) {
                        return cell
                    }
                    throw .textAfterQuote(file: file, line: line, column: column)
                }
                cell.hasDoubledQuotes = true
                position += 2
            case lineFeed, carriageReturn:
                guard skipLineEnd(in: bytes, isLast: isLast) else { return nil }
            default:
                position += 1
            }
        }
    }
}

extension CSVReader {
    /// The bytes of a cell, with quotes that are not doubled.
    func contents(of cell: Cell, in bytes: Span<UInt8>) -> [UInt8] {
        var contents: [UInt8] = []
        contents.reserveCapacity(cell.range.count)
        var skips = false
        for index in cell.range {
            skips = cell.hasDoubledQuotes && bytes[index] == quote && !skips
            if !skips { contents.append(bytes[index]) }
        }
        return contents
    }

    /// The text of a cell.
    func text(of cell: Cell, in bytes: Span<UInt8>) throws(CSVError) -> String {
        let contents = contents(of: cell, in: bytes)
        guard let text = String(validating: contents, as: UTF8.self) else {
            // No byte of a longer UTF-8 sequence equals a line end, so that each line can be validated on its own.
            let lines = Self.lines(of: contents)
            let wrong = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0
            throw .invalidUTF8(file: file, line: cell.line + wrong)
        }
        if let index = contents.firstIndex(of: 0) {
            throw .nulCharacter(file: file, line: cell.line + Self.lines(of: contents[..<index]).count - 1)
        }
        return text
    }

    private static func lines(of bytes: some Collection<UInt8>) -> [[UInt8]] {
        var lines: [[UInt8]] = [[]]
        var last: UInt8 = 0
        for byte in bytes {
            if byte == lineFeed, last == carriageReturn {
                // It belongs to the end of line that has been seen.
            } else if isLineEnd(byte) {
                lines.append([])
            } else {
                lines[lines.count - 1].append(byte)
            }
            last = byte
        }
        return lines
    }
}

let quote = UInt8(ascii: "\"")
let carriageReturn = UInt8(ascii: "\r")

@inline(__always)
func isLineEnd(_ byte: UInt8) -> Bool { byte == lineFeed || byte == carriageReturn }
