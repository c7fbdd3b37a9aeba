import ReferenceNetwork
import Regularization
import Testing

struct OptimizerSnippets {
    private let samples = exampleSamples(inputs: 4, classes: 3)
    private let penalties: [Penalty] = [.proximalStep(L1(), strength: 1e-3)]

    private func makeNetwork() -> FeedForwardNetwork {
        FeedForwardNetwork(inputs: samples.inputs, hidden: [8], outputs: 3)
    }

    @Test func decay() throws {
        let network = makeNetwork()
        // snippet: decay
        var adamW = try AdamW(learningRate: 1e-3, weightDecay: 1e-2, over: network.parameters)
        var lion = try Lion(learningRate: 1e-4).regularized(
            by: [.decay(.cosine(from: 1, to: 0.1, over: 5_000), on: .named("fully.*.weight"))],
            over: network.parameters)
        // end snippet
        adamW.learningRate = 1e-2
        lion.learningRate = 1e-2
        #expect(adamW.plan.penalties[0].stage == .decay && lion.plan.penalties[0].stage == .decay)
    }

    @Test func clipping() throws {
        let network = makeNetwork()
        // snippet: clipping
        let optimizer = try SGD(learningRate: 0.1, momentum: 0.9).clipped(byNorm: 1).regularized(
            by: penalties, over: network.parameters)
        // end snippet
        #expect(optimizer.base.norm == 1)
    }

    @Test func anew() throws {
        var network = makeNetwork()
        var optimizer = Adam(learningRate: 1e-2)
        let trainer = Trainer(epochs: 2, batchSize: 16, showsProgress: false)
        // snippet: anew
        _ = try trainer.fit(&network, to: samples, with: &optimizer)
        // The strength begins at 0 now, not where it would be after the updates that were made.
        var sparse = try optimizer.regularized(
            by: [.proximalStep(L1(), strength: .warmUp(to: 1e-2, over: 500))],
            over: network.parameters, restartingSchedules: true)
        let history = try trainer.fit(&network, to: samples, with: &sparse)
        // end snippet
        #expect(history.epochs.map(\.epoch) == [3, 4])
        #expect(history.epochs[0].contributions[0].strength < 1e-3)
    }

    @Test func recovery() throws {
        var network = makeNetwork()
        var optimizer = SGD(learningRate: 1e30)
        let showsProgress = false
        // snippet: recovery
        let trainer = Trainer(
            epochs: 200, batchSize: 16, recovery: .loweringLearningRate(by: 1e-4, atMost: 10),
            showsProgress: showsProgress)
        let history = try trainer.fit(&network, to: samples, with: &optimizer)
        for recovery in history.recoveries { print(recovery.epoch, recovery.step, recovery.reason) }
        // end snippet
        #expect(!history.recoveries.isEmpty)
        #expect(history.epochs.count == 200)
        #expect(network.parameters.isFinite)
    }

    @Test func recipe() throws {
        var network = makeNetwork()
        // snippet: recipe
        var optimizer = try Adam(learningRate: 1e-2).regularized(by: [], over: network.parameters)
        var dense = network.parameters
        let history = try Trainer(epochs: 200, batchSize: 16).fit(
            &network, to: samples, with: &optimizer
        ) { record, network, optimizer in
            if record.epoch == 2 {
                dense = network.parameters
                optimizer = try optimizer.regularized(
                    by: [.proximalStep(L1(), strength: .warmUp(to: 3e-2, over: 200))],
                    over: network.parameters, restartingSchedules: true)
            }
            let weights = network.parameters["fully.0.weight"] + network.parameters["fully.1.weight"]
            return weights.count { $0 != 0 } <= 24 ? .stop : .proceed
        }
        // end snippet
        #expect(history.epochs.count < 200)
        #expect(!dense["fully.0.weight"].contains(0))
        #expect(network.parameters["fully.0.weight"].contains(0))
    }

    /// The digits with the network of the main job, from the start and with a ramp.
    @Test func ramp() throws {
        let file = Document.file("Sources/Digits/Data/digits.csv").path
        let digits = try CSVTable(.file(file), classes: "digit").samples
        let parts = try digits.split(testShare: 0.25, seed: 0)
        let scaling = try FeatureScaling.minMax(fittedTo: parts.training)
        func train(_ penalty: Penalty, epochs: Int) throws -> (weights: Int, accuracy: Double, History) {
            var network = FeedForwardNetwork(
                inputs: 64, hidden: [40, 20], outputs: 10, activation: .leakyReLU,
                initialization: .glorotUniform)
            var optimizer = try Adam(learningRate: 1e-3).regularized(by: [penalty], over: network.parameters)
            let history = try Trainer(epochs: epochs, batchSize: 300, showsProgress: false).fit(
                &network, to: scaling.scaled(parts.training), with: &optimizer)
            let weights = (0..<3).map { network.parameters["fully.\($0).weight"].count { $0 != 0 } }
            return try (weights.reduce(0, +), network.accuracy(on: scaling.scaled(parts.test)), history)
        }
        let strength = 0.0177827941
        let lost = try train(.proximalStep(L1(), strength: strength), epochs: 100)
        #expect(lost.weights == 0 && abs(lost.accuracy - 0.1) < 0.01)
        #expect(lost.2.warnings.count == 3)
        // snippet: ramp
        let penalty = Penalty.proximalStep(L1(), strength: .warmUp(to: strength, over: 500))
        // end snippet
        let kept = try train(penalty, epochs: 200)
        #expect(abs(kept.weights - 307) < 60 && abs(kept.accuracy - 0.88) < 0.04)
        #expect(kept.2.warnings.isEmpty)
    }

    @Test func state() throws {
        let network = makeNetwork()
        var trained = Adam()
        var parameters = network.parameters
        var gradients = Gradients(like: parameters)
        trained.update(&parameters, along: &gradients)
        // snippet: state
        var other = Adam()
        for name in trained.state.names { other.state[name] = trained.state[name] }
        other.state.updates = trained.state.updates
        // end snippet
        #expect(other.state.names == ["mean", "square"])
        #expect(other.state["square"].count == network.parameters.count)
    }
}
