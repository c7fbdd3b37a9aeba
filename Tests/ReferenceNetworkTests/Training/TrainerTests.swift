import ReferenceNetwork
import Regularization
import Testing

struct TrainerTests {
    /// Soft thresholds of 2, −3 and 0.2 at the strength, since the features are orthonormal.
    @Test func aModelOfOnesOwnReachesTheLasso() throws {
        var model = LinearRegression()
        var optimizer = try SGD(learningRate: 0.5).regularized(
            by: [.proximalStep(L1(), strength: 0.5)], over: model.parameters)
        let history = try Trainer(epochs: 40, batchSize: 8, showsProgress: false).fit(
            &model, to: Corners(), validation: Corners(), with: &optimizer)
        expectClose(model.parameters["slope.weight"], [1.5, -2.5, 0], within: 1e-6)
        #expect(model.parameters["slope.weight"][2] == 0)
        expectClose(model.parameters["slope.bias"], [1], within: 1e-6)
        // ½(0.5² + 0.5² + 0.2²) + 0.5(1.5 + 2.5).
        try expectClose(#require(history.epochs.last?.validationTotal), 2.27, within: 1e-5)
    }

    @Test func aModelOfOnesOwnReachesTheRidge() throws {
        var model = LinearRegression()
        var optimizer = try SGD(learningRate: 0.5).regularized(
            by: [.lossTerm(SquaredL2(), strength: 1, on: .all)], over: model.parameters)
        _ = try Trainer(epochs: 40, batchSize: 8, showsProgress: false).fit(
            &model, to: Corners(), with: &optimizer)
        expectClose(model.parameters.values, [1, -1.5, 0.1, 0.5], within: 1e-6)
    }

    @Test func trainingStopsWhereTheResidualIsSmall() throws {
        for batchSize in [8, 3] {
            var model = LinearRegression()
            var optimizer = try SGD(learningRate: 0.1).regularized(
                by: [.proximalStep(L1(), strength: 0.5)], over: model.parameters)
            let history = try Trainer(
                epochs: 500, batchSize: batchSize, stationarityTolerance: batchSize == 8 ? 1e-4 : 0,
                showsProgress: false
            ).fit(&model, to: Corners(), with: &optimizer)
            let residuals = try history.epochs.map { try #require($0.stationarityResidual) }
            if batchSize == 8 {
                #expect(residuals.count < 200, "batches of \(batchSize)")
                #expect(
                    residuals.dropLast().allSatisfy { $0 > 1e-4 },
                    "batches of \(batchSize): \(residuals.dropLast())")
                #expect(try #require(residuals.last) <= 1e-4, "batches of \(batchSize)")
                // At distance δ from the minimum of ½‖w − w*‖² + … the gradient is δ.
                let distance = zip(model.parameters.values, [1.5, -2.5, 0, 1] as [Float]).reduce(Float(0)) {
                    $0 + ($1.0 - $1.1) * ($1.0 - $1.1)
                }.squareRoot()
                expectClose(
                    Double(distance), residuals[residuals.count - 1], within: 1e-6, "batches of \(batchSize)")
            } else {
                // Batches of different samples never agree.
                #expect(residuals.count == 500, "batches of \(batchSize)")
            }
            #expect(residuals[0] > 1, "batches of \(batchSize)")
        }
    }

    @Test func withoutAToleranceNoResidualIsMeasured() throws {
        var model = LinearRegression()
        var optimizer = SGD(learningRate: 0.1)
        let history = try Trainer(epochs: 2, batchSize: 8, showsProgress: false).fit(
            &model, to: Corners(), with: &optimizer)
        #expect(history.epochs.allSatisfy { $0.stationarityResidual == nil }, "\(history.epochs)")
    }

    @Test func smallBatchesReachAnExactFit() throws {
        var model = LinearRegression()
        var optimizer = SGD(learningRate: 0.2)
        let history = try Trainer(epochs: 60, batchSize: 3, showsProgress: false).fit(
            &model, to: Corners(), with: &optimizer)
        expectClose(model.parameters.values, [2, -3, 0.2, 1], within: 1e-5)
        #expect(try #require(history.epochs.last).trainingLoss < 1e-10)
        #expect(history.epochs.map(\.epoch) == Array(1...60))
    }

    @Test func theSeedDecidesTheBits() throws {
        func run(seed: UInt64) throws -> (bits: [UInt32], losses: [Double]) {
            var network = FeedForwardNetwork(inputs: 2, hidden: [6], outputs: 2, dropout: 0.3)
            var optimizer = try Adam(learningRate: 0.01).regularized(
                by: [.proximalStep(L1(), strength: 1e-3)], over: network.parameters)
            let history = try Trainer(epochs: 4, batchSize: 4, seed: seed, showsProgress: false).fit(
                &network, to: Self.quadrants, validation: Self.quadrants, with: &optimizer)
            let losses = history.epochs.flatMap { [$0.trainingLoss, $0.validationLoss ?? .nan, $0.penalty] }
            return (network.parameters.bits, losses)
        }
        let (first, second, other) = (try run(seed: 5), try run(seed: 5), try run(seed: 6))
        #expect(first.bits == second.bits)
        #expect(first.losses == second.losses)
        #expect(first.bits != other.bits)
        #expect(first.losses != other.losses)
    }

    @Test func everySampleIsUsedOnceInEachEpoch() throws {
        let batches = try batches(epochs: 3, seed: 1)
        try #require(batches.map(\.count) == [4, 4, 2, 4, 4, 2, 4, 4, 2])
        let epochs = [0, 3, 6].map { batches[$0..<$0 + 3].flatMap { $0 } }
        #expect(epochs.allSatisfy { $0.sorted() == Array(0..<10) }, "\(epochs)")
        #expect(Set(epochs + [Array(0..<10)]).count == 4, "each epoch has an order of its own")
        #expect(try self.batches(epochs: 3, seed: 1) == batches)
        #expect(try self.batches(epochs: 3, seed: 2) != batches)
    }

    @Test func theOrderIsAFunctionOfSeedAndEpoch() throws {
        let orders = try (0..<3 as Range<UInt64>).map { seed in
            let batches = try self.batches(epochs: 20, seed: seed, batchSize: 10)
            // From the order of the data, whatever the epochs before were.
            var generator = SeededGenerator(seed: SeededGenerator.number(20, seed: seed))
            #expect(batches[19] == (0..<10).shuffled(using: &generator))
            return batches
        }
        #expect(Set(orders.joined()).count == 60, "seeds that follow each other share no order")
    }

    /// Three batches an epoch, and the residual over all samples at the last step of each.
    @Test func stepsHavePlaces() throws {
        var model = StepCounter()
        var optimizer = SGD(learningRate: 1)
        _ = try Trainer(epochs: 2, batchSize: 4, stationarityTolerance: 0, showsProgress: false).fit(
            &model, to: Numbers(count: 10), with: &optimizer)
        let positions = [0, 3].flatMap { step in
            (step..<step + 3).map { BatchPosition.step($0) }
                + [0, 4, 8].map { BatchPosition(step: step + 2, firstSample: $0) }
        }
        #expect(model.positions == positions)
        #expect(model.steps == 6)
    }

    @Test func aBatchMayHoldMoreThanThereIs() throws {
        #expect(try batches(epochs: 2, seed: 0, batchSize: 11).map(\.count) == [10, 10])
        #expect(try batches(epochs: 2, seed: 0, batchSize: .max).map(\.count) == [10, 10])
    }

    @Test func theScheduleIsTakenAtEachStep() throws {
        var model = StepCounter()
        var optimizer = RateRecorder(learningRate: 100)
        let trainer = Trainer(
            epochs: 2, batchSize: 4, learningRate: Schedule { Double($0 * $0) }, showsProgress: false)
        let history = try trainer.fit(&model, to: Numbers(count: 10), with: &optimizer)
        #expect(optimizer.rates == [0, 1, 4, 9, 16, 25])
        #expect(history.epochs.map(\.learningRate) == [4, 25])
    }

    @Test func withoutAScheduleTheRateIsTheOptimizers() throws {
        var model = StepCounter()
        var optimizer = RateRecorder(learningRate: 0.25)
        let history = try Trainer(epochs: 1, batchSize: 4, showsProgress: false).fit(
            &model, to: Numbers(count: 10), with: &optimizer)
        #expect(optimizer.rates == [0.25, 0.25, 0.25])
        #expect(history.epochs.map(\.learningRate) == [0.25])
    }

    @Test func theCallbackSeesEachEpochAndMayStop() throws {
        var model = StepCounter()
        var optimizer = SGD(learningRate: 1)
        var seen: [EpochRecord] = []
        let history = try Trainer(epochs: 9, batchSize: 5, showsProgress: false).fit(
            &model, to: Numbers(count: 10), with: &optimizer
        ) { record, _, _ in
            seen.append(record)
            return record.epoch == 3 ? .stop : .proceed
        }
        #expect(history.epochs == seen)
        #expect(seen.map(\.epoch) == [1, 2, 3])
        #expect(model.steps == 6)
    }

    @Test func whatTheCallbackThrowsEndsTraining() throws {
        struct Interruption: Error {}
        var model = StepCounter()
        var optimizer = SGD(learningRate: 1)
        #expect(throws: Interruption.self) {
            try Trainer(epochs: 9, batchSize: 5, showsProgress: false).fit(
                &model, to: Numbers(count: 10), with: &optimizer
            ) { record, _, _ in
                if record.epoch == 2 { throw Interruption() }
                return .proceed
            }
        }
        #expect(model.steps == 4)
    }

    @Test func theOptimizersStateGoesOnInASecondFit() throws {
        var (twice, once) = (LinearRegression(), LinearRegression())
        var (first, second) = (SGD(learningRate: 0.1, momentum: 0.9), SGD(learningRate: 0.1, momentum: 0.9))
        for _ in 0..<2 {
            _ = try Trainer(epochs: 2, batchSize: 8, showsProgress: false).fit(
                &twice, to: Still(), with: &first)
        }
        _ = try Trainer(epochs: 4, batchSize: 8, showsProgress: false).fit(&once, to: Still(), with: &second)
        #expect(twice.parameters.bits == once.parameters.bits)
    }

    /// The corners in an order of their own, so that sums round alike whatever the trainer draws.
    private struct Still: Dataset {
        let count = 8
        func batch(at indices: ArraySlice<Int>) -> [Point] { Corners().batch(at: indices.sorted()[...]) }
    }

    private static let quadrants = Samples(
        features: [1, 1, -1, 1, -1, -1, 1, -1, 2, 1, -2, 1, -1, -2, 1, -2, 0.5, 2, -0.5, 2], inputs: 2,
        targets: .classes([0, 1, 0, 1, 0, 1, 0, 1, 0, 1], names: ["0", "1"]))

    private func batches(epochs: Int, seed: UInt64, batchSize: Int = 4) throws -> [[Int]] {
        var model = StepCounter()
        var optimizer = SGD(learningRate: 1)
        _ = try Trainer(epochs: epochs, batchSize: batchSize, seed: seed, showsProgress: false).fit(
            &model, to: Numbers(count: 10), with: &optimizer)
        return model.batches
    }
}
