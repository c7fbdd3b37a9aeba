import Regularization

/// How a log is written in one format.
protocol LogLines {
    /// The first line of every log, without its end.
    static var firstLine: String { get }

    /// The number of the epoch in a line that was written; nil for a line of another kind.
    static func epoch(in line: ArraySlice<UInt8>) -> Int?

    /// The lines to write before the first epoch, without the last end; nil if they are there.
    mutating func header(for record: EpochRecord) -> String?

    /// The line of an epoch.
    func line(of record: EpochRecord) throws -> String

    /// The line of anything else; nil in a format that leaves it out.
    func line(of event: LogEvent) throws -> String?

    /// What of a record the log has no place for, in words; nil if there is nothing.
    func omission(of record: EpochRecord) -> String?
}

/// What a log tells beside epochs.
enum LogEvent {
    case recovery(RecoveryRecord)
    case warning(String)
    /// A number that is not finite ended the training in an epoch.
    case failure(String, epoch: Int)
    case ending(History.Ending, bestEpoch: Int?)
}
