import ReferenceNetwork
import Regularization
import Testing

@Suite("Layers that are lost")
struct LostLayersTests {
    private func warnings(_ penalty: Penalty, restoringAfter epoch: Int? = nil) throws -> [String] {
        var generator = SeededGenerator(seed: 3)
        let samples = Samples(
            features: (0..<70 * 6).map { _ in 2 * generator.nextUnitFloat() - 1 }, inputs: 6,
            targets: .classes((0..<70).map { $0 % 3 }, names: ["a", "b", "c"]))
        var model = FeedForwardNetwork(inputs: 6, hidden: [8], outputs: 3, seed: 1)
        var optimizer = try Adam(learningRate: 1e-2).regularized(by: [penalty], over: model.parameters)
        let trainer = Trainer(epochs: 30, batchSize: 35, showsProgress: false)
        let start = model.parameters
        let first = try trainer.fit(&model, to: samples, with: &optimizer) { record, model, optimizer in
            if record.epoch == epoch {
                model.parameters = start
                optimizer = try optimizer.base.regularized(by: [], over: start)
            } else if record.epoch - 2 == epoch {
                optimizer = try optimizer.regularized(by: [penalty], over: start)
            }
            return .proceed
        }.warnings
        // What is known is not said again.
        #expect(try trainer.fit(&model, to: samples, with: &optimizer).warnings == [])
        return first
    }

    @Test("A layer that loses every weight under a proximal step is a warning, with a way out")
    func lost() throws {
        let found = try warnings(.proximalStep(L1(), strength: 0.5, on: .named("fully.0.weight")))
        #expect(found.count == 1)
        let sentence = try #require(found.first)
        let parts = try #require(
            sentence.wholeMatch(
                of:
                    /Every weight of fully.0.weight is zero after epoch (\d+) under .*"L1", .* over: (\d+)\).*/
            ))
        // Twice the steps that it took: two in each epoch.
        #expect(try #require(Int(parts.2)) == 4 * #require(Int(parts.1)))
    }

    @Test("A layer that came back and is lost again is a warning again")
    func again() throws {
        let penalty = Penalty.proximalStep(L1(), strength: 0.5, on: .named("fully.0.weight"))
        #expect(try warnings(penalty, restoringAfter: 16).count == 2)
    }

    @Test("A layer that keeps a weight is none, and loss terms empty no layer")
    func kept() throws {
        #expect(try warnings(.proximalStep(L1(), strength: 1e-4)) == [])
        #expect(try warnings(.lossTerm(L1(), strength: 0.5)) == [])
    }
}
