import ReferenceNetwork
import Regularization
import Testing

struct TrainingErrorTests {
    @Test(
        arguments: [
            (
                Trainer(epochs: 1, batchSize: 1), 0, nil, "The training part has no samples."
            ),
            (
                Trainer(epochs: 1, batchSize: 1), 3, 0, "The validation part has no samples."
            ),
            (
                Trainer(epochs: 0, batchSize: 1), 3, nil, "The number of epochs is 0; it must be 1 or more."
            ),
            (
                Trainer(epochs: 1, batchSize: 0), 3, nil, "The batch size is 0; it must be 1 or more."
            ),
            (
                Trainer(epochs: 1, batchSize: -2), 3, nil, "The batch size is -2; it must be 1 or more."
            ),
            (
                Trainer(epochs: 1, batchSize: 1, earlyStopping: EarlyStopping(patience: 1)), 3, nil,
                "Early stopping needs a validation part: pass validation: to fit, for example from samples.split."
            ),
            (
                Trainer(epochs: 1, batchSize: 1, learningRate: Schedule { _ in .nan }), 3, nil,
                "The learning rate is nan at step 0; it must be a finite number of 0 or more."
            ),
            (
                Trainer(epochs: 1, batchSize: 1, stationarityTolerance: -1), 3, nil,
                "The stationarity tolerance is -1.0; it must be a finite number of 0 or more."
            ),
        ] as [(Trainer, Int, Int?, String)])
    func whatCannotBegin(trainer: Trainer, training: Int, validation: Int?, sentence: String) {
        var trainer = trainer
        trainer.showsProgress = false
        var model = StepCounter()
        var optimizer = SGD(learningRate: 1)
        let error = #expect(throws: TrainingError.self) {
            try trainer.fit(
                &model, to: Numbers(count: training), validation: validation.map { Numbers(count: $0) },
                with: &optimizer)
        }
        #expect(error?.description == sentence)
        #expect(model.steps == 0)
        #expect(model.batches.isEmpty)
    }

    @Test(arguments: [-1, .infinity, .nan, 1e39])
    func aRateThatTurnsInvalidStopsBeforeItsStep(rate: Double) {
        var model = StepCounter()
        var optimizer = SGD(learningRate: 1)
        let trainer = Trainer(
            epochs: 9, batchSize: 1, learningRate: Schedule { $0 == 4 ? rate : 1 }, showsProgress: false)
        let error = #expect(throws: TrainingError.self) {
            try trainer.fit(&model, to: Numbers(count: 3), with: &optimizer)
        }
        #expect(
            error?.description
                == "The learning rate is \(rate) at step 4; it must be a finite number of 0 or more."
        )
        #expect(model.steps == 4)
        #expect(optimizer.learningRate == 1)
    }

    @Test func theOptimizersOwnRateIsCheckedToo() {
        var model = LinearRegression()
        var optimizer = UncheckedRate(learningRate: .nan)
        let error = #expect(throws: TrainingError.self) {
            try Trainer(epochs: 1, batchSize: 8, showsProgress: false).fit(
                &model, to: Corners(), with: &optimizer)
        }
        #expect(
            error?.description
                == "The learning rate is nan at step 0; it must be a finite number of 0 or more.")
        #expect(model.parameters.values == [0, 0, 0, 0])
    }
}

/// An optimizer that does not check its learning rate.
private struct UncheckedRate: Optimizer {
    var learningRate: Float
    var state = OptimizerState()
    var metric: UndefinedMetric { UndefinedMetric() }
    mutating func update(_ parameters: inout Parameters, along gradients: inout Gradients) {}
}
