import Foundation
import ReferenceNetwork
import Regularization
import Testing

struct HistoryTests {
    @Test func aSmallerLastBatchWeighsLess() throws {
        var model = StepCounter()
        var optimizer = SGD(learningRate: 1)
        let history = try Trainer(epochs: 5, batchSize: 4, showsProgress: false).fit(
            &model, to: Numbers(count: 10), with: &optimizer)
        #expect(history.epochs.allSatisfy { $0.trainingLoss == 4.5 }, "\(history.epochs)")
        try #require(model.batches.count == 15)
        let lastMeans = [2, 5, 8, 11, 14].map { Double(model.batches[$0].reduce(0, +)) / 2 }
        #expect(lastMeans.contains { $0 != 4.5 }, "else an unweighted mean would pass: \(lastMeans)")
    }

    @Test(arguments: [1, 4, 10, 100])
    func validationIsTheLossOnTheWholeWithoutDropout(batchSize: Int) throws {
        var network = FeedForwardNetwork(
            inputs: 1, hidden: [8], outputs: 1, dropout: 0.5, loss: .meanSquaredError)
        let validation = Samples(
            features: (0..<10).map(Float.init), inputs: 1,
            targets: .values((0..<10).map { Float($0 * $0) }, outputs: 1))
        var optimizer = SGD(learningRate: 1e-4)
        let history = try Trainer(epochs: 2, batchSize: batchSize, showsProgress: false).fit(
            &network, to: validation.batch(at: [1, 2, 3]), validation: validation, with: &optimizer)
        let found = try #require(history.epochs.last?.validationLoss)
        expectClose(found, network.loss(on: validation), relative: 1e-6)
    }

    @Test func withoutValidationThereIsNoValidationLoss() throws {
        var model = StepCounter()
        var optimizer = SGD(learningRate: 1)
        let history = try Trainer(epochs: 1, batchSize: 4, showsProgress: false).fit(
            &model, to: Numbers(count: 10), with: &optimizer)
        #expect(history.epochs[0].validationLoss == nil)
        #expect(history.epochs[0].validationTotal == nil)
        #expect(history.epochs[0].contributions.isEmpty)
        #expect(history.epochs[0].penalty == 0)
        #expect(history.epochs[0].trainingTotal == history.epochs[0].trainingLoss)
        #expect(history.bestEpoch == nil)
    }

    @Test func dataLossesLeaveOutPenaltiesAndTotalsAddThem() throws {
        let script = [9, 7, 5, 6]
        func history(_ penalties: [Penalty]) throws -> History {
            var model = StepCounter()
            model.evaluationLosses = script.map(Double.init)
            var optimizer = try SGD(learningRate: 1).regularized(by: penalties, over: model.parameters)
            return try Trainer(epochs: 3, batchSize: 10, showsProgress: false).fit(
                &model, to: Numbers(count: 10), validation: Numbers(count: 10), with: &optimizer)
        }
        let plain = try history([])
        // 100 and 1 for each step made, at strengths 2 and ½; no gradient and no step that moves the weight.
        let penalized = try history([
            .lossTerm(Toll(), strength: 2, label: "toll"), .lossTerm(Fee(), strength: 0.5, label: "fee"),
        ])
        #expect(penalized.epochs.map(\.trainingLoss) == plain.epochs.map(\.trainingLoss))
        #expect(penalized.epochs.map(\.validationLoss) == [7, 5, 6])
        #expect(penalized.epochs.map(\.penalty) == [200.5, 401, 601.5])
        #expect(penalized.epochs.map(\.trainingTotal) == [205, 405.5, 606])
        #expect(penalized.epochs.map(\.validationTotal) == [207.5, 406, 607.5])
        #expect(penalized.epochs[1].contributions.map(\.label) == ["toll", "fee"])
        #expect(penalized.epochs[1].contributions.map(\.weightedValue) == [400, 1])
    }

    /// Strengths change at each step; an epoch reports those of its last step.
    @Test(arguments: [1, 2, 5])
    func contributionsAreThePlansAtTheEndOfTheEpoch(epochs: Int) throws {
        var model = LinearRegression()
        var optimizer = try SGD(learningRate: 0.1).regularized(
            by: [
                .lossTerm(SquaredL2(), strength: .linear(from: 1, to: 0, over: 20), on: .all),
                .proximalStep(L1(), strength: .warmUp(to: 0.3, over: 20)),
            ], over: model.parameters)
        let history = try Trainer(epochs: epochs, batchSize: 3, showsProgress: false).fit(
            &model, to: Corners(), with: &optimizer)
        let found = try #require(history.epochs.last?.contributions)
        #expect(found == optimizer.plan.contributions(at: model.parameters, step: 3 * epochs - 1))
        try #require(found.count == 2)
        expectClose(found[0].strength, 1 - Double(3 * epochs - 1) / 20, within: 1e-12)
        let slopes = model.parameters["slope.weight"].map(Double.init)
        expectClose(found[1].value, slopes.reduce(0) { $0 + abs($1) }, within: 1e-6)
        #expect(found[1].exactZeros == slopes.count { $0 == 0 })
    }

    @Test func secondsRise() throws {
        var model = StepCounter()
        var optimizer = SGD(learningRate: 1)
        let history = try Trainer(epochs: 3, batchSize: 10, showsProgress: false).fit(
            &model, to: Numbers(count: 10), with: &optimizer)
        let seconds = history.epochs.map(\.seconds)
        #expect(seconds[0] >= 0 && seconds == seconds.sorted() && seconds[2] > seconds[0] && seconds[2] < 60)
    }

    @Test("The reasons to end have names that stay, since files have them")
    func endings() throws {
        let names = try History.Ending.allCases.map {
            String(decoding: try JSONEncoder().encode($0), as: UTF8.self)
        }
        #expect(
            names == ["epochs", "earlyStopping", "stationarity", "callback", "cancelled"].map { "\"\($0)\"" })
    }

    @Test func recordsRoundTripThroughJSON() throws {
        var model = StepCounter()
        model.evaluationLosses = [3, 2, 1, 2]
        var optimizer = try SGD(learningRate: 1).regularized(
            by: [.lossTerm(Toll(), strength: 0.125)], over: model.parameters)
        let trainer = Trainer(
            epochs: 3, batchSize: 10, earlyStopping: EarlyStopping(patience: 2), showsProgress: false)
        let history = try trainer.fit(
            &model, to: Numbers(count: 10), validation: Numbers(count: 10), with: &optimizer)
        #expect(history.epochs.count == 3 && history.bestEpoch == 2 && history.ending == .epochs)
        let data = try JSONEncoder().encode(history)
        #expect(try JSONDecoder().decode(History.self, from: data) == history)
    }
}

/// The number of steps, with no gradient.
private struct Fee: DifferentiableRegularizer {
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { Double(weights[0]) }
    func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {}
}
