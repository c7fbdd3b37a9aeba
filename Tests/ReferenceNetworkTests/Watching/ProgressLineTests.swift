import Foundation
import Regularization
import Testing

@testable import ReferenceNetwork

struct ProgressLineTests {
    @Test func aLineSaysWhatThereIs() {
        let plain = EpochRecord(1, loss: 1.5, seconds: 0.5)
        #expect(ProgressLine.text(plain, of: 4) == "epoch 1/4  loss 1.5  2 s left")
        let validated = EpochRecord(4, loss: 0.123456, validation: 12_345.6, seconds: 9)
        #expect(
            ProgressLine.text(validated, of: 4) == "epoch 4/4  loss 0.1235  validation 1.235e+04  0 s left")
    }

    @Test("Numbers of any size make a line")
    func numbersOfAnySize() {
        func text(epoch: Int, of total: Int, after done: Int = 0, seconds: Double) -> String {
            ProgressLine.text(
                EpochRecord(epoch, loss: .infinity, seconds: seconds), of: total, after: done)
        }
        #expect(text(epoch: .max, of: .max, seconds: 1) == "epoch 9223372036854775807  loss inf")
        #expect(text(epoch: 1, of: 1_000_000_000, seconds: 1e15).contains("  99999999900000"))
        #expect(text(epoch: 1, of: 2, seconds: .infinity).hasSuffix("  inf s left"))
        #expect(text(epoch: 2, of: 2, seconds: .infinity).hasSuffix("nan s left"))
        #expect(text(epoch: 7, of: 8, after: 7, seconds: 1).hasSuffix("  inf s left"))
        _ = ProgressLine(of: .max, after: .max, isWanted: false)
    }

    @Test func penaltiesAreSummed() throws {
        let parameters = Parameters([("a.weight", [1, 2], [3, -1])])
        let plan = try PenaltyPlan(
            [.lossTerm(L1(), strength: 0.5), .lossTerm(SquaredL2(), strength: 2)], over: parameters)
        let record = EpochRecord(
            30, loss: 2, validation: .nan, seconds: 60, contributions: plan.contributions(at: parameters))
        #expect(
            ProgressLine.text(record, of: 100)
                == "epoch 30/100  loss 2  penalties 12  validation nan  140 s left")
    }

    @Test func aSolverSaysWhereItIs() throws {
        var text = ""
        var parameters = Parameters([("a.weight", [1, 1], [2])])
        _ = try ProximalGradient(maximumIterations: 1).minimize(&parameters) {
            text = ProgressLine.text($0)
        } loss: { point, gradients in
            gradients["a.weight"] = [1]
            return Double(point["a.weight"][0])
        }
        #expect(text.hasPrefix("iteration 1  objective -"))
        #expect(text.contains("  residual "))
    }

    @Test("The rate is that of the training's own epochs, in digits")
    func rate() {
        func rate(_ epoch: Int, samples: Int, after done: Int, seconds: Double) -> String {
            ProgressLine.rate(EpochRecord(epoch, loss: 1, seconds: seconds), samples: samples, after: done)
        }
        #expect(rate(7, samples: 1_000_000, after: 4, seconds: 10) == "  300000 samples/s")
        #expect(rate(1, samples: 25, after: 0, seconds: 100) == "  0.25 samples/s")
        #expect(rate(1, samples: 1, after: 0, seconds: 0) == "  inf samples/s")
    }

    /// The standard error of an exit test is no terminal.
    @Test("Without a terminal a short training is silent")
    func itIsSilentWithoutATerminal() async {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
            try train(showsProgress: true)
        }
        #expect(result?.standardErrorContent.isEmpty == true)
    }

    @Test("Without a terminal a long training writes a line now and then, and the last one")
    func linesWithoutATerminal() async {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
            var time = Duration.zero
            var line = ProgressLine(
                of: 60, samples: 1000, isWanted: true, times: ProgressTimes(isTerminal: false),
                elapsed: { time })
            for epoch in 1...60 {
                time = .seconds(epoch)
                line.show(EpochRecord(epoch, loss: 1.5, seconds: Double(epoch)))
                line.warn("only on a terminal")
            }
            line.finish()
            var unwanted = ProgressLine(
                of: 60, isWanted: false, times: ProgressTimes(isTerminal: false), elapsed: { .seconds(99) })
            unwanted.show(EpochRecord(1, loss: 1.5, seconds: 99))
        }
        #expect(
            String(decoding: result?.standardErrorContent ?? [], as: UTF8.self) == """
                epoch 10/60  loss 1.5  50 s left  1000 samples/s
                epoch 40/60  loss 1.5  20 s left  1000 samples/s
                epoch 60/60  loss 1.5  0 s left  1000 samples/s

                """)
    }

    @Test func onATerminalItRewritesOneLine() async {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
            try onTerminal { try train(showsProgress: true) }
        }
        let output = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(output.hasPrefix("\r\u{1B}[Kepoch 1/3  loss 4.5  "))
        #expect(output.hasSuffix("\r\u{1B}[Kepoch 3/3  loss 4.5  0 s left\r\n"), "a terminal adds the \\r")
        #expect(output.utf8.count { $0 == UInt8(ascii: "\n") } == 1)
    }

    @Test("Training without an end shows neither an end nor a time left")
    func anEndlessTraining() async {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
            try onTerminal {
                var (model, optimizer) = (StepCounter(), SGD(learningRate: 1))
                let history = try Trainer(epochs: .max, batchSize: 5).fit(
                    &model, to: Numbers(count: 10), with: &optimizer
                ) { record, _, _ in record.epoch == 3 ? .stop : .proceed }
                #expect(history.epochs.count == 3)
                // A second training begins where the first ended.
                _ = try Trainer(epochs: .max, batchSize: 5).fit(
                    &model, to: Numbers(count: 10), with: &optimizer
                ) { _, _, _ in .stop }
            }
        }
        let output = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(output.hasPrefix("\r\u{1B}[Kepoch 1  loss 4.5") && !output.contains("left"), "\(output)")
        #expect(output.hasSuffix("\r\u{1B}[Kepoch 4  loss 4.5\r\n"), "\(output)")
    }

    @Test("Training goes on when the terminal is closed")
    func aClosedTerminal() async {
        await #expect(processExitsWith: .success) {
            // A process that leads no session gets no signal from it.
            var (terminal, user): (Int32, Int32) = (-1, -1)
            try #require(openpty(&terminal, &user, nil, nil, nil) == 0)
            let former = dup(STDERR_FILENO)
            dup2(user, STDERR_FILENO)
            defer { dup2(former, STDERR_FILENO) }
            var (model, optimizer) = (StepCounter(), SGD(learningRate: 1))
            let history = try Trainer(epochs: 3, batchSize: 5).fit(
                &model, to: Numbers(count: 10), with: &optimizer
            ) { record, _, _ in
                if record.epoch == 1 { close(terminal) }
                return .proceed
            }
            #expect(history.epochs.count == 3)
        }
    }

    @Test func itIsSilentWhenNotWanted() async {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
            try onTerminal { try train(showsProgress: false) }
        }
        #expect(result?.standardErrorContent.isEmpty == true)
    }
}

private func train(showsProgress: Bool) throws {
    var model = StepCounter()
    var optimizer = SGD(learningRate: 1)
    _ = try Trainer(epochs: 3, batchSize: 5, showsProgress: showsProgress).fit(
        &model, to: Numbers(count: 10), with: &optimizer)
}

/// Runs the body with a terminal as standard error, and copies what the terminal got to the former one.
private func onTerminal(_ body: () throws -> Void) throws {
    var (terminal, user): (Int32, Int32) = (-1, -1)
    try #require(openpty(&terminal, &user, nil, nil, nil) == 0)
    let former = dup(STDERR_FILENO)
    dup2(user, STDERR_FILENO)
    defer { dup2(former, STDERR_FILENO) }
    try body()
    var waiting = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
    var bytes = [UInt8](repeating: 0, count: 4096)
    while poll(&waiting, 1, 0) == 1, waiting.revents & Int16(POLLIN) != 0 {
        let count = read(terminal, &bytes, bytes.count)
        if count <= 0 { break }
        FileHandle(fileDescriptor: former).write(Data(bytes[..<count]))
    }
}
