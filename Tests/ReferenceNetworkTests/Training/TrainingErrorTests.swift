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
                "The stationarity tolerance is -1.0; it must be a number of 0 or more."
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

    @Test(arguments: [(Double.nan, "nan"), (.infinity, "inf")])
    func aLossThatIsNotFiniteStopsBeforeItsStep(loss: Double, name: String) throws {
        var model = StepCounter()
        model.trainingLosses = [7: loss]
        var optimizer = SGD(learningRate: 1)
        let error = #expect(throws: TrainingError.self) {
            try Trainer(epochs: 9, batchSize: 1, showsProgress: false).fit(
                &model, to: Numbers(count: 3), with: &optimizer)
        }
        #expect(
            error?.description == """
                The training loss is \(name) in epoch 3, step 7: lower the learning rate, scale the features, \
                or look for values in the data that are no numbers.
                """)
        guard case .notFinite(_, _, let epoch, let step, let history) = error else { return }
        #expect(model.steps == 7)
        #expect((epoch, step) == (3, 7))
        #expect(history.epochs.map(\.epoch) == [1, 2])
        #expect(history.epochs.map(\.trainingLoss) == [1, 1])
    }

    @Test func featuresThatAreNoNumbersLeaveTheNetworkAsItWas() {
        var network = FeedForwardNetwork(inputs: 1, hidden: [3], outputs: 2)
        let bits = network.parameters.bits
        let samples = Samples(features: [.nan], inputs: 1, targets: .classes([0], names: ["0", "1"]))
        var optimizer = SGD(learningRate: 1)
        let error = #expect(throws: TrainingError.self) {
            try Trainer(epochs: 1, batchSize: 1, showsProgress: false).fit(
                &network, to: samples, with: &optimizer)
        }
        #expect(error?.description.hasPrefix("The training loss is nan in epoch 1, step 0: ") == true)
        #expect(network.parameters.bits == bits)
    }
}

/// An optimizer that does not check its learning rate.
private struct UncheckedRate: Optimizer {
    var learningRate: Float
    var state = OptimizerState()
    var metric: UndefinedMetric { UndefinedMetric() }
    mutating func update(_ parameters: inout Parameters, along gradients: inout Gradients) {}
}
