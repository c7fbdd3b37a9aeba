import Foundation
import Regularization

/// One line that shows how far training is, rewritten in place on a terminal; silent elsewhere.
struct ProgressLine {
    private let isShown: Bool
    private let total: Int
    private let done: Int
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var lastShown: ContinuousClock.Instant?

    /// A line for so many epochs or iterations, after others that were done before.
    init(of count: Int, after done: Int = 0, isWanted: Bool) {
        isShown = isWanted && isatty(STDERR_FILENO) == 1
        self.done = done
        total = done + count
        start = clock.now
    }

    /// The wall-clock time since the line was made.
    var seconds: Double { (clock.now - start) / .seconds(1) }

    /// Shows a record, ten times a second at most.
    mutating func show(_ record: EpochRecord) {
        let (total, done) = (total, done)
        show(Self.text(record, of: total, after: done), isLast: record.epoch >= total)
    }

    /// Shows where a solver is, as often.
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

    /// Writes a sentence of its own, which stays.
    mutating func warn(_ sentence: String) {
        if isShown { write((lastShown == nil ? "" : "\r\u{1B}[K") + "warning: \(sentence)\n") }
    }

    /// Ends the line.
    func finish() {
        if isShown, lastShown != nil { write("\n") }
    }

    static func text(_ record: EpochRecord, of total: Int, after done: Int = 0) -> String {
        // Of a training that goes on until it is stopped neither is known.
        let isEndless = total > 1_000_000_000
        var text = "epoch \(record.epoch)\(isEndless ? "" : "/\(total)")  loss \(short(record.trainingLoss))"
        if !record.contributions.isEmpty { text += "  penalties \(short(record.penalty))" }
        if let loss = record.validationLoss { text += "  validation \(short(loss))" }
        if isEndless { return text }
        let left = record.seconds / Double(record.epoch - done) * Double(total - record.epoch)
        return text + "  \(Int(left.rounded(.up))) s left"
    }

    static func text(_ report: ProximalGradient.Report) -> String {
        "iteration \(report.iterations)  objective \(String(format: "%.8g", report.objective))  "
            + "residual \(short(report.residual))"
    }

    private static func short(_ value: Double) -> String { String(format: "%.4g", value) }

    private func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}
