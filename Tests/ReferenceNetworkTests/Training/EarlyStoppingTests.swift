import ReferenceNetwork
import Regularization
import Testing

struct EarlyStoppingTests {
    /// Validation losses after each epoch, and where training ends.
    @Test(
        arguments: [
            (1, 0, 2, 3), (2, 0, 4, 6), (3, 0, 4, 7), (4, 0, 8, 8), (8, 0, 8, 8),
            // An improvement by 1 is none if it takes 1.5: 3 stays the best until 1 comes.
            (2, 1.5, 2, 4), (6, 1.5, 8, 8), (5, 1.5, 2, 7),
            // 5 → 3 is exactly 2, and an improvement is more than that.
            (2, 2, 1, 3),
        ] as [(patience: Int, minimumImprovement: Double, best: Int, last: Int)])
    func patienceEndsTraining(patience: Int, minimumImprovement: Double, best: Int, last: Int) throws {
        let rule = EarlyStopping(patience: patience, minimumImprovement: minimumImprovement)
        let (model, history) = try run([5, 3, 4, 2, 6, 7, 2, 1], rule)
        #expect(history.epochs.count == last)
        #expect(history.bestEpoch == best)
        #expect(model.steps == best, "the parameters are those of the best epoch")
        #expect(model.batches.count == last)
    }

    @Test func withoutItTheLastParametersStay() throws {
        let (model, history) = try run([5, 3, 4], nil)
        #expect(model.steps == 3)
        #expect(history.bestEpoch == nil)
    }

    @Test func trainingThatEndsOtherwiseRestoresToo() throws {
        let atTheEnd = try run([5, 3, 4, 6], EarlyStopping(patience: 9))
        #expect(atTheEnd.model.steps == 2)
        #expect(atTheEnd.history.epochs.count == 4)
        let stopped = try run([5, 3, 4, 1], EarlyStopping(patience: 9)) { $0.epoch == 3 ? .stop : .proceed }
        #expect(stopped.model.steps == 2)
        #expect(stopped.history.bestEpoch == 2)
        let stoppedAtItsBest = try run([5, 3, 4], EarlyStopping(patience: 9)) {
            $0.epoch == 2 ? .stop : .proceed
        }
        #expect(stoppedAtItsBest.history.bestEpoch == 2)
    }

    @Test func aValidationLossThatIsNoNumberThrowsAndRestoresTheBest() throws {
        var model = StepCounter()
        model.evaluationLosses = [.nan, 5, 3, 4, .nan]
        var optimizer = SGD(learningRate: 1)
        let trainer = Trainer(
            epochs: 9, batchSize: 1, earlyStopping: EarlyStopping(patience: 9), showsProgress: false)
        let error = #expect(throws: TrainingError.self) {
            try trainer.fit(
                &model, to: Numbers(count: 1), validation: Numbers(count: 1), with: &optimizer)
        }
        #expect(error?.description.hasPrefix("Epoch 4, step 4: The validation loss is nan, ") == true)
        #expect(
            error?.description.hasSuffix(
                "The model has the parameters after 2 updates, those of the best epoch.") == true)
        guard case .notFinite(_, _, _, let heldStep, let history) = error else { return }
        #expect(heldStep == 2)
        #expect(history.epochs.count == 3)
        #expect(history.bestEpoch == 2)
        #expect(model.steps == 2)
    }

    /// The penalty grows by 100 in each epoch, so that the sum of both would be best in the first.
    @Test func theDataLossAloneDecides() throws {
        let (model, history) = try run(
            [5, 3, 4], EarlyStopping(patience: 9), penalties: [.lossTerm(Toll(), strength: 1)])
        #expect(history.bestEpoch == 2)
        #expect(model.steps == 2)
    }

    @Test("Epochs in which strengths still change are no candidates, unless all are")
    func schedules() throws {
        let rising: [Penalty] = [
            .lossTerm(Toll(), strength: .warmUp(to: 1, over: 2)), .lossTerm(Toll(), strength: 1),
        ]
        #expect(try run([1, 2, 5, 4], EarlyStopping(patience: 2), penalties: rising).history.bestEpoch == 4)
        let all = EarlyStopping(patience: 2, candidates: .all)
        let history = try run([1, 2, 5, 4], all, penalties: rising).history
        #expect(history.bestEpoch == 1)
        #expect(history.epochs.count == 3)
        // Patience counts from the first candidate.
        let stopped = try run([1, 2, 3, 4, 5, 6], EarlyStopping(patience: 2), penalties: rising)
        #expect(stopped.history.bestEpoch == 3)
        #expect(stopped.history.epochs.count == 5)
        #expect(stopped.model.steps == 3)
    }

    @Test("Penalties that are attached on the way begin the search for the best epoch anew")
    func attachedLater() throws {
        var model = StepCounter()
        model.evaluationLosses = [.nan, 1, 2, 3, 6, 5, 7, 8, 9]
        var optimizer = try SGD(learningRate: 1).regularized(by: [], over: model.parameters)
        let trainer = Trainer(
            epochs: 8, batchSize: 3, earlyStopping: EarlyStopping(patience: 2), showsProgress: false)
        func train(_ ramp: Int) throws -> History {
            try trainer.fit(
                &model, to: Numbers(count: 3), validation: Numbers(count: 3), with: &optimizer
            ) { record, model, optimizer in
                if record.epoch % 8 == 2 {
                    optimizer = try optimizer.regularized(
                        by: [.lossTerm(Toll(), strength: .warmUp(to: 1, over: ramp))],
                        over: model.parameters, restartingSchedules: true)
                }
                return .proceed
            }
        }
        let history = try train(1)
        #expect(history.bestEpoch == 5)
        #expect(history.epochs.count == 7)
        #expect(model.steps == 5)
        (model, optimizer) = (
            StepCounter(), try SGD(learningRate: 1).regularized(by: [], over: model.parameters)
        )
        model.evaluationLosses = [.nan, 1, 2, 3, 6, 5, 7, 8, 9]
        #expect(throws: TrainingError.self) { try train(6) }
    }

    @Test("What the callback does to the model or throws in the best epoch does not change what is restored")
    func restoredAsMeasured() throws {
        struct Interruption: Error {}
        for interrupts in [false, true] {
            var model = StepCounter()
            model.evaluationLosses = [.nan, 5, 3, 4]
            var optimizer = SGD(learningRate: 1)
            let trainer = Trainer(
                epochs: 3, batchSize: 3, earlyStopping: EarlyStopping(patience: 9), showsProgress: false)
            let result = Result {
                try trainer.fit(
                    &model, to: Numbers(count: 3), validation: Numbers(count: 3), with: &optimizer
                ) { record, model, _ in
                    if record.epoch < 2 { return .proceed }
                    if interrupts { throw Interruption() }
                    model.parameters["steps.weight"][0] += 0.25
                    return .stop
                }
            }
            #expect(model.steps == 2, "interrupted: \(interrupts)")
            #expect((try? result.get())?.bestEpoch == (interrupts ? nil : 2), "interrupted: \(interrupts)")
        }
    }

    @Test("Schedules that end after training leave nothing to watch, which is an error before the first step")
    func schedulesBeyondTheEnd() throws {
        let rising: [Penalty] = [.lossTerm(Toll(), strength: .warmUp(to: 1, over: 4))]
        let error = #expect(throws: TrainingError.self) {
            try run([1, 2, 3, 4], EarlyStopping(patience: 2), penalties: rising)
        }
        #expect(
            error?.description == """
                Early stopping looks at epochs after the schedules of the strengths, which end at step 4, but the last \
                step is 3: train longer, end the schedules sooner, or ask for candidates: .all.
                """)
        let longer = try run([1, 2, 3, 4, 5], EarlyStopping(patience: 2), penalties: rising)
        #expect(longer.history.bestEpoch == 5)
    }

    @Test(
        "An improvement that is negative or not finite traps with a sentence",
        arguments: ["-0.5", "inf", "nan"])
    func improvement(number: String) async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            [number] in
            _ = EarlyStopping(patience: 1, minimumImprovement: Double(number)!)
        }
        let output = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        let sentence =
            "The minimum improvement of EarlyStopping is 0 or more and finite in Float, not \(number)."
        #expect(output.contains(sentence), "\(output)")
    }

    @Test func patienceIsAtLeastOne() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = EarlyStopping(patience: 0)
        }
        let output = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(output.contains("Early stopping needs a patience of 1 or more, not 0."))
    }

    private func run(
        _ losses: [Double], _ rule: EarlyStopping?, penalties: [Penalty] = [],
        onEpoch: (EpochRecord) throws -> Trainer.Decision = { _ in .proceed }
    ) throws -> (model: StepCounter, history: History) {
        var model = StepCounter()
        model.evaluationLosses = [.nan] + losses
        var optimizer = try SGD(learningRate: 1).regularized(by: penalties, over: model.parameters)
        let trainer = Trainer(epochs: losses.count, batchSize: 3, earlyStopping: rule, showsProgress: false)
        let history = try trainer.fit(
            &model, to: Numbers(count: 3), validation: Numbers(count: 3), with: &optimizer
        ) { record, _, _ in try onEpoch(record) }
        return (model, history)
    }
}
