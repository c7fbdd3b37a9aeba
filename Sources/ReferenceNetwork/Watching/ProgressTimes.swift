import Foundation

/// The times at which progress is shown: ten times a second on a terminal, where a line is rewritten, and now and then
/// in what is kept, such as the output of a job.
///
/// Without a terminal the first line comes after ten seconds, the next 30 seconds later, and then each after twice the
/// time, of at most five minutes.
package struct ProgressTimes {
    package let isTerminal: Bool
    private var next: Duration
    private var pause: Duration
    /// Whether something was shown.
    package private(set) var hasShown = false

    /// Makes the times before anything is shown.
    package init(isTerminal: Bool = isatty(STDERR_FILENO) == 1) {
        self.isTerminal = isTerminal
        next = isTerminal ? .zero : .seconds(10)
        pause = isTerminal ? .milliseconds(100) : .seconds(30)
    }

    /// Whether progress is to be shown at a time since the start, which is then taken as shown.
    ///
    /// The last progress always is on a terminal, and otherwise if any was shown before.
    package mutating func isDue(after time: Duration, isLast: Bool) -> Bool {
        guard time >= next || isLast && (isTerminal || hasShown) else { return false }
        hasShown = true
        next = time + pause
        if !isTerminal { pause = min(pause * 2, .seconds(300)) }
        return true
    }
}
