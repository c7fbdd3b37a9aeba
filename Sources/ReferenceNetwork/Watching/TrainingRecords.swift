import Regularization

/// What is recorded of a training while it goes on, in each place where somebody looks: the history, the log, and the
/// line that shows the progress.
struct TrainingRecords {
    private(set) var history = History()
    private(set) var progress: ProgressLine
    private var log: LogWriter?

    init(_ progress: ProgressLine, _ log: LogWriter?) { (self.progress, self.log) = (progress, log) }

    /// Records a finished epoch with its warnings.
    mutating func add(_ record: EpochRecord, warnings: [String]) {
        history.epochs.append(record)
        let omission = log?.write(record)
        for warning in warnings {
            warn(warning)
            warnOfLog(log?.write(.warning(warning)))
        }
        warnOfLog(omission)
        progress.show(record)
    }

    /// Takes back the epochs from a number on, since a number was not finite in that one.
    mutating func takeBack(from epoch: Int) {
        history.epochs.removeAll { $0.epoch >= epoch }
        warnOfLog(log?.takeBack(from: epoch))
    }

    /// Records that an epoch begins again.
    mutating func add(_ recovery: RecoveryRecord) {
        history.recoveries.append(recovery)
        warnOfLog(log?.write(.recovery(recovery)))
        progress.warn(
            """
            \(recovery.reason) Epoch \(recovery.epoch) begins again, with the learning rate times \
            \(recovery.factor).
            """)
    }

    /// Records the best epoch so far; nil if there is none.
    mutating func setBest(_ epoch: Int?) { history.bestEpoch = epoch }

    /// Records an error that ends the training in an epoch.
    mutating func fail(_ sentence: String, epoch: Int) { _ = log?.write(.failure(sentence, epoch: epoch)) }

    /// Records why the training ends.
    mutating func end(_ ending: History.Ending) {
        history.ending = ending
        warnOfLog(log?.write(.ending(ending, bestEpoch: history.bestEpoch)))
    }

    private mutating func warn(_ sentence: String) {
        history.warnings.append(sentence)
        progress.warn(sentence)
    }

    private mutating func warnOfLog(_ sentence: String?) { if let sentence { warn(sentence) } }
}
