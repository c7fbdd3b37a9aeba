import Regularization
import Testing

@Suite("Schedule")
struct ScheduleTests {
    @Test("The step at which a schedule ends")
    func end() {
        #expect(Schedule.constant(1).end == 0)
        #expect(Schedule { Double($0) }.end == 0)
        #expect(Schedule.warmUp(to: 1, over: 7).end == 7)
        #expect(Schedule.cosine(from: 1, to: 0, over: 8).end == 8)
        #expect(Schedule.exponential(from: 1, to: 2, over: 9).end == 9)
        #expect(Schedule.piecewise([(-5, 0.0), (30, 1)]).end == 30)
        #expect(Schedule.piecewise([(-5, 1.0)]).end == 0)
    }

    @Test(
        "The ends are exact and it stays at the last",
        arguments: [(0.3, 0.1), (1, 1e-3), (1e-3, 1), (0.1, 0.7), (0, 5e-3)])
    func ends(start: Double, end: Double) {
        for schedule in [
            Schedule.linear(from: start, to: end, over: 7), .cosine(from: start, to: end, over: 7),
        ] {
            #expect(schedule.value(at: 0) == start)
            #expect(schedule.value(at: -3) == start)
            #expect(schedule.value(at: 7) == end)
            #expect(schedule.value(at: 1_000_000) == end)
        }
    }

    @Test("Between the ends: a line, half a cosine")
    func between() {
        let line = Schedule.linear(from: 1, to: 3, over: 4)
        #expect((0...4).map { line.value(at: $0) } == [1, 1.5, 2, 2.5, 3])
        let wave = Schedule.cosine(from: 1, to: 3, over: 6)
        expectClose(wave.value(at: 2), 1.5, within: 1e-12)
        expectClose(wave.value(at: 3), 2, within: 1e-12)
        #expect(Schedule.warmUp(to: 2, over: 4).value(at: 1) == 0.5)
    }

    @Test("By the same factor at each step, exact at both ends, also between extremes")
    func exponential() {
        let schedule = Schedule.exponential(from: 1, to: 1e-4, over: 4)
        for (step, value) in [1, 0.1, 0.01, 1e-3, 1e-4].enumerated() {
            expectClose(schedule.value(at: step), value, relative: 1e-12, "step \(step)")
        }
        #expect(schedule.value(at: -1) == 1)
        #expect(schedule.value(at: 99) == 1e-4)
        expectClose(Schedule.exponential(from: 1e-300, to: 1e300, over: 2).value(at: 1), 1, within: 1e-12)
        #expect("\(schedule)" == "1.0 → 0.0001 over 4, exponential")
    }

    @Test("Over no steps it is at its end at once")
    func noSteps() {
        #expect(Schedule.linear(from: 1, to: 3, over: 0).value(at: 0) == 3)
        #expect(Schedule.cosine(from: 1, to: 3, over: 0).value(at: 0) == 3)
    }

    @Test("Pieces start where they say, and the first holds before")
    func piecewise() {
        let schedule = Schedule.piecewise([(2, 1), (5, 0.5), (9, 0)])
        #expect([0, 2, 4, 5, 8, 9, 99].map { schedule.value(at: $0) } == [1, 1, 1, 0.5, 0.5, 0, 0])
    }

    @Test("Literals are constants, a closure is what it computes")
    func literals() {
        let float: Schedule = 0.5
        let integer: Schedule = 3
        #expect(float.value(at: 9) == 0.5)
        #expect(integer.value(at: 9) == 3)
        #expect(Schedule { Double($0) * 2 }.value(at: 4) == 8)
    }

    @Test("Pieces that do not rise trap")
    func wrongPieces() async {
        await #expect(processExitsWith: .failure) { _ = Schedule.piecewise([(2, 1), (2, 3)]) }
        await #expect(processExitsWith: .failure) { _ = Schedule.piecewise([]) }
    }

    @Test("Descriptions")
    func description() {
        #expect("\(Schedule.constant(0.5))" == "0.5")
        #expect("\(Schedule.warmUp(to: 0.01, over: 1_000))" == "0.0 → 0.01 over 1000")
        #expect("\(Schedule.cosine(from: 1, to: 0, over: 9))" == "1.0 → 0.0 over 9, cosine")
        #expect("\(Schedule.piecewise([(0, 1), (5, 2)]))" == "1.0 from 0, 2.0 from 5")
        #expect("\(Schedule { _ in 1 })" == "by step")
    }
}
