import ReferenceNetwork
import Regularization
import Testing

/// Numbers that become NaN or infinite: each is found in its step, and the model is as it was before.
struct TrainerNonfiniteTests {
    private func trainer(epochs: Int = 5, batchSize: Int = 1) -> Trainer {
        Trainer(epochs: epochs, batchSize: batchSize, showsProgress: false)
    }

    @Test(arguments: [(Double.nan, "nan"), (.infinity, "inf")])
    func aLoss(loss: Double, name: String) throws {
        var model = StepCounter()
        model.trainingLosses = [7: loss]
        var optimizer = SGD(learningRate: 1)
        let error = #expect(throws: TrainingError.self) {
            try trainer(epochs: 9).fit(&model, to: Numbers(count: 3), with: &optimizer)
        }
        #expect(
            error?.description == """
                Epoch 3, step 7: The training loss is \(name), from finite weights: lower the learning rate, clip the \
                gradients, or scale the features; in a model of one's own, look for a mistake in its loss, and for \
                numbers in its data that are not finite. The model is as it was before that step.
                """)
        guard case .notFinite(_, let epoch, let step, let heldStep, let history) = error else { return }
        #expect(model.steps == 7)
        #expect(optimizer.state.updates == 7)
        #expect((epoch, step) == (3, 7))
        #expect(heldStep == 7)
        #expect(history.epochs.map(\.epoch) == [1, 2])
        #expect(history.epochs.map(\.trainingLoss) == [1, 1])
    }

    @Test(arguments: [Float.nan, .infinity, -.infinity])
    func aFeature(value: Float) throws {
        var features = (0..<20).map(Float.init)
        features[13] = value
        let samples = Samples(
            features: features, inputs: 2,
            targets: .classes(Array(repeating: 0, count: 10), names: ["a", "b"]),
            featureNames: ["length", "width"])
        let sentence = """
            The training part: Feature "width" of sample 6 is \(value); fill in the value, or leave the sample out.
            """
        var network = FeedForwardNetwork(inputs: 2, hidden: [3], outputs: 2)
        var other = FirstFeature()
        let bits = network.parameters.bits
        var optimizer = SGD(learningRate: 1)
        let error = #expect(throws: TrainingError.self) {
            try trainer(batchSize: 4).fit(&network, to: samples, with: &optimizer)
        }
        #expect(error?.description == sentence)
        #expect(network.parameters.bits == bits)
        let otherError = #expect(throws: TrainingError.self) {
            try trainer(batchSize: 4).fit(&other, to: samples, with: &optimizer)
        }
        #expect(otherError?.description == sentence, "a model of one's own that checks nothing by itself")
    }

    @Test func aTarget() throws {
        let samples = Samples(
            features: [1, 2, 3], inputs: 1, targets: .values([0, 0, 0, 0, 0, .nan], outputs: 2))
        var network = FeedForwardNetwork(inputs: 1, hidden: [], outputs: 2, loss: .meanSquaredError)
        var optimizer = SGD(learningRate: 1)
        let error = #expect(throws: TrainingError.self) {
            try trainer(batchSize: 2).fit(&network, to: samples, with: &optimizer)
        }
        #expect(
            error?.description
                == "The training part: Target 1 of sample 2 is nan; fill in the value, or leave the sample out."
        )
    }

    @Test func aGradient() throws {
        var model = ScriptedGradient()
        model.gradients = [4: -.infinity]
        var optimizer = SGD(learningRate: 1)
        let found = try failure(of: trainer(), &model, Numbers(count: 3), &optimizer)
        #expect(found.number == NonfiniteNumber(.gradient(of: "line.weight"), value: -.infinity))
        #expect((found.epoch, found.step) == (2, 4))
        #expect(model.parameters.values == [-4])
        #expect(optimizer.state.updates == 4)
    }

    /// 1 − 100·3e38 has no Float.
    @Test func anUpdate() throws {
        var model = ScriptedGradient()
        model.gradients = [3: 100]
        var optimizer = SGD(learningRate: 1)
        let trainer = Trainer(
            epochs: 5, batchSize: 1, learningRate: Schedule { $0 == 3 ? 3e38 : 1 }, showsProgress: false)
        let found = try failure(of: trainer, &model, Numbers(count: 2), &optimizer)
        #expect(found.number == NonfiniteNumber(.update(of: "line.weight"), value: -.infinity))
        #expect((found.epoch, found.step) == (2, 3))
        #expect(found.heldStep == 3)
        #expect(model.parameters.values == [-3])
        #expect(optimizer.state.updates == 3)
        #expect(found.history.epochs.count == 1)
    }

    @Test func theLastUpdate() throws {
        var model = ScriptedGradient()
        model.gradients = [0: .greatestFiniteMagnitude]
        var optimizer = SGD(learningRate: 2)
        let found = try failure(of: trainer(epochs: 1), &model, Numbers(count: 1), &optimizer)
        #expect(found.number.origin == .update(of: "line.weight"))
        #expect(model.parameters.values == [0])
    }

    /// Its square is too large, which would leave the weight alone for ever.
    @Test func aBuffer() throws {
        var model = ScriptedGradient()
        model.gradients = [2: 1e21]
        var optimizer = Adam(learningRate: 0.1)
        let found = try failure(of: trainer(), &model, Numbers(count: 3), &optimizer)
        #expect(found.number == NonfiniteNumber(.buffer("square", of: "line.weight"), value: .infinity))
        #expect(found.step == 2)
        #expect(optimizer.state["square"][0] < 1)
    }

    /// It is looked at when the epoch ends, and the step is found again.
    @Test func aBufferOfARuleOfOnesOwn() throws {
        var model = ScriptedGradient()
        model.gradients = [5: 1e21]
        var optimizer = RootMeanSquare(learningRate: 0.1)
        let found = try failure(of: trainer(), &model, Numbers(count: 4), &optimizer)
        #expect(found.number == NonfiniteNumber(.buffer("square", of: "line.weight"), value: .infinity))
        #expect((found.epoch, found.step, found.heldStep) == (2, 5, 5))
        #expect(optimizer.state.updates == 5)
        #expect(optimizer.state["square"][0] < 1)
        #expect(found.history.epochs.count == 1)
    }

    @Test(arguments: ["gradient", "value", "prox"])
    func aPenalty(part: String) throws {
        var model = ScriptedGradient()
        let regularizer = Breaking(part: part, at: -2)
        let penalty: Penalty =
            part == "prox"
            ? .proximalStep(regularizer, strength: 1, label: "mine")
            : .lossTerm(regularizer, strength: 1, label: "mine")
        var optimizer = try SGD(learningRate: 1).regularized(by: [penalty], over: model.parameters)
        let found = try failure(of: trainer(), &model, Numbers(count: part == "value" ? 2 : 4), &optimizer)
        let (origin, step): (NonfiniteNumber.Origin, Int) =
            switch part {
            case "gradient": (.penaltyGradient("mine", of: "line.weight"), 2)
            // Values are computed at the end of an epoch.
            case "value": (.penaltyValue("mine"), 2)
            // It gets what the second update made.
            default: (.proximalStep(["mine"], of: "line.weight"), 1)
            }
        #expect(found.number.origin == origin)
        #expect(found.number.value.isNaN)
        #expect(found.step == step)
        #expect(model.parameters.values == [Float(-step)])
    }

    /// The logits of a layer without hidden units are the first numbers to overflow.
    @Test func outputs() throws {
        var network = FeedForwardNetwork(inputs: 1, hidden: [2], outputs: 1, loss: .meanSquaredError)
        network.parameters["fully.0.weight"] = [1e30, 1e30]
        network.parameters["fully.1.weight"] = [1e30, 1e30]
        let samples = Samples(features: [1], inputs: 1, targets: .values([0], outputs: 1))
        var optimizer = SGD(learningRate: 1e-3)
        let found = try failure(of: trainer(), &network, samples, &optimizer)
        #expect(found.number.origin == .outputs("The outputs of fully.1"))
        #expect(found.step == 0)
    }

    /// The loss of the other class is 0, and so is the gradient of the infinite logit.
    @Test func anInfiniteLogitOfAnotherClass() throws {
        var network = FeedForwardNetwork(inputs: 1, hidden: [], outputs: 2)
        network.parameters["fully.0.weight"] = [0, -1e38]
        let samples = Samples(features: [10], inputs: 1, targets: .classes([0], names: ["a", "b"]))
        #expect(network.loss(on: samples).isNaN)
        var optimizer = SGD(learningRate: 1e-3)
        let found = try failure(of: trainer(), &network, samples, &optimizer)
        #expect(found.number.origin == .outputs("The outputs of fully.0"))
    }
}
