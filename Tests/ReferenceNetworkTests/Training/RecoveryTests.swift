import ReferenceNetwork
import Regularization
import Testing

struct RecoveryTests {
    /// Its gradient is 1, and its loss is infinite where the weight is too far from 0.
    private struct Fragile: Model {
        var parameters = Parameters([("line.weight", [1, 1], [0])])

        func loss(on batch: [Int], at position: BatchPosition, gradients: inout Gradients) -> Double {
            gradients["line.weight"] = [1]
            return parameters["line.weight"][0] < -0.6 ? .infinity : 1
        }
    }

    private func train(
        rate: Float, _ schedule: Schedule? = nil, recovery: Recovery? = nil
    ) throws -> (model: Fragile, optimizer: SGD, history: History) {
        var (model, optimizer) = (Fragile(), SGD(learningRate: rate, momentum: 0.5))
        let trainer = Trainer(
            epochs: 1, batchSize: 1, learningRate: schedule, recovery: recovery, showsProgress: false)
        let history = try trainer.fit(&model, to: Numbers(count: 3), with: &optimizer)
        return (model, optimizer, history)
    }

    /// The weight goes to −η and −2.5η before the steps 1 and 2.
    ///
    /// The failures are in the first epoch, so that training
    /// is that with the lower rate from the start.
    @Test func theRateIsLoweredFromTheEpochsStart() throws {
        let (model, optimizer, history) = try train(
            rate: 0.8, recovery: .loweringLearningRate(by: 0.5, atMost: 3))
        let plain = try train(rate: 0.2)
        #expect(model.parameters.bits == plain.model.parameters.bits)
        #expect(optimizer.learningRate == 0.2)
        #expect(optimizer.state["velocity"] == plain.optimizer.state["velocity"])
        #expect(history.epochs.map(\.epoch) == [1])
        #expect(history.recoveries.map(\.epoch) == [1, 1])
        #expect(history.recoveries.map(\.step) == [1, 2])
        #expect(history.recoveries.map(\.factor) == [0.5, 0.5])
        #expect(history.recoveries[0].reason.hasPrefix("The training loss is inf, "))
        #expect(plain.history.recoveries.isEmpty)
    }

    @Test func aScheduleIsMultiplied() throws {
        let schedule = Schedule.linear(from: 0.8, to: 0.4, over: 2)
        let (model, _, history) = try train(
            rate: 9, schedule, recovery: .loweringLearningRate(by: 0.25, atMost: 1))
        let plain = try train(rate: 9, .linear(from: 0.2, to: 0.1, over: 2))
        #expect(history.recoveries.count == 1)
        #expect(model.parameters.bits == plain.model.parameters.bits)
        #expect(history.epochs.map(\.learningRate) == [0.1])
    }

    @Test func theLimitIsKept() throws {
        let error = #expect(throws: TrainingError.self) {
            try train(rate: 0.8, recovery: .loweringLearningRate(by: 0.5, atMost: 1))
        }
        guard case .notFinite(_, _, _, _, let history) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(history.recoveries.count == 1)
    }

    @Test func earlierEpochsStay() throws {
        var model = ScriptedGradient()
        model.gradients = [4: 1e38]
        var optimizer = SGD(learningRate: 4)
        let trainer = Trainer(
            epochs: 3, batchSize: 1, recovery: .loweringLearningRate(by: 0.5, atMost: 5), showsProgress: false
        )
        let history = try trainer.fit(&model, to: Numbers(count: 2), with: &optimizer)
        // Two epochs of two steps by 4, and from then on the rate at which 1e38 times it has a Float.
        #expect(history.epochs.map(\.learningRate) == [4, 4, 2])
        #expect(history.recoveries.map(\.epoch) == [3])
        #expect(history.recoveries.map(\.step) == [4])
        let last: Float = -2e38
        #expect(model.parameters.values == [last])
    }

    @Test(arguments: [0, 1, -0.5, .nan, .infinity] as [Double])
    func factorsThatMakeNoSense(factor: Double) async {
        await #expect(processExitsWith: .failure) { [bits = factor.bitPattern as UInt64] in
            _ = Recovery.loweringLearningRate(by: Double(bitPattern: bits), atMost: 1)
        }
    }

    @Test func aLimitOfNone() async {
        await #expect(processExitsWith: .failure) { _ = Recovery.loweringLearningRate(by: 0.5, atMost: 0) }
    }
}
