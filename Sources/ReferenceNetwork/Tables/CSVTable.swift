import Regularization

/// The samples in a table with a header line, and the schema with which other tables are read.
///
///     let table = try CSVTable(.file("train.csv"), classes: "kind", excluding: ["id"])
///     let training = table.samples
///     let test = try table.schema.samples(in: .file("test.csv"))
///     let new = try table.schema.features(in: .file("new.csv"))
///
/// Every column that is neither a target nor left out is a feature. Its cells are numbers in decimal notation, whatever
/// the locale: an optional sign, digits with or without a decimal mark, an optional exponent. Each becomes the nearest
/// Float, of two the even one; one beyond the largest Float is an error. Thousands separators are not read.
///
/// Cells may have spaces around them; quotes follow RFC 4180. Blank lines before the header and after the last row are
/// ignored, and so is a byte order mark. A row may have 256 MiB at most. A file is read in blocks, so that memory holds
/// its numbers, but never its text.
public struct CSVTable: Sendable, Equatable {
    /// The samples, with the names of their features.
    public let samples: Samples

    /// The columns of the table and what they mean.
    public let schema: TableSchema

    /// Reads a table whose targets are classes, one for each different label.
    ///
    /// The classes are sorted by value if all labels are numbers, otherwise by name. Labels that are written
    /// differently, such as 1 and 1.0, are different classes.
    ///
    /// - Parameters:
    ///   - source: The file or the text.
    ///   - column: The name of the column that holds the labels.
    ///   - excluded: The names of columns that are left out; "" is every column without a name.
    ///   - format: The separator and the decimal mark.
    /// - Throws: `CSVError` for the first mistake, with its file, line and column.
    /// - Complexity: O(bytes + classes × log(classes)).
    public init(
        _ source: TableSource, classes column: String, excluding excluded: [String] = [],
        format: TableFormat = TableFormat()
    ) throws(CSVError) {
        try self.init(source, .classes(column: column, names: []), excluded, format)
    }

    /// Reads a table whose targets are numbers, one output for each of the columns.
    ///
    /// - Parameters:
    ///   - source: The file or the text.
    ///   - columns: The names of the columns that hold the targets, in the order of the outputs.
    ///   - excluded: The names of columns that are left out; "" is every column without a name.
    ///   - format: The separator and the decimal mark.
    /// - Precondition: There is at least one column of targets, and none twice.
    /// - Throws: `CSVError` for the first mistake, with its file, line and column.
    /// - Complexity: O(bytes).
    public init(
        _ source: TableSource, values columns: [String], excluding excluded: [String] = [],
        format: TableFormat = TableFormat()
    ) throws(CSVError) {
        require(!columns.isEmpty, "A table needs at least one column of target values.")
        require(
            Set(columns).count == columns.count, "A column of target values is named twice in \(columns).")
        try self.init(source, .values(columns: columns), excluded, format)
    }

    private init(
        _ source: TableSource, _ target: TableSchema.Target, _ excluded: [String], _ format: TableFormat
    ) throws(CSVError) {
        let request = TableRequest(target: target, excluded: excluded, format: format)
        let reading = try TableReading(request, from: source)
        schema = TableSchema(
            features: reading.columns, target: target.naming(reading.classNames), excluded: excluded,
            format: format)
        samples = schema.samples(of: reading)
    }
}
