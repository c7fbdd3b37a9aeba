import Testing

@testable import ReferenceNetwork

@Suite("Progress is shown often on a terminal, and ever more seldom elsewhere")
struct ProgressTimesTests {
    /// The times, in tenths of a second up to a number of seconds, at which progress is shown.
    private func shown(isTerminal: Bool, seconds: Int) -> [Double] {
        var times = ProgressTimes(isTerminal: isTerminal)
        return (0...10 * seconds).filter {
            times.isDue(after: .milliseconds(100 * $0), isLast: false)
        }.map { Double($0) / 10 }
    }

    @Test("Without a terminal after 10 seconds, then after 30, and so on up to five minutes")
    func withoutATerminal() {
        #expect(shown(isTerminal: false, seconds: 1400) == [10, 40, 100, 220, 460, 760, 1060, 1360])
    }

    @Test("On a terminal at once, and then ten times a second at most")
    func onATerminal() {
        #expect(shown(isTerminal: true, seconds: 1).count == 11)
        var times = ProgressTimes(isTerminal: true)
        #expect(!times.hasShown)
        let due = [7, 106, 107].map { times.isDue(after: .milliseconds($0), isLast: false) }
        #expect(due == [true, false, true])
        #expect(times.hasShown)
    }

    @Test("The last progress is shown if there is a line already, and on a terminal always")
    func theLast() {
        var short = ProgressTimes(isTerminal: false)
        let isShortDue = short.isDue(after: .seconds(9), isLast: true)
        #expect(!isShortDue)
        var long = ProgressTimes(isTerminal: false)
        let due = [10, 11, 12].map { long.isDue(after: .seconds($0), isLast: $0 == 12) }
        #expect(due == [true, false, true])
        var terminal = ProgressTimes(isTerminal: true)
        let isTerminalDue = [false, true].map { terminal.isDue(after: .zero, isLast: $0) }
        #expect(isTerminalDue == [true, true])
    }
}
