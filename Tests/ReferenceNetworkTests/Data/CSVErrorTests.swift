import Testing

@testable import ReferenceNetwork

@Suite struct CSVErrorTests {
    /// What a reader of the error sees, for a text with one mistake.
    @Test(arguments: [
        ("", "f.csv: The file is empty. It needs a header line with column names, and rows below it."),
        ("a,y\n", "f.csv: There is a header, but no row. Add at least one row below the header."),
        ("a,a,y\n", "f.csv:1: column 2, \"a\": Column 1 has this name already. Rename one of the two."),
        (
            "x,b\n1,2\n",
            "f.csv:1: There is no label column \"y\". The nearest name is \"x\"; the columns are \"x\", \"b\"."
        ),
        (
            "a;y\n1;2\n",
            "f.csv:1: There is no label column \"y\". The only column is \"a;y\". Separate cells by commas."
        ),
        (
            "a,y\n1\n",
            "f.csv:2: The row has 1 cell, but the header has 2. "
                + "Look for a missing cell, or a comma that needs quotes around its cell."
        ),
        ("a,y\n\n1,2\n", "f.csv:2: The line is blank, but not the last. Remove it."),
        (
            "a,y\n\"1,2\n",
            "f.csv:2: column 1: The quote that opens here is never closed. "
                + "Close it, and double a quote that belongs to the text."
        ),
        (
            "a,y\n1,\"x\"x\n",
            "f.csv:2: column 2: There is text after the closing quote. "
                + "Double a quote that belongs to the text, or look for a missing comma."
        ),
        (
            "a,y\n,2\n",
            "f.csv:2: column 1, \"a\": The cell is empty. Fill in missing values first, or remove the row."
        ),
        (
            "a,y\n\"1\n2\",2\n",
            "f.csv:2: column 1, \"a\": \"1\\n2\" is not a number. Use decimal notation, as in -12.5 or 1.25e-3."
        ),
        (
            "a,y\nInf,2\n",
            "f.csv:2: column 1, \"a\": \"Inf\" is not a finite 32-bit number. Replace it, or remove the row."
        ),
        ("a,y\n1,\n", "f.csv:2: column 2, \"y\": The label is missing. Fill it in, or remove the row."),
    ])
    func sentences(text: String, sentence: String) {
        let error = #expect(throws: CSVError.self) { try CSVTable(text: text, label: "y", file: "f.csv") }
        #expect(error?.description == sentence)
        #expect(error?.localizedDescription == sentence)
    }

    @Test func theFileItself() {
        #expect(
            CSVError.unreadable(file: "f.csv", reason: "No such file or directory").description
                == "f.csv: The file cannot be read: No such file or directory. "
                + "Check the path and the permissions.")
        #expect(
            CSVError.invalidUTF8(file: "f.csv", line: 7).description
                == "f.csv:7: The line is not valid UTF-8. Save the file in the UTF-8 encoding.")
    }

    @Test func longListsAndCellsAreCut() {
        let columns = (1...14).map { "c\($0)" }
        let unknown = CSVError.unknownLabel("c13x", columns: columns, file: "f", line: 1).description
        #expect(unknown.contains("The nearest name is \"c13\";"))
        #expect(unknown.hasSuffix("\"c11\", \"c12\" and 2 more."))
        let cell = String(repeating: "z", count: 1000)
        let position = CSVError.Place(file: "f", line: 2, column: 1, name: "a")
        let long = CSVError.notANumber(cell: cell, at: position).description
        #expect(long.contains("\"\(cell.prefix(40))\"… is not a number"))
    }
}
