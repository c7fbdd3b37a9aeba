/// What a model predicts for the rows of a table, in their order.
public enum TablePredictions: Sendable, Equatable {
    /// The predicted class of each row, an index into `names` from 0, and the probability of every class, row-major,
    /// rows × names.
    ///
    /// The class is that of the largest output of the network, the first of equal ones; their probabilities may be
    /// equal where the outputs are not.
    case classes([Int], names: [String], probabilities: [Float])

    /// The values in the unit of the target, row-major, rows × columns; with the binary cross-entropy probabilities.
    case values([Float], columns: [String])

    /// The number of rows.
    public var rows: Int {
        switch self {
        case .classes(let classes, _, _): classes.count
        case .values(let values, let columns): values.count / max(columns.count, 1)
        }
    }

    /// The name of the class that is predicted for each row; empty for values.
    public var labels: [String] {
        switch self {
        case .classes(let classes, let names, _): classes.map { names[$0] }
        case .values: []
        }
    }
}
