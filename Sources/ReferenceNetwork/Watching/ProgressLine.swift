import Foundation
import Regularization

/// The progress of training on standard error: a line that is rewritten in place on a terminal, and otherwise a line
/// now and then.
struct ProgressLine {
    private let isWanted: Bool
    private let total: Int
    private let done: Int
    /// The number of samples of an epoch.
    private let samples: Int
    private var times: ProgressTimes
    private let elapsed: () -> Duration

    /// Makes a line for `count` epochs of so many samples, or iterations, of a training in which `done` were made
    /// before.
    ///
    /// `elapsed` gives the time since the start; nil stands for the time since the line was made.
    init(
        of count: Int, after done: Int = 0, samples: Int = 0, isWanted: Bool,
        times: ProgressTimes = ProgressTimes(),
        elapsed: (() -> Duration)? = nil
    ) {
        (self.isWanted, self.done, self.samples, self.times) = (isWanted, done, samples, times)
        // A count such as `.max` stands for training without an end.
        total = done > Int.max - count ? .max : done + count
        let start = ContinuousClock.now
        self.elapsed = elapsed ?? { ContinuousClock.now - start }
    }

    /// The wall-clock time since the start, in seconds.
    var seconds: Double { elapsed() / .seconds(1) }

    /// Shows the record of an epoch, if it is time to.
    mutating func show(_ record: EpochRecord) {
        guard isDue(isLast: record.epoch >= total) else { return }
        let text = Self.text(record, of: total, after: done)
        write(times.isTerminal ? text : text + Self.rate(record, samples: samples, after: done))
    }

    /// Shows the progress of the convex solver, if it is time to.
    mutating func show(_ report: ProximalGradient.Report) {
        guard isDue(isLast: report.hasConverged || report.iterations >= total) else { return }
        write(Self.text(report))
    }

    private mutating func isDue(isLast: Bool) -> Bool {
        isWanted && times.isDue(after: elapsed(), isLast: isLast)
    }

    /// Writes a warning on a line of its own, which stays, on a terminal.
    func warn(_ sentence: String) {
        guard isWanted, times.isTerminal else { return }
        writeOut((times.hasShown ? Self.clearing : "") + "warning: \(sentence)\n")
    }

    /// Ends the line, so that what is written next begins a new one.
    func finish() {
        if times.isTerminal, times.hasShown { writeOut("\n") }
    }

    /// Goes to the start of the terminal's line, and clears it.
    private static let clearing = "\r\u{1B}[K"

    private func write(_ line: String) { writeOut(times.isTerminal ? Self.clearing + line : line + "\n") }

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

    /// How many samples a second the training takes, behind its text.
    static func rate(_ record: EpochRecord, samples: Int, after done: Int) -> String {
        let rate = Double(record.epoch - done) * Double(samples) / record.seconds
        return String(format: rate < 100 ? "  %.2g samples/s" : "  %.0f samples/s", rate)
    }

    static func text(_ report: ProximalGradient.Report) -> String {
        "iteration \(report.iterations)  objective \(String(format: "%.8g", report.objective))  "
            + "residual \(short(report.residual))"
    }

    private static func short(_ value: Double) -> String { String(format: "%.4g", value) }

    private func writeOut(_ text: String) {
        // A terminal that was closed is no reason to end the training.
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}
