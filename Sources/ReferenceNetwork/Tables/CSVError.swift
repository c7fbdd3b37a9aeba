/// An error in a table, with its place.
///
/// Lines count from 1, as in an editor; columns count cells, from 1. The description says what to do.
public enum CSVError: Error, Sendable, Equatable {
    /// The place of a cell in a file.
    public struct Place: Sendable, Equatable {
        /// The name of the file.
        public let file: String
        /// The line on which the cell begins, from 1.
        public let line: Int
        /// The number of the cell in its row, from 1.
        public let column: Int
        /// The name of the column in the header.
        public let name: String
    }

    // MARK: The file

    /// The file does not exist or cannot be read; `reason` is the system's.
    case unreadable(file: String, reason: String)
    /// A line is not text in the UTF-8 encoding.
    case invalidUTF8(file: String, line: Int)
    /// A line has the character NUL, as text in the UTF-16 encoding has.
    case nulCharacter(file: String, line: Int)
    /// A row has more bytes than are read.
    case longRow(limit: Int, file: String, line: Int)
    /// The file is empty or has only blank lines.
    case empty(file: String)
    /// The file has a header line and no row below it.
    case noRows(file: String)

    // MARK: The columns

    /// Two columns have the same name: column `first`, and the one at `at`.
    case duplicateColumn(first: Int, at: Place)
    /// No columns have these names, which the caller or the schema gave; `extra` are those of `columns` that the schema
    /// does not have, and `line` is that of the header.
    case missingColumns([String], extra: [String], columns: [String], file: String, line: Int)
    /// A column is neither in the schema nor left out.
    case extraColumn(at: Place)
    /// A column that is not left out has no name, as the index that pandas writes.
    case unnamedColumn(at: Place)
    /// A column is left out and needed at the same time.
    case neededColumn(String, file: String, line: Int)
    /// The header has names, `missing` among them if that is not nil, once it is read in another format.
    case otherFormat(TableFormat, missing: String?, file: String, line: Int)

    // MARK: Rows

    /// A row has more or fewer cells than the header; `found` is 0 for a blank line between rows.
    case raggedRow(expected: Int, found: Int, file: String, line: Int)
    /// A line has a pair of quotes and nothing else.
    case quotedBlankLine(file: String, line: Int)
    /// A quote is opened and never closed.
    case unterminatedQuote(file: String, line: Int, column: Int)
    /// There is text between a closing quote and the end of its cell.
    case textAfterQuote(file: String, line: Int, column: Int)

    // MARK: Cells

    /// A cell that must be a number is not one in decimal notation; it may be empty.
    case notANumber(cell: String, format: TableFormat, at: Place)
    /// A number is infinite, NaN, or too large for a 32-bit float.
    case notFinite(cell: String, at: Place)
    /// The label of a row is empty.
    case missingLabel(at: Place)
    /// A label is none of the classes of the schema.
    case unknownClass(String, classes: [String], at: Place)
}
