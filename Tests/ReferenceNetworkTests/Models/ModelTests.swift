import ReferenceNetwork
import Regularization
import Testing

struct ModelTests {
    @Test func evaluationIsTrainingUnlessTheModelSaysOtherwise() {
        var model = LinearRegression()
        // ½ · mean y² with y = 2x₁ − 3x₂ + 0.2x₃ + 1 and orthonormal features.
        let batch = Corners().batch(at: [0, 1, 2, 3, 4, 5, 6, 7])
        expectClose(model.loss(on: batch), 7.02, within: 1e-6)
        #expect(model.loss(on: batch) == model.total(on: batch).value)
        #expect(model.parameters.values == [0, 0, 0, 0])
        model.check(batch)
    }

    @Test func aDataSetFillsBatchesUnlessItSaysOtherwise() {
        var batch = [7]
        Numbers(count: 9).fill(&batch, at: [3, 1])
        #expect(batch == [3, 1])
    }

    @Test func trainingFillsOneBatchAgainAndAgain() throws {
        let data = CountingNumbers(count: 10)
        var model = StepCounter()
        model.evaluationLosses = Array(repeating: 1, count: 20)
        var optimizer = SGD(learningRate: 1)
        _ = try Trainer(epochs: 3, batchSize: 4, showsProgress: false).fit(
            &model, to: data, validation: data, with: &optimizer)
        #expect(data.fills.count == 3 * (3 + 3), "of three batches in training and three in validation")
    }

    @Test func checkSeesEverySampleBeforeTheFirstStep() throws {
        var model = Picky()
        var optimizer = SGD(learningRate: 1)
        let trainer = Trainer(epochs: 1, batchSize: 4, showsProgress: false)
        #expect(throws: Picky.Refusal(number: 9)) {
            try trainer.fit(&model, to: Numbers(count: 10), with: &optimizer)
        }
        #expect(throws: Picky.Refusal(number: 9)) {
            try trainer.fit(&model, to: Numbers(count: 9), validation: Numbers(count: 10), with: &optimizer)
        }
        #expect(model.steps == 0)
        _ = try trainer.fit(&model, to: Numbers(count: 9), validation: Numbers(count: 9), with: &optimizer)
        #expect(model.steps == 3)
    }
}

private struct Picky: Model {
    struct Refusal: Error, Equatable {
        let number: Int
    }
    var parameters = Parameters([("weight", [1], [0])])
    var steps = 0

    mutating func loss(on batch: [Int], at position: BatchPosition, gradients: inout Gradients) -> Double {
        steps += 1
        gradients["weight"] = [0]
        return 0
    }

    func loss(on batch: [Int]) -> Double { 0 }

    func check(_ batch: [Int]) throws {
        if batch.contains(9) { throw Refusal(number: 9) }
    }
}

private struct CountingNumbers: Dataset {
    final class Fills {
        var count = 0
    }
    let count: Int
    let fills = Fills()

    func batch(at indices: ArraySlice<Int>) -> [Int] { Array(indices) }

    func fill(_ batch: inout [Int], at indices: ArraySlice<Int>) {
        fills.count += 1
        batch = Array(indices)
    }
}
