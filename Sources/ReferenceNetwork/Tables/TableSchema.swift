/// The columns of the table that a model is trained on, with which other tables are read: the same features in the same
/// order, the same classes under the same indices.
///
/// Columns of another table are found by their names, in any order. A feature that is missing, a column that was not
/// there, a label that is none of the classes: each is an error that names it. A schema is Codable, to be kept beside
/// the parameters of the model; what is decoded is checked.
public struct TableSchema: Sendable, Equatable, Codable {
    /// What a model learns to give.
    public enum Target: Sendable, Equatable, Codable {
        /// A column of labels, and the names of the classes in the order of their indices.
        case classes(column: String, names: [String])

        /// Columns of numbers, in the order of the outputs.
        case values(columns: [String])
    }

    /// The names of the features, in the order of the inputs.
    public let features: [String]

    /// The target of the training table.
    public let target: Target

    /// The columns that were left out of the training table; another table may have them or not.
    public let excluded: [String]

    /// The format of the training table.
    public let format: TableFormat

    enum CodingKeys: String, CodingKey {
        case features, target, excluded, format
    }

    /// What becomes of columns of another table that are neither in the schema nor left out by their name.
    public enum ExtraColumns: Sendable, Hashable {
        /// They are an error, since a column that was not there may be a feature under another name.
        case refused
        /// They are left out.
        case ignored
    }

    /// The samples in another table, with the features, the classes or values of this one.
    ///
    /// - Parameters:
    ///   - source: The file or the text.
    ///   - more: The names of columns to leave out beside those that were left out of the training table.
    ///   - extraColumns: Whether the table may have other columns.
    ///   - format: The separator and the decimal mark, if they are not those of the training table.
    /// - Throws: `CSVError` for the first mistake, with its file, line and column.
    /// - Complexity: O(bytes).
    public func samples(
        in source: TableSource, excluding more: [String] = [], extraColumns: ExtraColumns = .refused,
        format: TableFormat? = nil
    ) throws(CSVError) -> Samples {
        let request = TableRequest(
            features: features, target: target, excluded: more, ignored: excluded,
            extraColumns: extraColumns, format: format ?? self.format)
        return samples(of: try TableReading(request, from: source))
    }

    /// The features in a table that needs no labels, row-major, rows × features: what a network takes to predict.
    ///
    /// The columns of the target may be there, and are left out.
    ///
    /// - Parameters:
    ///   - source: The file or the text.
    ///   - more: The names of columns to leave out beside those that were left out of the training table.
    ///   - extraColumns: Whether the table may have other columns.
    ///   - format: The separator and the decimal mark, if they are not those of the training table.
    /// - Throws: `CSVError` for the first mistake, with its file, line and column.
    /// - Complexity: O(bytes).
    public func features(
        in source: TableSource, excluding more: [String] = [], extraColumns: ExtraColumns = .refused,
        format: TableFormat? = nil
    ) throws(CSVError) -> [Float] {
        try readFeatures(in: source, excluding: more, extraColumns: extraColumns, format: format).features
    }

    /// Reads the features of a table, and not its targets.
    func readFeatures(
        in source: TableSource, excluding more: [String], extraColumns: ExtraColumns, format: TableFormat?
    ) throws(CSVError) -> TableReading {
        let request = TableRequest(
            features: features, target: nil, excluded: more, ignored: excluded + target.columns,
            extraColumns: extraColumns, format: format ?? self.format)
        return try TableReading(request, from: source)
    }

    /// The samples in a table that has been read with the columns of this schema.
    func samples(of reading: TableReading) -> Samples {
        let targets: Targets =
            switch target {
            case .classes(_, let names): .classes(reading.classes, names: names)
            case .values(let columns): .values(reading.values, outputs: columns.count)
            }
        return Samples(
            features: reading.features, inputs: features.count, targets: targets, featureNames: features)
    }
}

extension TableSchema.Target {
    /// The names of the columns.
    var columns: [String] {
        switch self {
        case .classes(let column, _): [column]
        case .values(let columns): columns
        }
    }

    /// The names of the classes; empty if there are none.
    var classNames: [String] {
        if case .classes(_, let names) = self { names } else { [] }
    }

    /// The same target with these names of the classes, if it has classes.
    func naming(_ names: [String]) -> Self {
        if case .classes(let column, _) = self { .classes(column: column, names: names) } else { self }
    }
}
