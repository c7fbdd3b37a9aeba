import Foundation
import Regularization

extension CSVError: CustomStringConvertible, LocalizedError {
    /// Sentences that say where the error is, what is wrong, and what to do.
    public var description: String {
        switch self {
        case .unreadable(let file, let reason):
            "\(file): The file cannot be read: \(reason). Check the path and the permissions."
        case .invalidUTF8(let file, let line):
            "\(file):\(line): The line is not valid UTF-8. Save the file in the UTF-8 encoding."
        case .nulCharacter(let file, let line):
            "\(file):\(line): The line has the character NUL. Save the file as text in the UTF-8 encoding."
        case .longRow(let limit, let file, let line):
            "\(file):\(line): The row is longer than \(limit) bytes. Look for a quote that is never closed."
        case .empty(let file):
            "\(file): The file is empty. It needs a header line with column names, and rows below it."
        case .noRows(let file):
            "\(file): There is a header, but no row. Add at least one row below the header."
        case .duplicateColumn(let first, let place):
            "\(place): Column \(first) has this name already. Rename one of the two, or leave both out "
                + "(\(leavingOut(place.name)))."
        case .missingColumns(let names, let extra, let columns, let file, let line):
            "\(file):\(line): " + Self.advice(onMissing: names, extra: extra, columns: columns)
        case .extraColumn(let place):
            "\(place): The table of the schema has no such column. Leave it out (\(leavingOut(place.name))), or "
                + "all that it does not have (extraColumns: .ignored)."
        case .unnamedColumn(let place):
            "\(place): The column has no name. If it counts the rows, as the index that pandas writes, leave it out "
                + "(\(leavingOut(place.name))); if it is a feature, give it a name."
        case .neededColumn(let name, let file, let line):
            "\(file):\(line): The column \(shown(name)) is needed, and cannot be left out. "
                + "Take its name out of those that are left out."
        case .otherFormat(let format, let missing, let file, let line):
            "\(file):\(line): " + (missing.map { "There is no column \(shown($0)). " } ?? "")
                + "The cells seem to be separated by \(format.separator.noun)"
                + (format.decimalMark == .comma ? ", with decimal commas" : "") + ". Pass format: \(format)."
        case .raggedRow(let expected, let found, let file, let line):
            found == 0
                ? "\(file):\(line): The line is blank, but not the last. Remove it."
                : "\(file):\(line): The row has \(counted(found, "cell")), but the header has \(expected). "
                    + "Look for a missing cell, or a separator that needs quotes around its cell."
        case .quotedBlankLine(let file, let line):
            "\(file):\(line): The line has a pair of quotes, an empty cell, and nothing else. Remove it."
        case .unterminatedQuote(let file, let line, let column):
            "\(file):\(line): column \(column): The quote that opens here is never closed. "
                + "Close it, and double a quote that belongs to the text."
        case .textAfterQuote(let file, let line, let column):
            "\(file):\(line): column \(column): There is text after the closing quote. "
                + "Double a quote that belongs to the text, or look for a missing separator."
        case .notANumber(let cell, let format, let place):
            "\(place): " + Self.advice(onNumber: cell, format)
        case .notFinite(let cell, let place):
            "\(place): \(shown(cell)) is not a finite 32-bit number. Replace it, or remove the row."
        case .missingLabel(let place):
            "\(place): The label is missing. Fill it in, or remove the row."
        case .unknownClass(let label, let classes, let place):
            "\(place): \(shown(label)) is not a class of the schema. "
                + listed(classes, "classes", nearestTo: label)
        }
    }

    /// The same sentences as `description`.
    public var errorDescription: String? { description }

    /// What is wrong with columns that lack these names, with the nearest ones: such as the schema does not have, if
    /// there are any.
    private static func advice(onMissing names: [String], extra: [String], columns: [String]) -> String {
        let others = extra.isEmpty ? columns : extra
        let notInSchema = extra.isEmpty ? "" : " Not in the schema: \(listed(extra))."
        if names.count == 1 {
            return "There is no column \(shown(names[0])). "
                + listed(columns, "columns", nearestTo: names[0], among: others) + notInSchema
        }
        // So that the comparisons of many names with many take no longer than those of one.
        let limit = 12
        let missing = names.enumerated().map { index, name in
            let candidates = others.prefix(1000 / min(names.count, limit))
            let nearest = index < limit ? nearestName(to: name, among: candidates) : nil
            return shown(name) + (nearest.map { " (nearest: \(shown($0)))" } ?? "")
        }
        return "There are no columns \(missing.joined(separator: ", ")). The columns are \(listed(columns))."
            + notInSchema
    }

    /// What is wrong with a cell that is not a number in a format.
    private static func advice(onNumber cell: String, _ format: TableFormat) -> String {
        if cell.isEmpty { return "The cell is empty. Fill in missing values first, or remove the row." }
        let mark = format.decimalMark
        let sentence = "\(shown(cell)) is not a number. "
        let other: TableFormat.DecimalMark = mark == .comma ? .point : .comma
        if DecimalNumber.isWritten(in: cell, mark: other.byte) {
            return sentence + "If the \(other) is the decimal mark, pass format: "
                + "\(TableFormat(separator: format.separator, decimalMark: other)). "
                + "Thousands separators are not read: take them out."
        }
        // Among them the no-break spaces, wide and narrow, and the apostrophes of different countries.
        let digits = cell.filter { !",.'’ \u{A0}\u{202F}".contains($0) }
        if digits != cell, DecimalNumber.isWritten(in: digits, mark: mark.byte) {
            return sentence + "Thousands separators are not read: take them out."
        }
        return sentence + "Use decimal notation, as in -12\(mark.rawValue)5 or 1\(mark.rawValue)25e-3."
    }
}

extension CSVError.Place: CustomStringConvertible {
    /// The file and the line, then the number and the name of the column.
    public var description: String { "\(file):\(line): column \(column), \(shown(name))" }
}

extension TableFormat.Separator {
    /// The separators in words.
    fileprivate var noun: String {
        switch self {
        case .comma: "commas"
        case .semicolon: "semicolons"
        case .tab: "tabs"
        case .bar: "bars"
        }
    }
}

/// The code that leaves a column out.
private func leavingOut(_ name: String) -> String { "excluding: [\(shown(name))]" }

/// A sentence with the first of some names, and the nearest of them or of others.
func listed(
    _ names: [String], _ noun: String, nearestTo name: String, among others: [String]? = nil
) -> String {
    let nearest = nearestName(to: name, among: (others ?? names).prefix(1000))
    return (nearest.map { "The nearest name is \(shown($0)); the" } ?? "The")
        + " \(noun) are \(listed(names))."
}

/// The first of some names, separated by commas.
private func listed(_ names: [String]) -> String {
    let limit = 12
    let list = names.prefix(limit).map(shown).joined(separator: ", ")
    return list + (names.count > limit ? " and \(names.count - limit) more" : "")
}

/// The name that is nearest to a text, first without regard to case.
private func nearestName(to text: String, among names: some Sequence<String>) -> String? {
    // The time of a comparison is the product of two lengths, which a file must not choose.
    if text.utf8.count > 60 { return nil }
    let small = text.lowercased()
    let distances = names.lazy.filter { $0.utf8.count <= 60 }
        .map { ($0, editDistance(small, $0.lowercased()), editDistance(text, $0)) }
    return distances.min { ($0.1, $0.2) < ($1.1, $1.2) }?.0
}

/// Text from a file in quotes, with control characters escaped, and cut after 40 scalars.
func shown(_ text: String) -> String {
    let limit = 40
    let scalars = text.unicodeScalars
    return escapingControls(String(scalars.prefix(limit)).debugDescription)
        + (scalars.dropFirst(limit).isEmpty ? "" : "…")
}

/// A number and a noun, in the plural unless the number is 1.
func counted(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
    "\(count) \(count == 1 ? noun : plural ?? noun + "s")"
}
