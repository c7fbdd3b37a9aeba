/// A file that has what a trainer measures while it trains: a line for each epoch, written before the next one begins.
///
///     let trainer = Trainer(epochs: 500, batchSize: 64, log: .jsonLines("training.jsonl"))
///
/// The first line says the format and its version. The file is new, or empty, or a log that an earlier training with
/// the same optimizer has begun, which is continued; a file that is something else, or that has one of the epochs
/// already, is an error before the first step and is left as it is.
///
/// Epochs that a recovery takes back are cut off, so that a log has each epoch once and in order. If it can no longer
/// be written, as on a full disk, training goes on without it, and `History.warnings` says so.
public struct TrainingLog: Sendable, Hashable {
    enum Format: Sendable {
        case jsonLines, csv
    }

    let path: String
    let format: Format

    /// A JSON object on each line: the epochs, and the recoveries, the warnings and the end.
    ///
    /// Numbers that are not finite are the strings "NaN", "Infinity" and "-Infinity".
    public static func jsonLines(_ path: String) -> TrainingLog {
        TrainingLog(path: path, format: .jsonLines)
    }

    /// A table with a header on the second line and the epochs alone, for spreadsheets and data frames.
    ///
    /// Its columns are those of the first epoch's penalties. What there is not is an empty cell; numbers that are not
    /// finite are NaN, Infinity and -Infinity.
    public static func csv(_ path: String) -> TrainingLog { TrainingLog(path: path, format: .csv) }
}
