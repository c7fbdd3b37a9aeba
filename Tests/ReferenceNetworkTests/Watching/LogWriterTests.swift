import Foundation
import ReferenceNetwork
import Regularization
import Testing

@Suite("A log tells what survived, and training goes on without it")
struct LogWriterTests {
    /// The kinds and the epochs of the lines of a log as JSON lines.
    private struct Line: Decodable, Equatable {
        var kind: String?
        var epoch: Int?
        var reason: String?
        var ending: String?
        var bestEpoch: Int?
    }

    private func lines(_ folder: TemporaryFolder) throws -> [Line] {
        try folder.bytes("log").split(separator: UInt8(ascii: "\n")).dropFirst().map {
            try JSONDecoder().decode(Line.self, from: Data($0))
        }
    }

    @Test("Epochs that a recovery takes back are not in the log", arguments: [false, true])
    func recovery(isTable: Bool) throws {
        let folder = try TemporaryFolder()
        var model = ScriptedGradient()
        model.gradients = [4: 1e30]
        // The buffer overflows in the third epoch, and is looked at after the sixth.
        var optimizer = RootMeanSquare(learningRate: 1)
        let path = folder.path("log")
        let trainer = Trainer(
            epochs: 6, batchSize: 1, recovery: .loweringLearningRate(by: 0.5, atMost: 1),
            log: isTable ? .csv(path) : .jsonLines(path), showsProgress: false)
        let error = #expect(throws: TrainingError.self) {
            try trainer.fit(&model, to: Numbers(count: 2), with: &optimizer)
        }
        guard case .notFinite(_, _, _, _, let history) = error else { throw try #require(error) }
        #expect(history.epochs.map(\.epoch) == [1, 2])
        if isTable {
            let rows = String(decoding: try folder.bytes("log"), as: UTF8.self).split(separator: "\n")
            #expect(rows.dropFirst(2).map { $0.prefix(2) } == ["1,", "2,"])
            return
        }
        let lines = try lines(folder)
        #expect(lines.map(\.kind) == ["epoch", "epoch", "recovery", "failure"])
        #expect(lines.map(\.epoch) == [1, 2, 3, 3])
        #expect(lines[2].reason == history.recoveries[0].reason)
    }

    @Test("After a recovery the epochs follow again, each once")
    func afterARecovery() throws {
        let folder = try TemporaryFolder()
        var model = ScriptedGradient()
        model.gradients = [4: 1e38]
        var optimizer = SGD(learningRate: 4)
        let trainer = Trainer(
            epochs: 3, batchSize: 1, recovery: .loweringLearningRate(by: 0.5, atMost: 5),
            log: .jsonLines(folder.path("log")), showsProgress: false)
        _ = try trainer.fit(&model, to: Numbers(count: 2), with: &optimizer)
        #expect(try lines(folder).map(\.kind) == ["epoch", "epoch", "recovery", "epoch", "ending"])
        #expect(try lines(folder).map(\.epoch) == [1, 2, 3, 3, nil])
    }

    @Test("Warnings and the reason to end are lines")
    func warningsAndTheEnd() throws {
        let folder = try TemporaryFolder()
        var model = StepCounter()
        model.evaluationLosses = [0, 1, 0.5, 2, 2]
        var optimizer = try SGD(learningRate: 0.25).regularized(
            by: [.proximalStep(L1(), strength: 100)], over: model.parameters)
        model.parameters["steps.weight"] = [1]
        let trainer = Trainer(
            epochs: 9, batchSize: 10, earlyStopping: EarlyStopping(patience: 1),
            log: .jsonLines(folder.path("log")), showsProgress: false)
        let history = try trainer.fit(
            &model, to: Numbers(count: 10), validation: Numbers(count: 1), with: &optimizer)
        let lines = try lines(folder)
        #expect(lines.map(\.kind) == ["epoch", "warning", "epoch", "ending"])
        #expect(lines[1].reason == history.warnings[0])
        #expect(lines[3] == Line(kind: "ending", ending: "earlyStopping", bestEpoch: 1))
    }

    @Test("Penalties that come later have no columns in a table, which is said once")
    func laterPenalties() throws {
        for isTable in [true, false] {
            let folder = try TemporaryFolder()
            var model = StepCounter()
            var optimizer = try SGD(learningRate: 1).regularized(by: [], over: model.parameters)
            let path = folder.path("log")
            let trainer = Trainer(
                epochs: 3, batchSize: 10, log: isTable ? .csv(path) : .jsonLines(path), showsProgress: false)
            let history = try trainer.fit(&model, to: Numbers(count: 10), with: &optimizer) {
                _, model, optimizer in
                optimizer = try SGD(learningRate: 1).regularized(
                    by: [.lossTerm(Toll(), strength: 1)], over: model.parameters)
                optimizer.state.updates = model.steps
                return .proceed
            }
            #expect(
                history.warnings
                    == (isTable
                        ? [
                            """
                            The log \(path): It has no columns Toll.strength, Toll.value, Toll.weighted; choose \
                            another path, or JSON lines, which have all.
                            """
                        ] : []))
            let rows = String(decoding: try folder.bytes("log"), as: UTF8.self).split(separator: "\n")
            #expect(rows[isTable ? 4 : 3].contains(isTable ? "3,1.0,4.5,,304.5,,0.0," : "\"label\":\"Toll\""))
        }
    }

    @Test(
        "On a full disk the log ends with a whole line, and training goes on", arguments: [0, 100, 300, 310])
    func aFullDisk(limit: Int) async {
        await #expect(processExitsWith: .success) { [limit] in
            let folder = try TemporaryFolder()
            signal(SIGXFSZ, SIG_IGN)
            // `rlim_t` and the name of the limit have other types on other systems.
            var bounds = rlimit(rlim_cur: numericCast(limit), rlim_max: numericCast(limit))
            #if canImport(Glibc)
                try #require(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &bounds) == 0)
            #else
                try #require(setrlimit(RLIMIT_FSIZE, &bounds) == 0)
            #endif
            var (model, optimizer) = (StepCounter(), SGD(learningRate: 1))
            let path = folder.path("log")
            let trainer = Trainer(epochs: 9, batchSize: 10, log: .jsonLines(path), showsProgress: false)
            if limit == 0 {
                #expect(throws: TrainingError.self) {
                    try trainer.fit(&model, to: Numbers(count: 10), with: &optimizer)
                }
                #expect(model.steps == 0)
                return
            }
            let history = try trainer.fit(&model, to: Numbers(count: 10), with: &optimizer)
            #expect(history.epochs.count == 9)
            #expect(
                history.warnings == [
                    """
                    The log \(path): The file cannot be written: File too large. Raise the limit of the size of \
                    files, or choose a path on another file system. The training goes on without it.
                    """
                ])
            let bytes = try folder.bytes("log")
            #expect(bytes.last == UInt8(ascii: "\n"))
            #expect(bytes.count { $0 == UInt8(ascii: "\n") } == (limit == 100 ? 1 : 2))
        }
    }

    @Test("A log that is removed is missed once")
    func aRemovedLog() throws {
        let folder = try TemporaryFolder()
        var (model, optimizer) = (StepCounter(), SGD(learningRate: 1))
        let trainer = Trainer(
            epochs: 4, batchSize: 10, log: .csv(folder.path("log")), showsProgress: false)
        let history = try trainer.fit(&model, to: Numbers(count: 10), with: &optimizer) { record, _, _ in
            if record.epoch == 2 { try FileManager.default.removeItem(atPath: folder.path("log")) }
            return .proceed
        }
        #expect(history.epochs.count == 4)
        #expect(history.warnings.count == 1)
        #expect(history.warnings[0].contains("No such file or directory"))
    }
}
