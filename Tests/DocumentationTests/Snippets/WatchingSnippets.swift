import Foundation
import ReferenceNetwork
import Regularization
import Testing

struct WatchingSnippets {
    private let samples = exampleSamples(inputs: 4, classes: 3)

    @Test func history() throws {
        var network = FeedForwardNetwork(inputs: 4, hidden: [8], outputs: 3)
        var optimizer = try Adam(learningRate: 1e-2).regularized(
            by: [.proximalStep(L1(), strength: 1e-3)], over: network.parameters)
        let path = temporaryPath("training.jsonl")
        defer { try? FileManager.default.removeItem(atPath: path) }
        // snippet: log
        let trainer = Trainer(epochs: 20, batchSize: 16, log: .jsonLines(path))
        let history = try trainer.fit(&network, to: samples, with: &optimizer)
        for epoch in history.epochs { print(epoch.epoch, epoch.exactZeroShare, epoch.unitsAlive) }
        // end snippet
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 22)
        #expect(lines[0] == #"{"format":"swift-regularization history","version":1}"#)
        #expect(lines[21] == #"{"ending":"epochs","kind":"ending"}"#)
        #expect(history.epochs[19].unitsAlive.count == 2)
    }

    @Test func cancellation() async throws {
        let samples = samples
        // snippet: task
        let training = Task {
            var network = FeedForwardNetwork(inputs: 4, hidden: [8], outputs: 3)
            var optimizer = Adam(learningRate: 1e-2)
            let history = try Trainer(epochs: .max, batchSize: 16).fit(
                &network, to: samples, with: &optimizer)
            return (network, history)
        }
        training.cancel()
        let (network, history) = try await training.value
        // end snippet
        #expect(history.ending == .cancelled)
        #expect(network.parameters.isFinite)
    }
}
