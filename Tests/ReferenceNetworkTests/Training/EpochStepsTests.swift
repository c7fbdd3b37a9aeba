import ReferenceNetwork
import Regularization
import Testing

/// What happens around a number that is not finite: which optimizers it is found in, and where a training goes back to.
struct EpochStepsTests {
    private func trainer(epochs: Int = 5, batchSize: Int = 1) -> Trainer {
        Trainer(epochs: epochs, batchSize: batchSize, showsProgress: false)
    }

    @Test func aParameterBeforeTheFirstStep() {
        var model = ScriptedGradient()
        model.parameters["line.weight"] = [.nan]
        var optimizer = SGD(learningRate: 1)
        let error = #expect(throws: TrainingError.self) {
            try trainer().fit(&model, to: Numbers(count: 1), with: &optimizer)
        }
        #expect(
            error?.description == """
                line.weight holds nan before the first step; begin with finite weights, as those of a new model.
                """)
    }

    @Test func withoutSnapshotsTheFailedUpdateStays() throws {
        var model = ScriptedGradient()
        model.gradients = [3: .greatestFiniteMagnitude]
        var optimizer = SGD(learningRate: 2)
        let trainer = Trainer(epochs: 5, batchSize: 1, snapshots: .none, showsProgress: false)
        let found = try failure(of: trainer, &model, Numbers(count: 2), &optimizer)
        #expect(found.number == NonfiniteNumber(.step(of: "line.weight"), value: -.infinity))
        #expect(found.heldStep == nil)
        #expect(model.parameters.values == [-.infinity])
        var recovering = trainer
        recovering.recovery = .loweringLearningRate(by: 0.5, atMost: 1)
        let error = #expect(throws: TrainingError.self) {
            try recovering.fit(&model, to: Numbers(count: 1), with: &optimizer)
        }
        #expect(
            error?.description
                == "A recovery goes back to the start of an epoch, so it needs snapshots: .everyEpoch.")
    }

    /// One that needs whole tensors, and one that counts its updates by itself.
    @Test func otherOptimizers() throws {
        var model = ScriptedGradient()
        model.gradients = [3: .greatestFiniteMagnitude]
        var whole = WholeTensors(learningRate: 2)
        #expect(
            try failure(of: trainer(), &model, Numbers(count: 2), &whole).number.origin
                == .update(of: "line.weight"))
        #expect(model.parameters.values == [-6])
        var other = ScriptedGradient()
        other.gradients = model.gradients
        var counting = CountingByItself(learningRate: 2)
        #expect(
            try failure(of: trainer(), &other, Numbers(count: 2), &counting).number.origin
                == .update(of: "line.weight"))
        #expect(other.parameters.values == [-6])
    }

    /// Its state says that the update was finite, and then it moves the weights.
    @Test(arguments: [true, false])
    func anOptimizerThatMovesWeightsAfterItsUpdate(hasCallback: Bool) throws {
        var model = ScriptedGradient()
        var optimizer = Lookahead(failingAt: 6)
        let found: (number: NonfiniteNumber, epoch: Int, step: Int, heldStep: Int?, history: History)
        if hasCallback {
            let error = #expect(throws: TrainingError.self) {
                try trainer(epochs: 4).fit(&model, to: Numbers(count: 2), with: &optimizer) { _, _, _ in
                    .proceed
                }
            }
            guard case .notFinite(let number, let epoch, let step, let heldStep, let history) = error else {
                throw try #require(error)
            }
            found = (number, epoch, step, heldStep, history)
        } else {
            found = try failure(of: trainer(epochs: 4), &model, Numbers(count: 2), &optimizer)
        }
        #expect(found.number == NonfiniteNumber(.update(of: "line.weight"), value: .nan))
        #expect((found.step, found.heldStep) == (6, 6))
        #expect(model.parameters.values == [-6])
        #expect(optimizer.state.updates == 6)
    }

    /// A function between epochs, which is no step.
    @Test func weightsThatACallbackSpoils() throws {
        var model = ScriptedGradient()
        var optimizer = SGD(learningRate: 1)
        let error = #expect(throws: TrainingError.self) {
            try trainer(epochs: 4).fit(&model, to: Numbers(count: 2), with: &optimizer) { record, model, _ in
                if record.epoch == 2 { model.parameters["line.weight"] = [.nan] }
                return .proceed
            }
        }
        guard case .notFinite(let number, let epoch, let step, _, _) = error else {
            throw try #require(error)
        }
        #expect(number.origin == .step(of: "line.weight") || number.origin == .parameter("line.weight"))
        #expect((epoch, step) == (3, 4))
    }

    @Test func buffersThatAreNotFiniteBeforeTheFirstStep() {
        var (model, optimizer) = (ScriptedGradient(), Adam())
        optimizer.state["square"] = [.infinity]
        let error = #expect(throws: TrainingError.self) {
            try trainer().fit(&model, to: Numbers(count: 1), with: &optimizer)
        }
        #expect(
            error?.description.hasPrefix("Before the first step: The optimizer's buffer \"square\" holds inf")
                == true)
    }

    @Test func thePenaltyOnOutputsWhoseGradientBreaks() throws {
        struct Breaking: DifferentiableRegularizer {
            func check(_ shape: Shape) {}
            func value(at weights: Weights) -> Double { 0 }
            func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
                gradient[0] = .nan
            }
        }
        var network = FeedForwardNetwork(inputs: 1, hidden: [2], outputs: 1, loss: .meanSquaredError)
        try network.regularizeActivity(by: [ActivityPenalty(Breaking(), on: "fully.0", label: "mine")])
        let samples = Samples(features: [1], inputs: 1, targets: .values([0], outputs: 1))
        var optimizer = SGD(learningRate: 1e-3)
        let found = try failure(of: trainer(), &network, samples, &optimizer)
        #expect(found.number.origin == .penaltyGradient("mine", of: "its outputs"))
    }

    /// An epoch of one step has no copy of its own.
    @Test func epochsOfOneStep() throws {
        var model = ScriptedGradient()
        model.gradients = [150: .greatestFiniteMagnitude]
        var optimizer = SGD(learningRate: 2)
        let found = try failure(of: trainer(epochs: 500), &model, Numbers(count: 1), &optimizer)
        #expect(found.number == NonfiniteNumber(.update(of: "line.weight"), value: -.infinity))
        #expect((found.epoch, found.step, found.heldStep) == (151, 150, 150))
        #expect(model.parameters.values == [-300])
        #expect(found.history.epochs.count == 150)
        var recovering = ScriptedGradient()
        recovering.gradients = model.gradients
        var other = SGD(learningRate: 2)
        let trainer = Trainer(
            epochs: 152, batchSize: 1, recovery: .loweringLearningRate(by: 0.25, atMost: 1),
            showsProgress: false)
        let history = try trainer.fit(&recovering, to: Numbers(count: 1), with: &other)
        #expect(history.epochs.map(\.learningRate) == Array(repeating: 2, count: 150) + [0.5, 0.5])
        #expect(history.recoveries.map(\.epoch) == [151])
    }

    /// Its square has a Float, and what it is multiplied by to correct its bias has none.
    @Test(arguments: [Adam.AMSGrad.off, .ofSquares, .ofCorrectedSquares])
    func aSquareThatOverflowsWhenItIsCorrected(amsGrad: Adam.AMSGrad) throws {
        var model = ScriptedGradient()
        model.gradients = [0: 1e20]
        var optimizer = Adam(learningRate: 0.1, amsGrad: amsGrad)
        let found = try failure(of: trainer(), &model, Numbers(count: 3), &optimizer)
        #expect(found.step == 0)
        #expect(found.number.value == .infinity)
        #expect(model.parameters.values == [0])
    }

    /// The gradients of one step more, which nothing else looks at.
    @Test func theGradientsOfTheResidual() throws {
        var model = ScriptedGradient()
        model.lastGradient = .nan
        var optimizer = SGD(learningRate: 1)
        let trainer = Trainer(epochs: 2, batchSize: 2, stationarityTolerance: 0, showsProgress: false)
        let found = try failure(of: trainer, &model, Numbers(count: 3), &optimizer)
        #expect(found.number == NonfiniteNumber(.gradient(of: "line.weight"), value: .nan))
        #expect(found.step == 2)
        #expect(model.parameters.values == [-2])
    }

    @Test func aCountOfUpdatesThatCannotGoOn() {
        var (model, optimizer) = (ScriptedGradient(), SGD(learningRate: 1))
        optimizer.state.updates = .max
        let error = #expect(throws: TrainingError.self) {
            try trainer().fit(&model, to: Numbers(count: 1), with: &optimizer)
        }
        #expect(
            error?.description.hasPrefix("The optimizer has counted 9223372036854775807 updates, ") == true)
    }

    @Test func theOptimizerOfAnotherModel() throws {
        let small = FeedForwardNetwork(inputs: 1, hidden: [], outputs: 1, loss: .meanSquaredError)
        var large = FeedForwardNetwork(inputs: 1, hidden: [2], outputs: 1, loss: .meanSquaredError)
        let samples = Samples(features: [1], inputs: 1, targets: .values([0], outputs: 1))
        var penalized = try SGD(learningRate: 1).regularized(
            by: [.lossTerm(L1(), strength: 1)], over: small.parameters)
        let error = #expect(throws: TrainingError.self) {
            try trainer().fit(&large, to: samples, with: &penalized)
        }
        #expect(
            error?.description == """
                The optimizer belongs to another model: tensor 0 was fully.0.weight [1, 1] and is fully.0.weight [2, \
                1]. Make a new one, and attach penalties by regularized(by:over:), for this model.
                """)
        var (adam, model) = (Adam(learningRate: 0.1), small)
        _ = try trainer(epochs: 1).fit(&model, to: samples, with: &adam)
        let countError = #expect(throws: TrainingError.self) {
            try trainer().fit(&large, to: samples, with: &adam)
        }
        #expect(
            countError?.description == """
                The optimizer belongs to another model: its buffers have 2 numbers each for 7 weights. Make a new one, \
                and attach penalties by regularized(by:over:), for this model.
                """)
    }
}
