/// What is asked of a table: which columns are features, which are targets, and which may be there all the same.
struct TableRequest {
    /// The names and the order of the features; nil for all columns that are nothing else.
    var features: [String]?
    /// The targets, in which no class names means those that the table has; nil if none are read.
    var target: TableSchema.Target?
    /// Columns that are left out, and must be there.
    var excluded: [String]
    /// Columns that are left out if they are there.
    var ignored: [String] = []
    /// What becomes of all others, if the features are named.
    var extraColumns = TableSchema.ExtraColumns.refused
    var format: TableFormat
}

/// What becomes of each column of a table.
struct ColumnPlan {
    /// For each column, the place of its number in a row of numbers, `label` or `leftOut`.
    private(set) var places: [Int]
    /// The features, in the order of their numbers; the numbers of targets follow them.
    let features: [String]
    /// The count of features and of targets that are numbers.
    let numbers: Int

    /// Whether there is a column of labels.
    var hasLabel: Bool { places.contains(Self.label) }

    static let label = -1
    static let leftOut = -2

    /// Makes a plan for a header; throws if that is not what the request is for.
    ///
    /// - Complexity: O(columns).
    init(_ request: TableRequest, header: CSVHeader) throws(CSVError) {
        let targets = request.target?.columns ?? []
        let needed = Set(request.features ?? []).union(targets)
        let present = Set(header.names)
        let absent = request.excluded.filter { !present.contains($0) }
        if !absent.isEmpty { throw header.missing(absent) }
        for name in request.excluded {
            guard !needed.contains(name) else {
                throw .neededColumn(name, file: header.file, line: header.line)
            }
        }
        let leftOut = Set(request.excluded + request.ignored)
        let ignoresOthers = request.features != nil && request.extraColumns == .ignored
        let kept = header.names.indices.filter {
            let name = header.names[$0]
            return !leftOut.contains(name) && (!ignoresOthers || needed.contains(name))
        }

        var columns: [String: Int] = [:]
        for column in kept {
            if let first = columns.updateValue(column, forKey: header.names[column]) {
                throw .duplicateColumn(first: first + 1, at: header.place(of: column))
            }
        }
        let missing = (targets + (request.features ?? [])).filter { columns[$0] == nil }
        if !missing.isEmpty {
            let extra =
                request.features == nil
                ? [] : header.names.filter { !leftOut.contains($0) && !needed.contains($0) }
            throw header.missing(missing, extra: extra)
        }
        for column in kept where !needed.contains(header.names[column]) {
            let name = header.names[column]
            // pandas gives the name Unnamed: 0 to a column without one when it reads a table.
            if name.isEmpty || name.hasPrefix("Unnamed: ") {
                throw .unnamedColumn(at: header.place(of: column))
            }
            if request.features != nil { throw .extraColumn(at: header.place(of: column)) }
        }

        let features = request.features ?? kept.map { header.names[$0] }.filter { !needed.contains($0) }
        places = Array(repeating: Self.leftOut, count: header.names.count)
        for (place, name) in features.enumerated() { places[columns[name]!] = place }
        switch request.target {
        case .classes(let column, _):
            places[columns[column]!] = Self.label
            numbers = features.count
        case .values(let names):
            for (index, name) in names.enumerated() { places[columns[name]!] = features.count + index }
            numbers = features.count + names.count
        case nil:
            numbers = features.count
        }
        self.features = features
    }
}

/// The first row of a table, which names the columns.
struct CSVHeader {
    /// A reader at the beginning of the row.
    let start: CSVReader
    var names: [String]
    /// The line on which each name begins: names in quotes may have line ends.
    var lines: [Int]

    var file: String { start.file }
    var line: Int { start.line }

    func place(of column: Int) -> CSVError.Place {
        CSVError.Place(file: file, line: lines[column], column: column + 1, name: names[column])
    }

    func missing(_ missing: [String], extra: [String] = []) -> CSVError {
        .missingColumns(missing, extra: extra, columns: names, file: file, line: line)
    }
}
