/// The numbers of a table that has been read.
struct TableReading: Equatable {
    let rows: Int
    let columns: [String]
    let features: [Float]
    let values: [Float]
    let classes: [Int]
    let classNames: [String]

    /// Reads a table.
    ///
    /// - Complexity: O(bytes) in time. In memory there are a block of the file, the numbers, and one piece of them
    ///   twice.
    init(
        _ request: TableRequest, from source: TableSource, blockSize: Int = 1 << 20,
        longestRow: Int = CSVBlocks.longestRow
    ) throws(CSVError) {
        var blocks = try CSVBlocks(source, blockSize: blockSize, longestRow: longestRow)
        let (header, reader) = try Self.readHeader(of: &blocks, file: source.name, format: request.format)
        let plan: ColumnPlan
        do { plan = try ColumnPlan(request, header: header) } catch {
            guard case .missingColumns(let names, _, _, _, _) = error,
                let other = Self.otherFormat(of: header, missing: names[0], in: &blocks, not: request.format)
            else { throw error }
            throw other
        }
        var rows = CSVRows(reader, header: header, plan: plan, request: request)
        while true {
            try rows.readRows(in: blocks.bytes.span.extracting(0...blocks.count), isLast: blocks.isLast)
            if blocks.isLast { break }
            try blocks.advance(keepingFrom: rows.position, line: rows.line)
            rows.position = 0
        }
        if rows.count == 0 { throw .noRows(file: source.name) }
        self.rows = rows.count
        columns = plan.features
        features = rows.features.joined { $0 }
        values = rows.values.joined { $0 }
        (classNames, classes) = rows.classes.sorted(&rows.labels)
    }

    /// Reads the first row that is not blank.
    private static func readHeader(
        of blocks: inout CSVBlocks, file: String, format: TableFormat
    ) throws(CSVError) -> (CSVHeader, CSVReader) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        while blocks.count < mark.count, !blocks.isLast { try blocks.advance(keepingFrom: 0, line: 1) }
        var reader = CSVReader(file: file, separator: format.separator.byte)
        if blocks.bytes.starts(with: mark) { reader.position = mark.count }
        while true {
            do {
                if let read = try readHeader(of: blocks, &reader) { return read }
            } catch {
                let header = CSVHeader(start: reader, names: [], lines: [])
                throw otherFormat(of: header, missing: nil, in: &blocks, not: format) ?? error
            }
            if blocks.isLast { throw .empty(file: file) }
            try blocks.advance(keepingFrom: reader.position, line: reader.line)
            reader.position = 0
        }
    }

    /// Reads the first row that is not blank, if it is in a block; the reader moves to where it begins.
    private static func readHeader(
        of blocks: borrowing CSVBlocks, _ reader: inout CSVReader
    ) throws(CSVError) -> (CSVHeader, CSVReader)? {
        let bytes = blocks.bytes.span.extracting(0...blocks.count)
        while reader.position < blocks.count {
            var next = reader
            guard let cells = try next.readRow(in: bytes, isLast: blocks.isLast) else { return nil }
            if cells.count > 1 || !cells[0].range.isEmpty || cells[0].isQuoted {
                var header = CSVHeader(start: reader, names: [], lines: cells.map(\.line))
                for cell in cells { header.names.append(try reader.text(of: cell, in: bytes)) }
                return (header, next)
            }
            reader = next
        }
        return nil
    }

    /// An error that proposes the format in which a header has a name that it lacks, or more than one; nil if there is
    /// none.
    private static func otherFormat(
        of header: CSVHeader, missing name: String?, in blocks: inout CSVBlocks, not format: TableFormat
    ) -> CSVError? {
        var start = header.start
        // The row below the header tells the decimal mark, and need not be in the block yet.
        let enough = 1 << 16
        while !blocks.isLast, blocks.count - start.position < enough {
            do { try blocks.advance(keepingFrom: start.position, line: start.line) } catch { return nil }
            start.position = 0
        }
        let bytes = blocks.bytes.span.extracting(0...blocks.count)
        for separator in TableFormat.Separator.allCases where separator != format.separator {
            var reader = start.separating(by: separator)
            guard let names = reader.readTexts(in: bytes, isLast: blocks.isLast) else { continue }
            let hasName = name.map { names.contains($0) } ?? false
            guard hasName || names.count > 1 && header.names.count <= 1 else { continue }
            let row = reader.readTexts(in: bytes, isLast: blocks.isLast) ?? []
            let comma = UInt8(ascii: ",")
            let hasCommas = row.contains {
                $0.utf8.contains(comma) && DecimalNumber.isWritten(in: $0, mark: comma)
            }
            let other = TableFormat(separator: separator, decimalMark: hasCommas ? .comma : .point)
            return .otherFormat(other, missing: name, file: header.file, line: header.line)
        }
        return nil
    }
}
