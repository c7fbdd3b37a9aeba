/// A reader of cells that are finite numbers without quotes, as most cells of a table are.
struct PlainNumbers {
    /// For each column, the place of its number in a row of numbers; negative if it is none.
    private let places: [Int]
    private let separator: UInt8
    private let mark: UInt8

    init(places: [Int], separator: UInt8, mark: UInt8) {
        // A mark that is a separator, too, only is a mark in quotes: no number is plain then.
        self.places = separator == mark ? [] : places
        self.separator = separator
        self.mark = mark
    }

    /// Reads the cells of a row from a position and a column on, as long as they are such numbers, and moves both to
    /// the cell that is next; true if the row ends with a number, whose end the position then is.
    func read(
        into numbers: inout [Float], in bytes: Span<UInt8>, isLast: Bool, at position: inout Int,
        column: inout Int
    ) -> Bool {
        let end = bytes.count - 1
        let places = places.span
        var numbers = numbers.mutableSpan
        while column < places.count, case let place = places[unchecked: column], place >= 0 {
            // No index goes beyond the line feed after the block, which is no part of a number and no space.
            var index = position
            skipSpaces(bytes, &index)
            let start = index
            guard let number = DecimalNumber(bytes, at: &index, mark: mark) else { return false }
            let float = number.float ?? DecimalNumber.exactFloat(bytes.extracting(start..<index), mark: mark)
            skipSpaces(bytes, &index)
            let endsRow = bytes[unchecked: index] != separator
            // A number that ends with the block may go on in the next one.
            guard float.isFinite, !endsRow || isLineEnd(bytes[unchecked: index]) && (index < end || isLast)
            else {
                return false
            }
            numbers[place] = float
            column &+= 1
            position = endsRow ? index : index &+ 1
            if endsRow { return true }
        }
        return false
    }

    @inline(__always)
    private func skipSpaces(_ bytes: Span<UInt8>, _ index: inout Int) {
        while CSVReader.isSpace(bytes[unchecked: index], separator: separator) { index &+= 1 }
    }
}
