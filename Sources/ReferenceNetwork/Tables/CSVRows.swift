/// The rows of a table, read into numbers and classes.
struct CSVRows {
    private var reader: CSVReader
    private let header: CSVHeader
    private let places: [Int]
    private let plainNumbers: PlainNumbers
    private let featureCount: Int
    private let hasLabel: Bool
    private let format: TableFormat

    private(set) var count = 0
    var features = Pieces<Float>()
    var values = Pieces<Float>()
    var labels = Pieces<Int32>()
    private(set) var classes: ClassIndex

    /// The numbers of the last row: its features in their order, then its targets.
    private var numbers: [Float]
    /// The class of the last row.
    private var label: Int32 = 0
    /// The first of the blank lines after the last row.
    private var blankLine: Int?

    private enum Outcome {
        case row
        /// A line without a cell, or with spaces alone.
        case blank
        /// The block ends before the row does: nothing has been read.
        case incomplete
    }

    init(_ reader: CSVReader, header: CSVHeader, plan: ColumnPlan, request: TableRequest) {
        self.reader = reader
        self.header = header
        format = request.format
        places = plan.places
        plainNumbers = PlainNumbers(
            places: plan.places, separator: reader.separator, mark: format.decimalMark.byte)
        featureCount = plan.features.count
        hasLabel = plan.hasLabel
        numbers = Array(repeating: 0, count: plan.numbers)
        classes = ClassIndex(names: request.target?.classNames ?? [])
    }

    /// The index of the next row in the block.
    var position: Int {
        get { reader.position }
        set { reader.position = newValue }
    }

    var line: Int { reader.line }

    /// Reads all rows that are in a block as a whole; the position is that of the first one that is not.
    mutating func readRows(in bytes: Span<UInt8>, isLast: Bool) throws(CSVError) {
        while !isLast || position < bytes.count - 1 {
            let line = line
            switch try readRow(in: bytes, isLast: isLast) {
            case .row:
                if let blankLine { throw blank(line: blankLine) }
                for place in 0..<featureCount { features.append(numbers[place]) }
                for place in featureCount..<numbers.count { values.append(numbers[place]) }
                if hasLabel { labels.append(label) }
                count += 1
            case .blank:
                blankLine = blankLine ?? line
            case .incomplete:
                return
            }
        }
    }

    /// Reads the next row of a block.
    ///
    /// A mistake in a cell is only reported if the row has as many cells as the header: where one is missing, the cells
    /// after it are in the wrong columns.
    private mutating func readRow(in bytes: Span<UInt8>, isLast: Bool) throws(CSVError) -> Outcome {
        let start = (position: reader.position, line: reader.line)
        var mistake: CSVError?
        var column = 0
        while true {
            if plainNumbers.read(
                into: &numbers, in: bytes, isLast: isLast, at: &reader.position, column: &column)
            {
                break
            }
            guard let cell = try reader.readCell(in: bytes, isLast: isLast, column: column + 1) else {
                (reader.position, reader.line) = start
                return .incomplete
            }
            let endsRow = reader.position == bytes.count - 1 || bytes[reader.position] != reader.separator
            if column == 0, endsRow, cell.range.isEmpty {
                if !cell.isQuoted, reader.skipLineEnd(in: bytes, isLast: isLast) { return .blank }
                if cell.isQuoted, places.count > 1 {
                    throw .quotedBlankLine(file: reader.file, line: cell.line)
                }
            }
            if mistake == nil, column < places.count {
                do { try take(cell, in: bytes, column: column) } catch { mistake = error }
            }
            column += 1
            if endsRow { break }
            reader.position += 1
        }
        guard reader.skipLineEnd(in: bytes, isLast: isLast) else {
            (reader.position, reader.line) = start
            return .incomplete
        }
        guard column == places.count else {
            throw .raggedRow(expected: places.count, found: column, file: reader.file, line: start.line)
        }
        if let mistake { throw mistake }
        return .row
    }

    /// Takes the number or the class in a cell.
    private mutating func take(_ cell: CSVReader.Cell, in bytes: Span<UInt8>, column: Int) throws(CSVError) {
        let place = places[column]
        if place == ColumnPlan.label {
            try takeLabel(cell, in: bytes, column: column)
        } else if place >= 0 {
            let text = try reader.text(of: cell, in: bytes)
            guard DecimalNumber.isWritten(in: text, mark: format.decimalMark.byte) else {
                // The words for numbers that are not finite, as the standard library reads them.
                if let float = Float(text), !float.isFinite {
                    throw .notFinite(cell: text, at: self.place(of: cell, column))
                }
                throw .notANumber(cell: text, format: format, at: self.place(of: cell, column))
            }
            let float = DecimalNumber.exactFloat(bytes.extracting(cell.range), mark: format.decimalMark.byte)
            guard float.isFinite else { throw .notFinite(cell: text, at: self.place(of: cell, column)) }
            numbers[place] = float
        }
    }

    private mutating func takeLabel(_ cell: CSVReader.Cell, in bytes: Span<UInt8>, column: Int)
        throws(CSVError)
    {
        if cell.range.isEmpty { throw .missingLabel(at: place(of: cell, column)) }
        if !cell.hasDoubledQuotes, let known = classes.label(bytes.extracting(cell.range)) {
            label = known
            return
        }
        let contents = reader.contents(of: cell, in: bytes)
        if let known = classes.label(contents.span) {
            label = known
            return
        }
        let text = try reader.text(of: cell, in: bytes)
        guard let new = classes.add(contents.span, text: text) else {
            throw .unknownClass(text, classes: classes.names, at: place(of: cell, column))
        }
        label = new
    }

    private func place(of cell: CSVReader.Cell, _ column: Int) -> CSVError.Place {
        CSVError.Place(file: reader.file, line: cell.line, column: column + 1, name: header.names[column])
    }

    /// The mistake of a blank line before a row: where there is one column, its cell is missing.
    private func blank(line: Int) -> CSVError {
        guard places.count == 1 else {
            return .raggedRow(expected: places.count, found: 0, file: reader.file, line: line)
        }
        let place = CSVError.Place(file: reader.file, line: line, column: 1, name: header.names[0])
        return places[0] == ColumnPlan.label
            ? .missingLabel(at: place) : .notANumber(cell: "", format: format, at: place)
    }
}
