import ReferenceNetwork
import Regularization
import Testing

/// The mean of the first feature, which is no gradient of anything.
struct FirstFeature: Model {
    var parameters = Parameters([("line.weight", [1, 1], [0])])

    func loss(on batch: Samples, at position: BatchPosition, gradients: inout Gradients) -> Double {
        gradients.setToZero()
        return batch.features.isEmpty ? 0 : Double(batch.features[0])
    }
}

/// A model whose gradient is 1, but for some steps; its loss is 1.
struct ScriptedGradient: Model {
    var parameters = Parameters([("line.weight", [1, 1], [0])])
    var gradients: [Int: Float] = [:]
    /// The gradient of a batch that is measured and is not the first of a step.
    var lastGradient: Float = 1

    func loss(on batch: [Int], at position: BatchPosition, gradients: inout Gradients) -> Double {
        let gradient = position.firstSample > 0 ? lastGradient : 1
        gradients["line.weight"] = [self.gradients[position.step] ?? gradient]
        return 1
    }
}

/// A regularizer without effect, one of whose functions gives NaN at a weight.
struct Breaking: DifferentiableRegularizer, ProximalRegularizer {
    let part: String
    let weight: Float

    init(part: String, at weight: Float) { (self.part, self.weight) = (part, weight) }

    private func isBroken(_ part: String, at weight: Float) -> Bool {
        part == self.part && weight == self.weight
    }

    func check(_ shape: Shape) {}

    func value(at weights: Weights) -> Double { isBroken("value", at: weights[0]) ? .nan : 0 }

    func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        if isBroken("gradient", at: weights[0]) { gradient[0] = .nan }
    }

    func applyProx(to weights: inout MutableWeights, scale: Float) {
        if isBroken("prox", at: weights[0]) { weights[0] = .nan }
    }
}

/// SGD on whole tensors.
struct WholeTensors: Optimizer {
    var learningRate: Float
    var state = OptimizerState()
    var metric: ScalarMetric { ScalarMetric(learningRate) }

    mutating func update(_ parameters: inout Parameters, along gradients: inout Gradients) {
        let rate = learningRate
        state.update(&parameters, along: &gradients) { tensor in
            tensor.withSpans { weights, gradient, _ in weights[0] -= rate * gradient[0] }
        }
    }
}

/// SGD with a loop of its own.
struct CountingByItself: Optimizer {
    var learningRate: Float
    var state = OptimizerState()
    var metric: ScalarMetric { ScalarMetric(learningRate) }

    mutating func update(_ parameters: inout Parameters, along gradients: inout Gradients) {
        parameters["line.weight"][0] -= learningRate * gradients["line.weight"][0]
        state.updates += 1
    }
}

/// A rule of somebody's own, whose buffer overflows without a trace in the weights.
struct RootMeanSquare: UpdateRule {
    var learningRate: Float
    var state = OptimizerState("square")
    var metric: UndefinedMetric { UndefinedMetric() }

    func update(_ piece: inout UpdatePiece) {
        let rate = learningRate
        piece.forEach { weight, gradient, square in
            square = 0.9 * square + 0.1 * gradient * gradient
            weight -= rate * gradient / (square.squareRoot() + 1e-8)
        }
    }
}

/// SGD that moves the weights once more after each update, as lookahead does, and wrongly once.
struct Lookahead: Optimizer {
    private var base = SGD(learningRate: 1)
    private let failingStep: Int

    init(failingAt step: Int) { failingStep = step }

    var learningRate: Float {
        get { base.learningRate }
        set { base.learningRate = newValue }
    }
    var metric: UndefinedMetric { UndefinedMetric() }
    var state: OptimizerState {
        get { base.state }
        set { base.state = newValue }
    }

    mutating func update(_ parameters: inout Parameters, along gradients: inout Gradients) {
        let step = state.updates
        base.update(&parameters, along: &gradients)
        if step == failingStep { parameters["line.weight"][0] = .nan }
    }
}

/// The error of a training, which has to be one about a number.
func failure<M: Model, D: Dataset, O: Optimizer>(
    of trainer: Trainer, _ model: inout M, _ data: D, _ optimizer: inout O,
    sourceLocation: SourceLocation = #_sourceLocation
) throws -> (number: NonfiniteNumber, epoch: Int, step: Int, heldStep: Int?, history: History)
where D.Batch == M.Batch {
    let error = #expect(throws: TrainingError.self, sourceLocation: sourceLocation) {
        try trainer.fit(&model, to: data, with: &optimizer)
    }
    guard case .notFinite(let number, let epoch, let step, let heldStep, let history) = error else {
        throw try #require(error, sourceLocation: sourceLocation)
    }
    return (number, epoch, step, heldStep, history)
}
