import Testing

@testable import ReferenceNetwork

/// What is wrong with a row, and on which line.
struct CSVRowsTests {
    private func read(_ text: String) throws(CSVError) -> Samples {
        try CSVTable(.text(text, name: "f"), classes: "y").samples
    }

    @Test(arguments: [
        "abc", "", "0x1p3", "1.2.3", "--1", "1e", ".", "1 2", "1_000", "1;5", "٣", "−1", "\"1\"\"\"",
    ])
    func notANumber(cell: String) {
        let place = CSVError.Place(file: "f", line: 3, column: 2, name: "b")
        let text = cell == "\"1\"\"\"" ? "1\"" : cell
        #expect(throws: CSVError.notANumber(cell: text, format: TableFormat(), at: place)) {
            try read("a,b,y\n1,2,x\n3,\(cell),x\n")
        }
    }

    @Test(arguments: [
        "nan", "NaN", "-nan", "nan(7)", "inf", "+INF", "-Infinity", "1e39", "-3.4028236e38", "\"1e39\"",
    ])
    func notFinite(cell: String) {
        let place = CSVError.Place(file: "f", line: 2, column: 1, name: "a")
        #expect(throws: CSVError.notFinite(cell: cell.filter { $0 != "\"" }, at: place)) {
            try read("a,y\n\(cell),x\n")
        }
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func linesStayRightAfterQuotedNewlines(end: String) {
        let lines = ["a,y,b", "1,\"two", "", "lines\",2", "3,\"", "\",x"]
        let place = CSVError.Place(file: "f", line: 6, column: 3, name: "b")
        #expect(throws: CSVError.notANumber(cell: "x", format: TableFormat(), at: place)) {
            try read(lines.joined(separator: end))
        }
    }

    static let mistakes: [(String, CSVError)] = [
        ("", .empty(file: "f")),
        (" \r\n\n", .empty(file: "f")),
        ("\u{FEFF}", .empty(file: "f")),
        ("a,y", .noRows(file: "f")),
        ("a,y\n\n \n", .noRows(file: "f")),
        ("a,b\n1,2\n", .missingColumns(["y"], extra: [], columns: ["a", "b"], file: "f", line: 1)),
        ("\n\na,b\n1,2\n", .missingColumns(["y"], extra: [], columns: ["a", "b"], file: "f", line: 3)),
        (
            "a,\"b\n\",y, a \n",
            .duplicateColumn(first: 1, at: .init(file: "f", line: 2, column: 4, name: "a"))
        ),
        ("a,y\n1,x\n1,x,2\n", .raggedRow(expected: 2, found: 3, file: "f", line: 3)),
        ("a,y\n1,x\n1\n", .raggedRow(expected: 2, found: 1, file: "f", line: 3)),
        ("a,y\n1,x,\n", .raggedRow(expected: 2, found: 3, file: "f", line: 2)),
        ("a,y\n1,x\n\n1,x\n", .raggedRow(expected: 2, found: 0, file: "f", line: 3)),
        ("a,y\n1,x\n\n\n \n1,x\n", .raggedRow(expected: 2, found: 0, file: "f", line: 3)),
        // Where a cell is missing, the cells after it are in wrong columns.
        ("a,b,y\n1,x\n", .raggedRow(expected: 3, found: 2, file: "f", line: 2)),
        ("a,y\n1,x\n\"\"\n", .quotedBlankLine(file: "f", line: 3)),
        ("a,y\n1,x\n \"\" ", .quotedBlankLine(file: "f", line: 3)),
        ("y\nx\n\"\"\n", .missingLabel(at: .init(file: "f", line: 3, column: 1, name: "y"))),
        ("y\nx\n\nx\n", .missingLabel(at: .init(file: "f", line: 3, column: 1, name: "y"))),
        ("a,y\n1, \n", .missingLabel(at: .init(file: "f", line: 2, column: 2, name: "y"))),
        ("a,y\n1,\"\"\n", .missingLabel(at: .init(file: "f", line: 2, column: 2, name: "y"))),
        ("a,y\n1,x\n2,\"x\n3,x\n", .unterminatedQuote(file: "f", line: 3, column: 2)),
        ("a,y\n1,\"x\ny\"z\n", .textAfterQuote(file: "f", line: 3, column: 2)),
        ("a,y\n1,\"x\r\ny\0z\"\n", .nulCharacter(file: "f", line: 3)),
        ("a,y\0\n1,x\n", .nulCharacter(file: "f", line: 1)),
        ("a,y\n1\0,x\n", .nulCharacter(file: "f", line: 2)),
    ]

    @Test(arguments: mistakes)
    func mistake(text: String, error: CSVError) {
        #expect(throws: error) { try read(text) }
    }

    @Test func oneColumnOfNumbers() {
        let place = CSVError.Place(file: "text", line: 3, column: 1, name: "y")
        #expect(throws: CSVError.notANumber(cell: "", format: TableFormat(), at: place)) {
            try CSVTable(.text("y\n1\n\n2\n"), values: ["y"])
        }
    }

    @Test func manyColumnsAndLongCells() throws {
        let count = 100_000
        let names = (0..<count).map { "c\($0)" }.joined(separator: ",")
        let row = (0..<count).map { "\($0)" }.joined(separator: ",")
        let table = try CSVTable(.text("\(names),y\n\(row),u\n\(row),v\n"), classes: "y")
        #expect(table.samples.features == (0..<2 * count).map { Float($0 % count) })
        let place = CSVError.Place(file: "text", line: 3, column: 1, name: "c0")
        #expect(throws: CSVError.notANumber(cell: "-", format: TableFormat(), at: place)) {
            try CSVTable(.text("\(names),y\n\(row),u\n-\(row.dropFirst()),v\n"), classes: "y")
        }

        let digits = String(repeating: "3", count: 1_000_000)
        let long = try CSVTable(.text("a,y\n0.\(digits),\(digits)\n"), classes: "y")
        #expect(long.samples.features == [0.333_333_34])
        #expect(long.schema.target == .classes(column: "y", names: [digits]))
    }
}
