import ReferenceNetwork
import Regularization
import Testing

/// A second training with an optimizer that has made updates goes on where the first ended.
@Suite("A second training")
struct TrainerSecondTrainingTests {
    private func data() -> Samples {
        var generator = SeededGenerator(seed: 3)
        return Samples(
            features: (0..<70 * 6).map { _ in 2 * generator.nextUnitFloat() - 1 }, inputs: 6,
            targets: .classes((0..<70).map { $0 % 3 }, names: ["a", "b", "c"]))
    }

    private func network() throws -> FeedForwardNetwork {
        var network = FeedForwardNetwork(inputs: 6, hidden: [8, 5], outputs: 3, dropout: 0.3, seed: 1)
        try network.regularizeActivity(
            by: [ActivityPenalty(L1(), strength: .warmUp(to: 1e-2, over: 25), on: "fully.0")])
        return network
    }

    @Test("Twice two epochs are four: order, dropout, schedules, history")
    func twice() throws {
        let data = data()
        let penalties: [Penalty] = [
            .lossTerm(Orthogonality(), strength: .warmUp(to: 1e-2, over: 20)), .decay(0.01),
            .proximalStep(L1(), strength: .linear(from: 0, to: 1e-3, over: 30)),
        ]
        let rate: Schedule = .cosine(from: 1e-2, to: 1e-3, over: 24)
        var (one, other) = (try network(), try network())
        var once = try Adam().regularized(by: penalties, over: one.parameters)
        var twice = once
        let whole = try Trainer(epochs: 4, batchSize: 12, learningRate: rate, showsProgress: false).fit(
            &one, to: data, with: &once)
        let half = Trainer(epochs: 2, batchSize: 12, learningRate: rate, showsProgress: false)
        let first = try half.fit(&other, to: data, with: &twice)
        let second = try half.fit(&other, to: data, with: &twice)
        #expect(one.parameters.bits == other.parameters.bits)
        #expect(once.state.updates == 24)
        let records = first.epochs + second.epochs
        #expect(records.map(\.epoch) == [1, 2, 3, 4])
        #expect(records.map(\.trainingLoss) == whole.epochs.map(\.trainingLoss))
        #expect(records.map(\.learningRate) == whole.epochs.map(\.learningRate))
        #expect(records.map(\.contributions) == whole.epochs.map(\.contributions))
    }

    @Test("An epoch that was begun counts, so that no order comes twice")
    func begun() throws {
        var (model, optimizer) = (StepCounter(), SGD(learningRate: 1))
        optimizer.state.updates = 5
        let history = try Trainer(epochs: 1, batchSize: 3, showsProgress: false).fit(
            &model, to: Numbers(count: 9), with: &optimizer)
        #expect(history.epochs.map(\.epoch) == [3])
        #expect(model.positions == [.step(5), .step(6), .step(7)])
        #expect(optimizer.state.updates == 8)
    }

    @Test("Training without an end goes on until it is stopped")
    func withoutAnEnd() throws {
        var (model, optimizer) = (StepCounter(), SGD(learningRate: 1))
        let history = try Trainer(epochs: .max, batchSize: .max, showsProgress: false).fit(
            &model, to: Numbers(count: 9), with: &optimizer
        ) { record, _, _ in record.epoch == 4 ? .stop : .proceed }
        #expect(history.epochs.count == 4)
    }

    @Test("The callback may change the model and the penalties, and training goes on with them")
    func changes() throws {
        let data = data()
        var model = FeedForwardNetwork(inputs: 6, hidden: [8], outputs: 3, seed: 1)
        var optimizer = try Adam(learningRate: 1e-2).regularized(by: [], over: model.parameters)
        var counts: [Int] = []
        let history = try Trainer(epochs: 40, batchSize: 35, showsProgress: false).fit(
            &model, to: data, with: &optimizer
        ) { record, model, optimizer in
            let weights = model.parameters["fully.0.weight"]
            counts.append(weights.count { $0 != 0 })
            if record.epoch == 2 {
                optimizer = try optimizer.regularized(
                    by: [.proximalStep(L1(), strength: 0.02)], over: model.parameters)
                model.parameters["fully.0.bias"] = Array(repeating: 0, count: 8)
            }
            return counts[counts.count - 1] <= 24 ? .stop : .proceed
        }
        #expect(counts[1] == 48)
        #expect(counts.last! <= 24)
        #expect(history.epochs.count == counts.count && counts.count < 40)
        #expect(history.epochs[1].contributions.isEmpty)
        #expect(history.epochs[2].contributions.map(\.label) == ["L1"])
        #expect(optimizer.state.updates == 2 * counts.count)
    }
}
