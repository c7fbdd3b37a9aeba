import Foundation
import Testing

@testable import ReferenceNetwork

@Suite struct CSVErrorTests {
    /// What a reader of the error sees, for a text with one mistake.
    @Test(arguments: [
        ("", "f.csv: The file is empty. It needs a header line with column names, and rows below it."),
        ("a,y\n", "f.csv: There is a header, but no row. Add at least one row below the header."),
        (
            "a,a,y\n",
            "f.csv:1: column 2, \"a\": Column 1 has this name already. Rename one of the two, or leave both out "
                + "(excluding: [\"a\"])."
        ),
        (
            "x,b\n1,2\n",
            "f.csv:1: There is no column \"y\". The nearest name is \"x\"; the columns are \"x\", \"b\"."
        ),
        (
            ",a,y\n0,1,2\n",
            "f.csv:1: column 1, \"\": The column has no name. If it counts the rows, as the index that pandas writes, "
                + "leave it out (excluding: [\"\"]); if it is a feature, give it a name."
        ),
        (
            "a,y\n1\n",
            "f.csv:2: The row has 1 cell, but the header has 2. "
                + "Look for a missing cell, or a separator that needs quotes around its cell."
        ),
        ("a,y\n\n1,2\n", "f.csv:2: The line is blank, but not the last. Remove it."),
        (
            "a,y\n1,2\n\"\"\n",
            "f.csv:3: The line has a pair of quotes, an empty cell, and nothing else. Remove it."
        ),
        (
            "a,y\n\"1,2\n",
            "f.csv:2: column 1: The quote that opens here is never closed. "
                + "Close it, and double a quote that belongs to the text."
        ),
        (
            "a,y\n1,\"x\"x\n",
            "f.csv:2: column 2: There is text after the closing quote. "
                + "Double a quote that belongs to the text, or look for a missing separator."
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
            "a,y\n\"1,5\",2\n",
            "f.csv:2: column 1, \"a\": \"1,5\" is not a number. If the comma is the decimal mark, pass format: "
                + "TableFormat(separator: .comma, decimalMark: .comma). "
                + "Thousands separators are not read: take them out."
        ),
        (
            "a,y\n\"1,234.5\",2\n",
            "f.csv:2: column 1, \"a\": \"1,234.5\" is not a number. Thousands separators are not read: take them out."
        ),
        (
            "a,y\nInf,2\n",
            "f.csv:2: column 1, \"a\": \"Inf\" is not a finite 32-bit number. Replace it, or remove the row."
        ),
        ("a,y\n1,\n", "f.csv:2: column 2, \"y\": The label is missing. Fill it in, or remove the row."),
        (
            "a,y\n1,\0\n",
            "f.csv:2: The line has the character NUL. Save the file as text in the UTF-8 encoding."
        ),
    ])
    func sentences(text: String, sentence: String) {
        let error = #expect(throws: CSVError.self) {
            try CSVTable(.text(text, name: "f.csv"), classes: "y")
        }
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
        #expect(
            CSVError.longRow(limit: 1_000, file: "f.csv", line: 7).description
                == "f.csv:7: The row is longer than 1000 bytes. Look for a quote that is never closed.")
    }

    /// What does not fit the schema that a table is read with, or the caller's wishes.
    @Test func theColumns() throws {
        let place = CSVError.Place(file: "f", line: 1, column: 2, name: "id")
        #expect(
            CSVError.extraColumn(at: place).description
                == "f:1: column 2, \"id\": The table of the schema has no such column. "
                + "Leave it out (excluding: [\"id\"]), or all that it does not have (extraColumns: .ignored)."
        )
        #expect(
            CSVError.unknownClass("eln", classes: ["ash", "elm"], at: place).description
                == "f:1: column 2, \"id\": \"eln\" is not a class of the schema. "
                + "The nearest name is \"elm\"; the classes are \"ash\", \"elm\".")
        #expect(
            CSVError.neededColumn("y", file: "f", line: 1).description
                == "f:1: The column \"y\" is needed, and cannot be left out. "
                + "Take its name out of those that are left out.")
    }

    @Test func longListsAndCellsAreCut() {
        let columns = (1...14).map { "c\($0)" }
        let unknown = CSVError.missingColumns(["c13x"], extra: [], columns: columns, file: "f", line: 1)
            .description
        #expect(unknown.contains("The nearest name is \"c13\";"))
        #expect(unknown.hasSuffix("\"c11\", \"c12\" and 2 more."))
        let cell = String(repeating: "z", count: 1000)
        let place = CSVError.Place(file: "f", line: 2, column: 1, name: "a")
        let long = CSVError.notANumber(cell: cell, format: TableFormat(), at: place).description
        #expect(long.contains("\"\(cell.prefix(40))\"… is not a number"))
        // Names of a megabyte are not compared letter by letter.
        let names = Array(repeating: String(repeating: "z", count: 1_000_000), count: 20)
        let huge = CSVError.missingColumns(
            [names[0] + "y"], extra: [], columns: names, file: "f", line: 1
        ).description
        #expect(huge.utf8.count < 2_000)
        #expect(!huge.contains("nearest"))
    }

    @Test func missingColumns() {
        func description(_ names: [String], extra: [String], columns: [String]) -> String {
            CSVError.missingColumns(names, extra: extra, columns: columns, file: "f", line: 1).description
        }
        // The columns that the schema does not have come into question, first without regard to case.
        #expect(
            description(["AGE"], extra: ["AGO", "age"], columns: ["AGE2", "AGO", "age"])
                == "f:1: There is no column \"AGE\". The nearest name is \"age\"; the columns are \"AGE2\", "
                + "\"AGO\", \"age\". Not in the schema: \"AGO\", \"age\".")
        #expect(
            description(["length", "width"], extra: [], columns: ["lenght", "Width", "kind"])
                == "f:1: There are no columns \"length\" (nearest: \"lenght\"), \"width\" (nearest: \"Width\"). "
                + "The columns are \"lenght\", \"Width\", \"kind\".")
        // All are named, and the nearest name of some.
        let names = (0..<500).map { "column \($0)" }
        let all = description(names, extra: [], columns: (0..<2000).map { "c\($0)" })
        #expect(names.allSatisfy { all.contains("\"\($0)\"") })
        #expect(all.components(separatedBy: "nearest").count == 13)
    }
}
