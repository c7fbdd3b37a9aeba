import Foundation

/// The contents of a CSV file with a header line, numeric features and one label column.
///
///     let table = try CSVTable(contentsOfFile: "digits.csv", label: "digit")
///     let samples = table.classification()
///
/// Every column but the label is a feature. All its cells are numbers in decimal notation, whatever the locale: an
/// optional sign, digits with or without a point, an optional exponent. Cells are separated by commas and may have
/// spaces around them; quotes follow RFC 4180. Blank lines before the header and after the last row are ignored, and so
/// is a byte order mark.
public struct CSVTable: Sendable {
    /// The names of the feature columns, in their order.
    public let featureNames: [String]

    /// The feature cells, row-major, rows × features.
    public let features: [Float]

    /// The label of each row, as it is written in the file.
    public let labels: [String]

    /// The name of the label column.
    private let labelName: String

    /// The places of the labels, for the errors of `regression()`.
    private let file: String
    private let labelColumn: Int
    private let labelLines: [Int]

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - path: The path of the file.
    ///   - label: The name of the column that holds the labels.
    /// - Throws: `CSVError` for the first mistake, with its file, line and column.
    /// - Complexity: O(bytes).
    public init(contentsOfFile path: String, label: String) throws(CSVError) {
        let bytes: [UInt8]
        do {
            bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw .unreadable(file: path, reason: Self.reason(of: error))
        }
        if let line = CSVReader.firstInvalidLine(of: bytes) { throw .invalidUTF8(file: path, line: line) }
        try self.init(utf8: bytes, label: label, file: path)
    }

    /// Reads text.
    ///
    /// - Parameters:
    ///   - text: The contents of a CSV file.
    ///   - label: The name of the column that holds the labels.
    ///   - file: The name of the text in errors.
    /// - Throws: `CSVError` for the first mistake, with its line and column.
    /// - Complexity: O(bytes).
    public init(text: String, label: String, file: String = "text") throws(CSVError) {
        try self.init(utf8: Array(text.utf8), label: label, file: file)
    }

    private init(utf8 bytes: [UInt8], label: String, file: String) throws(CSVError) {
        var reader = CSVReader(bytes, file: file)
        if reader.isAtEnd { throw .empty(file: file) }
        reader.skipBlankLines()
        let headerLine = reader.line
        var cells: [CSVReader.Cell] = []
        try reader.readRow(into: &cells)
        let names = cells.map(reader.text(of:))
        try Self.requireDistinct(names, at: cells.map(\.line), file: file)
        guard let labelColumn = names.firstIndex(of: label) else {
            throw .unknownLabel(label, columns: names, file: file, line: headerLine)
        }
        if reader.isAtEnd { throw .noRows(file: file) }

        var features: [Float] = []
        var labels: [String] = []
        var labelLines: [Int] = []
        while !reader.isAtEnd {
            let line = reader.line
            try reader.readRow(into: &cells)
            guard cells.count == names.count else {
                let isBlank = cells.count == 1 && cells[0].range.isEmpty
                throw .raggedRow(
                    expected: names.count, found: isBlank ? 0 : cells.count, file: file, line: line)
            }
            for (column, cell) in cells.enumerated() {
                let text = reader.text(of: cell)
                func position() -> CSVError.Place {
                    .init(file: file, line: cell.line, column: column + 1, name: names[column])
                }
                if column != labelColumn {
                    features.append(try Self.number(text, at: position))
                } else if text.isEmpty {
                    throw .missingLabel(at: position())
                } else {
                    labels.append(text)
                    labelLines.append(cell.line)
                }
            }
        }

        var featureNames = names
        featureNames.remove(at: labelColumn)
        self.featureNames = featureNames
        self.features = features
        self.labels = labels
        self.labelName = label
        self.file = file
        self.labelColumn = labelColumn
        self.labelLines = labelLines
    }

    /// Samples whose targets are classes, one for each different label.
    ///
    /// The classes are sorted by value if all labels are numbers, otherwise by name. Labels that are written
    /// differently, such as 1 and 1.0, are different classes.
    ///
    /// - Complexity: O(rows × features + classes × log(classes)).
    public func classification() -> Samples {
        var names = Set(labels).sorted()
        let values = names.compactMap { isDecimal($0) ? Double($0) : nil }
        if values.count == names.count {
            // Among equal values the text decides, so that 1 and 1.0 always have the same order.
            names = zip(values, names).sorted { $0 < $1 }.map(\.1)
        }
        let classes = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
        return Samples(
            features: features, inputs: featureNames.count,
            targets: .classes(labels.map { classes[$0]! }, names: names), featureNames: featureNames)
    }

    /// Samples whose targets are the labels as numbers, with one output.
    ///
    /// - Throws: `CSVError` for the first label that is not a finite number.
    /// - Complexity: O(rows × features).
    public func regression() throws(CSVError) -> Samples {
        var values: [Float] = []
        for (label, line) in zip(labels, labelLines) {
            values.append(
                try Self.number(label) {
                    .init(file: file, line: line, column: labelColumn + 1, name: labelName)
                })
        }
        return Samples(
            features: features, inputs: featureNames.count,
            targets: .values(values, outputs: 1), featureNames: featureNames)
    }
}

extension CSVTable: Equatable {
    /// Whether names, features and labels are equal, whatever the files that they were read from.
    public static func == (left: CSVTable, right: CSVTable) -> Bool {
        left.featureNames == right.featureNames && left.features == right.features
            && left.labels == right.labels && left.labelName == right.labelName
    }
}

extension CSVTable {
    /// The number in a cell; throws unless it is finite and in decimal notation.
    private static func number(
        _ text: String, at position: () -> CSVError.Place
    ) throws(CSVError) -> Float {
        guard let value = Float(text) else { throw .notANumber(cell: text, at: position()) }
        guard value.isFinite else { throw .notFinite(cell: text, at: position()) }
        guard isDecimal(text) else { throw .notANumber(cell: text, at: position()) }
        return value
    }

    /// Throws if two columns have the same name.
    private static func requireDistinct(
        _ names: [String], at lines: [Int], file: String
    ) throws(CSVError) {
        var columns: [String: Int] = [:]
        for (index, name) in names.enumerated() {
            if let first = columns.updateValue(index + 1, forKey: name) {
                throw .duplicateColumn(
                    first: first, at: .init(file: file, line: lines[index], column: index + 1, name: name))
            }
        }
    }

    /// The reason why a file was not read, in the words of the system.
    private static func reason(of error: any Error) -> String {
        let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey]
        guard let code = (underlying as? POSIXError)?.code else { return error.localizedDescription }
        return String(cString: strerror(code.rawValue))
    }
}

/// Whether a text that `Float` can read is in decimal notation, neither hexadecimal nor a word such as "inf".
private func isDecimal(_ text: String) -> Bool {
    text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): true
        case UInt8(ascii: "e"), UInt8(ascii: "E"): true
        default: false
        }
    }
}
