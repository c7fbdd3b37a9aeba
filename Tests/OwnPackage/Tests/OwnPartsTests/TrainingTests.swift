import Foundation
import OwnParts
import ReferenceNetwork
import Regularization
import RegularizationJSON
import Testing

/// Own regularizer, model, data set and optimizer, trained with the framework's.
struct TrainingTests {
    private static let data = SparseLine(count: 64, inputs: 6, seed: 1)

    private func train(by penalties: [Penalty]) throws -> (LinearModel, History) {
        var model = LinearModel(inputs: Self.data.inputs)
        var optimizer = try AdaGradNorm(learningRate: 0.3).regularized(by: penalties, over: model.parameters)
        let history = try Trainer(epochs: 150, batchSize: 16, showsProgress: false).fit(
            &model, to: Self.data, validation: SparseLine(count: 32, inputs: 6, seed: 2), with: &optimizer)
        return (model, history)
    }

    @Test func bothStagesAtOnceInTheOwnMetric() throws {
        let (model, history) = try train(by: [
            .lossTerm(0.5 * TiltedL1(rise: 1, fall: 2) + SquaredL2(), strength: 1e-3, label: "small"),
            .proximalStep(TiltedL1(rise: 2, fall: 1) + GroupLasso(.columns), strength: 5e-3, label: "sparse"),
        ])
        let (first, last) = (history.epochs[0], try #require(history.epochs.last))
        #expect(last.trainingLoss < first.trainingLoss / 100)
        #expect(try #require(last.validationLoss) < 0.01)

        let weight = model.parameters["linear.weight"]
        for input in 2..<6 {
            #expect(weight[input] == 0 && weight[6 + input] == 0, "input \(input) is not needed")
        }
        #expect(weight[0] > 1.8 && weight[1] < -0.9 && weight[6] == 0 && weight[7] < -1.4)

        #expect(last.contributions.map(\.label) == ["small", "sparse"])
        #expect(last.contributions.map(\.stage) == [.lossTerm, .proximalStep])
        let sparse = last.contributions[1]
        #expect(sparse.exactZeros == 9 && sparse.count == 12 && sparse.deadGroups == 4)
        #expect(sparse.weightedValue == 5e-3 * sparse.value && sparse.value > 1)
        #expect(last.contributions[0].weightedValue > 0)
    }

    @Test func aFileNamesTheOwnRegularizerAndTrainsAsCodeDoes() throws {
        let text = """
            [{
              "stage": "proximalStep",
              "regularizer": {"sum": [{"TiltedL1": {"rise": 2, "fall": 1}}, {"GroupLasso": {"groups": "columns"}}]},
              "strength": 5e-3
            }]
            """
        let registry = RegularizerRegistry.builtIn.adding(TiltedL1.self)
        let (inFile, _) = try train(by: registry.decode([Penalty].self, from: Data(text.utf8)))
        let (inCode, _) = try train(by: [
            .proximalStep(TiltedL1(rise: 2, fall: 1) + GroupLasso(.columns), strength: 5e-3)
        ])
        #expect(inFile.parameters["linear.weight"] == inCode.parameters["linear.weight"])
        #expect(inFile.parameters["linear.weight"].count { $0 == 0 } == 9)
    }

    @Test func theProximalStepMakesZerosAndTheLossTermDoesNot() throws {
        let (smooth, _) = try train(by: [.lossTerm(TiltedL1(), strength: 5e-3)])
        let (sparse, _) = try train(by: [.proximalStep(TiltedL1(), strength: 5e-3)])
        #expect(smooth.parameters["linear.weight"].allSatisfy { $0 != 0 })
        #expect(sparse.parameters["linear.weight"].count { $0 == 0 } == 9)
    }
}
