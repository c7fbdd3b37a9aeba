import ReferenceNetwork
import Regularization

/// A model that records what it is trained on, and whose losses are a script.
///
/// Its only weight is the number of steps under `SGD(learningRate: 1)`.
struct StepCounter: Model {
    var parameters = Parameters([("steps.weight", [1, 1], [0])])
    /// The loss in evaluation mode after a number of steps.
    var evaluationLosses: [Double] = []
    /// The loss in training mode at some steps, instead of the mean of the samples.
    var trainingLosses: [Int: Double] = [:]
    /// The batches of each step, and their positions.
    var batches: [[Int]] = []
    var positions: [BatchPosition] = []

    var steps: Int { Int(exactly: parameters["steps.weight"][0]) ?? -1 }

    mutating func loss(on batch: [Int], at position: BatchPosition, gradients: inout Gradients) -> Double {
        gradients["steps.weight"] = [-1]
        batches.append(batch)
        positions.append(position)
        return trainingLosses[batches.count - 1] ?? Double(batch.reduce(0, +)) / Double(batch.count)
    }

    func loss(on batch: [Int]) -> Double {
        evaluationLosses.indices.contains(steps) ? evaluationLosses[steps] : .nan
    }
}

/// The numbers from 0 on.
struct Numbers: Dataset {
    let count: Int

    func batch(at indices: ArraySlice<Int>) -> [Int] { Array(indices) }
}

/// Records the learning rate of each update, which moves nothing.
struct RateRecorder: Optimizer {
    var learningRate: Float
    var rates: [Float] = []
    var state = OptimizerState()
    var metric: ScalarMetric { ScalarMetric(learningRate) }

    mutating func update(_ parameters: inout Parameters, along gradients: inout Gradients) {
        rates.append(learningRate)
        state.update(&parameters, along: &gradients) { _ in }
    }
}

/// 100 · w, with no gradient: it moves no weight.
struct Toll: DifferentiableRegularizer {
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { 100 * Double(weights[0]) }
    func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {}
}
