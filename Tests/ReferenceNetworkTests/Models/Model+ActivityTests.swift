import Foundation
import ReferenceNetwork
import Regularization
import Testing

/// A model of one's own honors penalties on its outputs.
struct ModelActivityTests {
    private static let data = Samples(
        features: (0..<40).map { Float($0 * 7 % 11) / 5 - 1 }, inputs: 2,
        targets: .values((0..<20).map { Float($0 * 3 % 7) - 3 }, outputs: 1))

    @Test func gradientIsTheCentralDifferenceOfTheTotal() throws {
        let model = try OneHiddenLayer(penalties: [
            ActivityPenalty(SquaredL2(), strength: 0.5, on: "hidden"),
            ActivityPenalty(GroupLasso(.columns), strength: 0.2, on: "hidden"),
        ])
        let gradients = model.total(on: Self.data).gradients.values
        expectClose(gradients, model.centralDifferences(on: Self.data, step: 0x1p-6), within: 2e-3)
        #expect(gradients.contains { abs($0) > 0.1 }, "\(gradients)")
    }

    @Test func trainerRecordsThemAfterTheOptimizers() throws {
        var model = try OneHiddenLayer(penalties: [
            ActivityPenalty(L1(), strength: .warmUp(to: 1e-2, over: 10), on: "hidden", label: "activity")
        ])
        var optimizer = try SGD(learningRate: 0.05).regularized(
            by: [.lossTerm(SquaredL2(), strength: 1e-3, label: "weights")], over: model.parameters)
        let start = (model, optimizer)
        let history = try Trainer(epochs: 3, batchSize: 8, showsProgress: false).fit(
            &model, to: Self.data, validation: Self.data, with: &optimizer)
        let last = try #require(history.epochs.last)
        #expect(last.contributions.map(\.label) == ["weights", "activity"])
        #expect(last.contributions.map(\.stage) == [.lossTerm, .activity])
        // Nine steps of three batches, the last of which has four samples; evaluation is no step.
        #expect(last.contributions[1].strength == 8e-3)
        #expect(last.contributions[1].count == 4 * 3)
        #expect(last.contributions[1] == model.contributions[0])
        let weighted = last.contributions.map(\.weightedValue)
        #expect(weighted.allSatisfy { $0 > 1e-5 }, "\(weighted)")
        #expect(last.penalty == weighted[0] + weighted[1])
        #expect(last.trainingTotal == last.trainingLoss + last.penalty)
        #expect(last.validationTotal == last.validationLoss.map { $0 + weighted[0] })
        var (measured, second) = start
        let records = try Trainer(epochs: 3, batchSize: 8, stationarityTolerance: 0, showsProgress: false)
            .fit(
                &measured, to: Self.data, validation: Self.data, with: &second
            ).epochs
        #expect(
            records.map(\.contributions) == history.epochs.map(\.contributions), "the residual is no step")
        let json = try JSONEncoder().encode(history)
        #expect(try JSONDecoder().decode(History.self, from: json) == history)
        #expect(String(decoding: json, as: UTF8.self).contains("\"stage\":\"activity\""))
    }

    @Test func theyMakeActivationsSmall() throws {
        func energy(_ strength: Double) throws -> Double {
            var model = try OneHiddenLayer(penalties: [
                ActivityPenalty(SquaredL2(), strength: strength, on: "hidden")
            ])
            var optimizer = SGD(learningRate: 0.05)
            _ = try Trainer(epochs: 40, batchSize: 10, showsProgress: false).fit(
                &model, to: Self.data, with: &optimizer)
            return model.contributions[0].value
        }
        let (penalized, free) = (try energy(1), try energy(0))
        #expect(penalized < free / 2)
    }

    @Test func aModelWithoutThemHasNone() {
        #expect(StepCounter().contributions.isEmpty)
    }
}

/// v · tanh(Wx), with ½ · mean squared error.
private struct OneHiddenLayer: Model {
    var parameters = Parameters([
        ("hidden.weight", [3, 2], [0.5, -1, 1.5, 0.25, -0.75, 1]), ("head.weight", [1, 3], [1, -0.5, 2]),
    ])
    var activity: ActivityPlan

    init(penalties: [ActivityPenalty]) throws {
        activity = try ActivityPlan(penalties, over: [("hidden", 3)])
    }

    mutating func loss(on batch: Samples, at position: BatchPosition, gradients: inout Gradients) -> Double {
        let (hidden, errors) = forward(batch)
        let head = parameters["head.weight"]
        var hiddenGradient = hidden.indices.map { errors[$0 / 3] * head[$0 % 3] / Float(batch.count) }

        activity.beginStep(position.step, samples: batch.count)
        activity.record(hidden.span, of: 0)
        var span = hiddenGradient.mutableSpan
        activity.addGradient(of: 0, to: &span)

        gradients.setToZero()
        var hiddenWeights = gradients.mutableWeights(0)
        for index in hidden.indices {
            let derivative = hiddenGradient[index] * (1 - hidden[index] * hidden[index])
            for input in 0..<2 {
                hiddenWeights[row: index % 3, column: input] +=
                    derivative * batch.features[index / 3 * 2 + input]
            }
        }
        var headWeights = gradients.mutableWeights(1)
        for index in hidden.indices {
            headWeights[index % 3] += errors[index / 3] * hidden[index] / Float(batch.count)
        }
        return halfMeanSquare(errors)
    }

    func loss(on batch: Samples) -> Double { halfMeanSquare(forward(batch).errors) }

    var contributions: [Contribution] { activity.contributions }

    private func forward(_ batch: Samples) -> (hidden: [Float], errors: [Float]) {
        let (weights, head) = (parameters["hidden.weight"], parameters["head.weight"])
        guard case .values(let targets, _) = batch.targets else { return ([], []) }
        let hidden = (0..<3 * batch.count).map { index in
            let (sample, unit) = (index / 3, index % 3)
            return tanh(
                weights[2 * unit] * batch.features[2 * sample]
                    + weights[2 * unit + 1] * batch.features[2 * sample + 1])
        }
        let errors = targets.indices.map { sample in
            (0..<3).reduce(-targets[sample]) { $0 + head[$1] * hidden[3 * sample + $1] }
        }
        return (hidden, errors)
    }

    private func halfMeanSquare(_ errors: [Float]) -> Double {
        errors.reduce(0) { $0 + Double($1) * Double($1) } / Double(2 * errors.count)
    }
}
