import Foundation
import ReferenceNetwork
import Regularization
import Testing

@Suite("A log has what is measured, line by line, while it is measured")
struct TrainingLogTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// What a log has, but for the times.
    private func text(_ name: String) throws -> String {
        String(decoding: try folder.bytes(name), as: UTF8.self)
            .replacing(/"seconds":[-+0-9.e]+/, with: "\"seconds\":T")
            .replacing(/(?m),[-+0-9.e]+$/, with: ",T")
    }

    private func log(_ format: String) -> TrainingLog {
        format == "json" ? .jsonLines(folder.path(format)) : .csv(folder.path(format))
    }

    /// Trains a counter of steps, whose weight counts epochs, with penalties.
    private func train(
        _ log: TrainingLog, epochs: Int = 2, penalties: [Penalty] = [], losses: [Double] = [],
        after updates: Int = 0
    ) throws -> History {
        var model = StepCounter()
        model.evaluationLosses = losses
        var optimizer = try SGD(learningRate: 1).regularized(by: penalties, over: model.parameters)
        optimizer.state.updates = updates
        let trainer = Trainer(epochs: epochs, batchSize: 10, log: log, showsProgress: false)
        return try trainer.fit(
            &model, to: Numbers(count: 10), validation: losses.isEmpty ? nil : Numbers(count: 1),
            with: &optimizer)
    }

    private let tolls: [Penalty] = [
        .lossTerm(Toll(), strength: 0.5, label: "a \"toll\", here"), .lossTerm(Toll(), strength: 2),
        .lossTerm(Toll(), strength: 1),
    ]

    @Test("JSON lines, to the letter")
    func jsonLines() throws {
        _ = try train(log("json"), penalties: tolls, losses: [0, 7, 1e-5])
        #expect(
            try text("json") == #"""
                {"format":"swift-regularization history","version":1}
                {"epoch":1,"exactZeroShare":0,"kind":"epoch","learningRate":1,"penalties":[\#
                {"label":"a \"toll\", here","stage":"lossTerm","strength":0.5,"value":100,"weightedValue":50},\#
                {"label":"Toll","stage":"lossTerm","strength":2,"value":100,"weightedValue":200},\#
                {"label":"Toll","stage":"lossTerm","strength":1,"value":100,"weightedValue":100}],\#
                "seconds":T,"trainingLoss":4.5,"trainingTotal":354.5,"unitsAlive":[],"validationLoss":7,\#
                "validationTotal":357}
                {"epoch":2,"exactZeroShare":0,"kind":"epoch","learningRate":1,"penalties":[\#
                {"label":"a \"toll\", here","stage":"lossTerm","strength":0.5,"value":200,"weightedValue":100},\#
                {"label":"Toll","stage":"lossTerm","strength":2,"value":200,"weightedValue":400},\#
                {"label":"Toll","stage":"lossTerm","strength":1,"value":200,"weightedValue":200}],\#
                "seconds":T,"trainingLoss":4.5,"trainingTotal":704.5,"unitsAlive":[],"validationLoss":1e-05,\#
                "validationTotal":700.00001}
                {"ending":"epochs","kind":"ending"}

                """#)
    }

    @Test("A table, to the letter, and read again")
    func csv() throws {
        _ = try train(log("csv"), penalties: tolls, losses: [0, 7, 1e-5])
        let text = try text("csv")
        #expect(
            text == #"""
                # swift-regularization history 1
                epoch,learningRate,trainingLoss,validationLoss,"a ""toll"", here.strength",\#
                "a ""toll"", here.value","a ""toll"", here.weighted",Toll.strength,Toll.value,Toll.weighted,\#
                "Toll 2.strength","Toll 2.value","Toll 2.weighted",trainingTotal,validationTotal,\#
                exactZeroShare,stationarityResidual,seconds
                1,1.0,4.5,7.0,0.5,100.0,50.0,2.0,100.0,200.0,1.0,100.0,100.0,354.5,357.0,0.0,,T
                2,1.0,4.5,1e-05,0.5,200.0,100.0,2.0,200.0,400.0,1.0,200.0,200.0,704.5,700.00001,0.0,,T

                """#)
        let table = String(text[try #require(text.firstIndex(of: "\n"))...]).replacing(",T", with: ",1")
        let samples = try CSVTable(
            .text(table), values: ["epoch", "a \"toll\", here.weighted"],
            excluding: ["stationarityResidual"]
        ).samples
        #expect(samples.targets == .values([1, 50, 2, 100], outputs: 2))
    }

    @Test("Commas and quotes with accents do not end a cell, and control characters are escaped")
    func labels() throws {
        let label = "a,\u{301}b\"\u{301}\nc\r\n\u{2028}"
        _ = try train(log("csv"), penalties: [.lossTerm(Toll(), strength: 1, label: label)])
        let header = try text("csv").split(separator: "\n")[1]
        let name = "a,\u{301}b\"\"\u{301}\\u{a}c\\u{d}\\u{a}\\u{2028}"
        #expect(
            header.utf8.elementsEqual(
                #"""
                epoch,learningRate,trainingLoss,validationLoss,"\#(name).strength","\#(name).value",\#
                "\#(name).weighted",trainingTotal,validationTotal,exactZeroShare,stationarityResidual,seconds
                """#.utf8), "\(header)")
        #expect(try train(log("csv"), epochs: 1, after: 2).warnings == [])
    }

    @Test("The units of a network have columns, and what is not measured has empty cells")
    func network() throws {
        var network = FeedForwardNetwork(inputs: 1, hidden: [2], outputs: 1, loss: .meanSquaredError)
        network.parameters["fully.1.weight"] = [0, 1]
        (network.parameters["fully.0.bias"], network.parameters["fully.1.bias"]) = ([0, 0], [0])
        try network.regularizeActivity(by: [ActivityPenalty(L1(), strength: 0, on: "fully.0", label: "L1")])
        let samples = Samples(features: [0], inputs: 1, targets: .values([0], outputs: 1))
        for format in ["csv", "json"] {
            var (copy, optimizer) = (network, SGD(learningRate: 0))
            _ = try Trainer(epochs: 1, batchSize: 1, log: log(format), showsProgress: false).fit(
                &copy, to: samples, with: &optimizer)
        }
        #expect(
            try text("csv") == """
                # swift-regularization history 1
                epoch,learningRate,trainingLoss,validationLoss,L1.strength,L1.value,L1.weighted,\
                trainingTotal,validationTotal,exactZeroShare,inputs.unitsAlive,fully.0.unitsAlive,\
                stationarityResidual,seconds
                1,0.0,0.0,,0.0,0.0,0.0,0.0,,0.25,1,1,,T

                """)
        #expect(try text("json").contains(#""unitsAlive":[1,1]"#))
        #expect(try text("json").contains(#""stage":"activity""#))
    }

    @Test("Numbers that are not finite are words")
    func notFinite() throws {
        struct Unmet: ProximalRegularizer {
            func check(_ shape: Shape) {}
            func value(at weights: Weights) -> Double { .infinity }
            func applyProx(to weights: inout MutableWeights, scale: Float) {}
        }
        for format in ["csv", "json"] {
            _ = try train(log(format), epochs: 1, penalties: [.proximalStep(Unmet(), strength: 1)])
        }
        #expect(try text("csv").contains("\n1,1.0,4.5,,1.0,Infinity,Infinity,Infinity,,0.0,,T\n"))
        #expect(try text("json").contains(#""value":"Infinity","weightedValue":"Infinity"}"#))
        #expect(try text("json").contains(#""trainingTotal":"Infinity""#))
    }

    @Test("An epoch is in the file before the next one begins", arguments: ["json", "csv"])
    func atOnce(format: String) throws {
        var (model, optimizer, lines) = (StepCounter(), SGD(learningRate: 1), [] as [Int])
        _ = try Trainer(epochs: 3, batchSize: 10, log: log(format), showsProgress: false).fit(
            &model, to: Numbers(count: 10), with: &optimizer
        ) { _, _, _ in
            lines.append(try folder.bytes(format).count { $0 == UInt8(ascii: "\n") })
            return .proceed
        }
        #expect(lines == (format == "json" ? [2, 3, 4] : [3, 4, 5]))
    }

    @Test("A training that goes on continues its log", arguments: ["json", "csv"])
    func continued(format: String) throws {
        let path = folder.path(format)
        try Data().write(to: URL(filePath: path))
        _ = try train(log(format), epochs: 2, penalties: tolls)
        let before = try text(format)
        // As after a process that was killed while it wrote.
        let handle = try #require(FileHandle(forWritingAtPath: path))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("3,1.0,4.5,".utf8))
        try handle.close()
        let history = try train(log(format), epochs: 1, penalties: tolls, after: 5)
        #expect(history.epochs.map(\.epoch) == [6])
        let added = try text(format).trimmingPrefix(before)
        #expect(added.hasPrefix(format == "json" ? #"{"epoch":6,"# : "6,1.0,4.5,,0.5,100.0,"))
        #expect(added.split(separator: "\n").count == (format == "json" ? 2 : 1))
    }

    @Test("A log with the epochs of this training is left as it is", arguments: ["json", "csv"])
    func epochsThatAreThere(format: String) throws {
        _ = try train(log(format), epochs: 3)
        let before = try text(format)
        let error = #expect(throws: TrainingError.self) { try train(log(format), epochs: 9, after: 2) }
        #expect(
            error?.description == """
                The log \(folder.path(format)): It has the epochs up to 3 already, and this training begins with \
                epoch 3; choose another path, or remove the file.
                """)
        #expect(try text(format) == before)
    }

    @Test("The last epoch is found behind any number of other lines", arguments: [0, 1, 500, 1_000, 9_000])
    func manyLines(warnings: Int) throws {
        let warning = #"{"kind":"warning","reason":"\#(String(repeating: "x", count: 60))","epoch":9}"# + "\n"
        let content =
            #"{"format":"swift-regularization history","version":1}"# + "\n"
            + #"{"epoch":7,"kind":"epoch"}"# + "\n" + String(repeating: warning, count: warnings)
        try Data(content.utf8).write(to: URL(filePath: folder.path("json")))
        let error = #expect(throws: TrainingError.self) { try train(log("json"), after: 6) }
        #expect(error?.description.contains("It has the epochs up to 7 already") == true)
        _ = try train(log("json"), epochs: 1, after: 7)
        #expect(try text("json").hasPrefix(content + #"{"epoch":8,"#))
    }

    @Test("The last epoch is not searched for in any amount of other bytes")
    func noEpochs() throws {
        let content =
            #"{"format":"swift-regularization history","version":1}"#
            + "\n\(String(repeating: "x", count: 5 << 20))\n"
        try Data(content.utf8).write(to: URL(filePath: folder.path("json")))
        let error = #expect(throws: TrainingError.self) { try train(log("json")) }
        #expect(error?.description.contains("It is something else than a log") == true)
        #expect(try folder.bytes("json").count == content.utf8.count)
    }

    @Test(
        "A file that is something else is left as it is",
        arguments: [
            "notes\n", "\n", "x", #"{"format":"swift-regularization history","version":2}"# + "\n",
            "# swift-regularization history 1", "# swift-regularization history 1\nnotes\n",
            "# swift-regularization history 1\n\"\n",
        ])
    func somethingElse(content: String) throws {
        try Data(content.utf8).write(to: URL(filePath: folder.path("file")))
        for log in [TrainingLog.csv(folder.path("file")), .jsonLines(folder.path("file"))] {
            let error = #expect(throws: TrainingError.self) { try train(log) }
            #expect(
                error?.description.hasSuffix(
                    "file: It is something else than a log of this format, and is left as it is; "
                        + "choose another path.") == true, "\(content): \(String(describing: error))")
        }
        #expect(try folder.bytes("file") == Array(content.utf8))
    }

    @Test("A log of the other format is something else")
    func otherFormat() throws {
        _ = try train(.csv(folder.path("log")))
        #expect(throws: TrainingError.self) { try train(.jsonLines(folder.path("log")), after: 9) }
        #expect(try train(.csv(folder.path("log")), after: 9).warnings == [])
    }

    @Test("A path that takes no file is an error before the first step")
    func pathsThatTakeNoFile() throws {
        let paths = [
            folder.path("none/log"): "No such file or directory. Create its folder, or choose another path.",
            folder.path(""): "Is a directory. Choose the path of a file in that folder.",
            "/dev/null": "Illegal seek. It is no regular file; choose another path.",
            "a\0b": "Invalid argument. Choose another path.",
        ]
        for (path, reason) in paths {
            let error = #expect(throws: TrainingError.self) { try train(.csv(path)) }
            #expect(error?.description.hasSuffix("The file cannot be written: \(reason)") == true, "\(path)")
            #expect(error?.description.contains("\0") == false)
        }
    }

    @Test("Two trainings do not write one log")
    func twoAtOnce() throws {
        var inner: TrainingError?
        var (model, optimizer) = (StepCounter(), SGD(learningRate: 1))
        _ = try Trainer(epochs: 1, batchSize: 10, log: log("json"), showsProgress: false).fit(
            &model, to: Numbers(count: 10), with: &optimizer
        ) { _, _, _ in
            inner = #expect(throws: TrainingError.self) { try train(log("json"), after: 9) }
            return .proceed
        }
        #expect(inner?.description.hasSuffix("Somebody else is writing it; choose another path.") == true)
    }
}
