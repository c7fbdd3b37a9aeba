import Foundation
import Regularization

/// An error in a CSV file, with its place.
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

    /// The file does not exist or cannot be read; `reason` is the system's.
    case unreadable(file: String, reason: String)
    /// A line is not text in the UTF-8 encoding.
    case invalidUTF8(file: String, line: Int)
    /// The file is empty or has only blank lines.
    case empty(file: String)
    /// The file has a header line and no row below it.
    case noRows(file: String)
    /// Two columns have the same name: column `first`, and the one at `at`.
    case duplicateColumn(first: Int, at: Place)
    /// No column has the name of the label, which the caller gave; `line` is that of the header.
    case unknownLabel(String, columns: [String], file: String, line: Int)
    /// A row has more or fewer cells than the header; `found` is 0 for a blank line between rows.
    case raggedRow(expected: Int, found: Int, file: String, line: Int)
    /// A quote is opened and never closed.
    case unterminatedQuote(file: String, line: Int, column: Int)
    /// There is text between a closing quote and the end of its cell.
    case textAfterQuote(file: String, line: Int, column: Int)
    /// A cell that must be a number is not one in decimal notation; it may be empty.
    case notANumber(cell: String, at: Place)
    /// A number is infinite, NaN, or too large for a 32-bit float.
    case notFinite(cell: String, at: Place)
    /// The label of a row is empty.
    case missingLabel(at: Place)
}

extension CSVError: CustomStringConvertible, LocalizedError {
    /// Sentences that say where the error is, what is wrong, and what to do.
    public var description: String {
        switch self {
        case .unreadable(let file, let reason):
            "\(file): The file cannot be read: \(reason). Check the path and the permissions."
        case .invalidUTF8(let file, let line):
            "\(file):\(line): The line is not valid UTF-8. Save the file in the UTF-8 encoding."
        case .empty(let file):
            "\(file): The file is empty. It needs a header line with column names, and rows below it."
        case .noRows(let file):
            "\(file): There is a header, but no row. Add at least one row below the header."
        case .duplicateColumn(let first, let place):
            "\(place): Column \(first) has this name already. Rename one of the two."
        case .unknownLabel(let label, let columns, let file, let line):
            "\(file):\(line): There is no label column \(shown(label)). " + Self.advice(for: label, columns)
        case .raggedRow(let expected, let found, let file, let line):
            found == 0
                ? "\(file):\(line): The line is blank, but not the last. Remove it."
                : "\(file):\(line): The row has \(counted(found, "cell")), but the header has \(expected). "
                    + "Look for a missing cell, or a comma that needs quotes around its cell."
        case .unterminatedQuote(let file, let line, let column):
            "\(file):\(line): column \(column): The quote that opens here is never closed. "
                + "Close it, and double a quote that belongs to the text."
        case .textAfterQuote(let file, let line, let column):
            "\(file):\(line): column \(column): There is text after the closing quote. "
                + "Double a quote that belongs to the text, or look for a missing comma."
        case .notANumber(let cell, let place):
            cell.isEmpty
                ? "\(place): The cell is empty. Fill in missing values first, or remove the row."
                : "\(place): \(shown(cell)) is not a number. Use decimal notation, as in -12.5 or 1.25e-3."
        case .notFinite(let cell, let place):
            "\(place): \(shown(cell)) is not a finite 32-bit number. Replace it, or remove the row."
        case .missingLabel(let place):
            "\(place): The label is missing. Fill it in, or remove the row."
        }
    }

    /// The same sentences as `description`.
    public var errorDescription: String? { description }

    /// Advice for a label that no column has: the nearest name and all columns, or that cells have another separator.
    private static func advice(for label: String, _ columns: [String]) -> String {
        let limit = 12
        let names = columns.prefix(limit).map(shown).joined(separator: ", ")
        let rest = columns.count > limit ? " and \(columns.count - limit) more" : ""
        if let only = columns.first, columns.count == 1, only.contains(where: { ";\t|".contains($0) }) {
            return "The only column is \(names). Separate cells by commas."
        }
        let nearest = columns.min { editDistance(label, $0) < editDistance(label, $1) } ?? ""
        return "The nearest name is \(shown(nearest)); the columns are \(names)\(rest)."
    }
}

extension CSVError.Place: CustomStringConvertible {
    /// The file and the line, then the number and the name of the column.
    public var description: String { "\(file):\(line): column \(column), \(shown(name))" }
}

/// Text from a file in quotes, with control characters escaped, and cut after 40 characters.
private func shown(_ text: String) -> String {
    let limit = 40
    return text.count > limit ? String(text.prefix(limit)).debugDescription + "…" : text.debugDescription
}

/// A number and a noun, in the plural unless the number is 1.
private func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
