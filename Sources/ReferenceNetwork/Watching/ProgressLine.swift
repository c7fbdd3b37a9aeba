import Foundation
import Regularization

/// A line that shows the progress of training, rewritten in place if standard error is a terminal; nothing is written
/// otherwise.
struct ProgressLine {
    private let isShown: Bool
    private let total: Int
    private let done: Int
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var lastShown: ContinuousClock.Instant?

    /// Makes a line for `count` epochs or iterations, of a training in which `done` were made before.
    init(of count: Int, after done: Int = 0, isWanted: Bool) {
        isShown = isWanted && isatty(STDERR_FILENO) == 1
        self.done = done
        // A count such as `.max` stands for training without an end.
        total = done > Int.max - count ? .max : done + count
        start = clock.now
    }

    /// The wall-clock time since the line was made, in seconds.
    var seconds: Double { (clock.now - start) / .seconds(1) }

    /// Shows the record of an epoch, at most ten times a second; the last one always.
    mutating func show(_ record: EpochRecord) {
        let (total, done) = (total, done)
        show(Self.text(record, of: total, after: done), isLast: record.epoch >= total)
    }

    /// Shows the progress of the convex solver, at most ten times a second; the last report always.
    mutating func show(_ report: ProximalGradient.Report) {
        show(Self.text(report), isLast: report.hasConverged || report.iterations >= total)
    }

    private mutating func show(_ text: @autoclosure () -> String, isLast: Bool) {
        guard isShown else { return }
        let now = clock.now
        if let lastShown, now - lastShown < .milliseconds(100), !isLast { return }
        lastShown = now
        write("\r\u{1B}[K" + text())
    }

    /// Writes a warning on a line of its own, which stays.
    mutating func warn(_ sentence: String) {
        if isShown { write((lastShown == nil ? "" : "\r\u{1B}[K") + "warning: \(sentence)\n") }
    }

    /// Ends the line, so that what is written next begins a new one.
    func finish() {
        if isShown, lastShown != nil { write("\n") }
    }

    static func text(_ record: EpochRecord, of total: Int, after done: Int = 0) -> String {
        // A training that goes on until it is stopped has neither a number of epochs nor a time left.
        let isEndless = total > 1_000_000_000
        var text = "epoch \(record.epoch)\(isEndless ? "" : "/\(total)")  loss \(short(record.trainingLoss))"
        if !record.contributions.isEmpty { text += "  penalties \(short(record.penalty))" }
        if let loss = record.validationLoss { text += "  validation \(short(loss))" }
        if isEndless { return text }
        let left = record.seconds / Double(record.epoch - done) * Double(total - record.epoch)
        return text + String(format: "  %.0f s left", left.rounded(.up))
    }

    static func text(_ report: ProximalGradient.Report) -> String {
        "iteration \(report.iterations)  objective \(String(format: "%.8g", report.objective))  "
            + "residual \(short(report.residual))"
    }

    private static func short(_ value: Double) -> String { String(format: "%.4g", value) }

    private func write(_ text: String) {
        // A terminal that was closed is no reason to end the training.
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}
