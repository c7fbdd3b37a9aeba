import ReferenceNetwork
import Regularization
import Testing

@Suite("A training says why it ended, and in a cancelled task it ends after the step")
struct TrainerEpochsTests {
    /// A model that cancels its task in a step, counted from 0; its weight is the number of steps.
    private struct Cancelling: Model {
        var parameters = Parameters([("steps.weight", [1, 1], [0])])
        let cancellingStep: Int
        /// The losses in evaluation mode after so many steps.
        var losses: [Float: Double] = [:]
        var gradients: [Int: Float] = [:]

        func loss(on batch: [Int], at position: BatchPosition, gradients: inout Gradients) -> Double {
            gradients["steps.weight"] = [self.gradients[position.step] ?? -1]
            if position.step == cancellingStep { withUnsafeCurrentTask { $0?.cancel() } }
            return 1
        }

        func loss(on batch: [Int]) -> Double { losses[parameters["steps.weight"][0]] ?? 9 }
    }

    /// A training of 4 epochs of 3 steps in a task of its own.
    private func train(
        cancellingAt step: Int, before: Bool = false, losses: [Float: Double] = [:],
        earlyStopping: EarlyStopping? = nil
    ) async throws -> (history: History, weight: Float, updates: Int) {
        try await Task {
            if before { withUnsafeCurrentTask { $0?.cancel() } }
            var (model, optimizer) = (Cancelling(cancellingStep: step, losses: losses), SGD(learningRate: 1))
            let trainer = Trainer(epochs: 4, batchSize: 2, earlyStopping: earlyStopping, showsProgress: false)
            let history = try trainer.fit(
                &model, to: Numbers(count: 6), validation: losses.isEmpty ? nil : Numbers(count: 1),
                with: &optimizer)
            return (history, model.parameters.values[0], optimizer.state.updates)
        }.value
    }

    @Test("The step is finished, and the epoch that was begun is not recorded")
    func betweenTwoSteps() async throws {
        let (history, weight, updates) = try await train(cancellingAt: 4)
        #expect(history.ending == .cancelled)
        #expect(history.epochs.map(\.epoch) == [1])
        #expect(weight == 5)
        #expect(updates == 5)
    }

    @Test("A task that was cancelled before makes no step")
    func beforeTheFirstStep() async throws {
        let (history, weight, updates) = try await train(cancellingAt: -1, before: true)
        #expect(history.ending == .cancelled)
        #expect(history.epochs.isEmpty)
        #expect(weight == 0)
        #expect(updates == 0)
    }

    @Test("An epoch whose last step is made is finished")
    func atTheEndOfAnEpoch() async throws {
        let (history, weight, _) = try await train(cancellingAt: 5, losses: [3: 2, 6: 1])
        #expect(history.ending == .cancelled)
        #expect(history.epochs.map(\.validationLoss) == [2, 1])
        #expect(weight == 6)
        #expect(try await train(cancellingAt: 11).history.ending == .epochs)
    }

    @Test("With early stopping the model has its best parameters")
    func earlyStopping() async throws {
        let (history, weight, updates) = try await train(
            cancellingAt: 7, losses: [3: 1, 6: 2], earlyStopping: EarlyStopping(patience: 9))
        #expect(history.ending == .cancelled)
        #expect(history.bestEpoch == 1)
        #expect(weight == 3)
        #expect(updates == 8)
    }

    @Test("A buffer that is not finite is found before a cancelled training returns")
    func buffersAreLookedAt() async throws {
        let error = await #expect(throws: TrainingError.self) {
            try await Task {
                var model = Cancelling(cancellingStep: 4)
                // Its square overflows in the buffer, and the step by it is 0.
                model.gradients = [4: 1e30]
                var optimizer = RootMeanSquare(learningRate: 1)
                _ = try Trainer(epochs: 4, batchSize: 2, showsProgress: false).fit(
                    &model, to: Numbers(count: 6), with: &optimizer)
            }.value
        }
        guard case .notFinite(_, let epoch, let step, let heldStep, let history) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(epoch == 2)
        #expect(step == 4)
        #expect(heldStep == 4)
        #expect(history.ending == nil)
    }

    @Test("A recovery in a cancelled task goes back to the start of the epoch and ends there")
    func recovery() async throws {
        let (history, updates) = try await Task {
            var model = Cancelling(cancellingStep: 4)
            model.gradients = [4: .infinity]
            var optimizer = SGD(learningRate: 1)
            let trainer = Trainer(
                epochs: 4, batchSize: 2, recovery: .loweringLearningRate(by: 0.5, atMost: 1),
                showsProgress: false)
            let history = try trainer.fit(&model, to: Numbers(count: 6), with: &optimizer)
            return (history, optimizer.state.updates)
        }.value
        #expect(history.ending == .cancelled)
        #expect(history.recoveries.map(\.epoch) == [2])
        #expect(history.epochs.map(\.epoch) == [1])
        #expect(updates == 3)
    }

    @Test("Each other reason to end has its name, the first among several")
    func endings() throws {
        func ending(
            losses: [Double] = [9, 8, 7, 6], tolerance: Double? = nil, stopping: Int? = nil
        ) throws -> History.Ending? {
            var (model, optimizer) = (StepCounter(), SGD(learningRate: 1))
            model.evaluationLosses = [0] + losses
            let trainer = Trainer(
                epochs: 4, batchSize: 10, earlyStopping: EarlyStopping(patience: 1),
                stationarityTolerance: tolerance, showsProgress: false)
            return try trainer.fit(
                &model, to: Numbers(count: 10), validation: Numbers(count: 1), with: &optimizer
            ) { record, _, _ in record.epoch == stopping ? .stop : .proceed }.ending
        }
        #expect(try ending() == .epochs)
        #expect(try ending(losses: [9, 8, 8]) == .earlyStopping)
        #expect(try ending(stopping: 2) == .callback)
        #expect(try ending(tolerance: 1e9) == .stationarity)
        #expect(try ending(losses: [9, 9], tolerance: 1e9, stopping: 1) == .callback)
        #expect(try ending(losses: [9, 9], stopping: 2) == .earlyStopping)
    }
}
