import Regularization
import RegularizationLaws
import Testing

@Suite("Built-in optimizers break no law")
struct OptimizerLawsBuiltInTests {
    static let optimizers: [any Optimizer] = [
        SGD(learningRate: 0.1),
        SGD(learningRate: 0.1, momentum: 0.9),
        SGD(learningRate: 0.1, momentum: 0.8, dampening: 0.5),
        SGD(learningRate: 0.1, momentum: 0.95, nesterov: true),
        Adam(),
        Adam(learningRate: 0.01, beta1: 0, beta2: 0.9, epsilon: 1e-3),
        Adam(rootEpsilon: .inside),
        Adam(epsilon: 1e-4, rootEpsilon: .uncorrected),
        Adam(amsGrad: .ofSquares),
        Adam(rootEpsilon: .uncorrected, amsGrad: .ofCorrectedSquares),
        Adam(rootEpsilon: .inside, amsGrad: .ofCorrectedSquares),
        RMSprop(),
        RMSprop(epsilon: 1e-6, rootEpsilon: .inside),
        RMSprop(centered: true),
        RMSprop(momentum: 0.9),
        RMSprop(decay: 0.95, epsilon: 1e-3, centered: true, momentum: 0.5),
        Adagrad(),
        Adagrad(learningRateDecay: 0.01, initialSum: 0.1, rootEpsilon: .inside),
        Lion(),
        Lion(learningRate: 0.01, beta1: 0, beta2: 0),
        Adam().clipped(byNorm: 1),
        SGD(learningRate: 0.1, momentum: 0.9).clipped(byNorm: 0.01),
        Lion().clipped(byNorm: 10).clipped(byNorm: 1),
        // The base of AdamW.
        RegularizedAdam.base,
    ]

    @Test(arguments: optimizers.indices)
    func breaksNone(index: Int) {
        expectNoViolation(of: Self.optimizers[index])
    }

    @Test("A prepared rule with a step size for each tensor, also behind clipping")
    func prepared() {
        for optimizer in [LARS(learningRate: 0.1), LARS(learningRate: 0.1).clipped(byNorm: 1)]
            as [any Optimizer]
        {
            expectNoViolation(of: optimizer)
        }
    }

    @Test("A sign divided by the size of what it is of has a metric, as Adam without memory has")
    func signs() {
        expectNoViolation(of: LionByItsDirection())
        expectNoViolation(of: Adam(beta1: 0, beta2: 0))
    }

    @Test(arguments: [1, 2] as [UInt64])
    func otherSeeds(seed: UInt64) {
        for optimizer in [Adam(), RMSprop(centered: true, momentum: 0.9)] as [any Optimizer] {
            expectNoViolation(of: optimizer, seeds: seed..<seed + 1)
        }
    }
}

private enum RegularizedAdam {
    static var base: Adam {
        let parameters = Parameters([("weight", [1], [0])])
        guard let optimizer = try? AdamW(over: parameters) else { fatalError("AdamW has a plan.") }
        return optimizer.base
    }
}

/// LARS with momentum, whose step sizes go by the weights of whole tensors; You, Gitman, Ginsburg, "Large Batch
/// Training of Convolutional Networks", 2017.
private struct LARS: PreparedUpdateRule {
    var learningRate: Float
    var state = OptimizerState("velocity", "ratio")
    var ratios: [Float] = []
    var metric: DiagonalMetric { DiagonalMetric() }

    mutating func prepare(_ parameters: borrowing Parameters, _ gradients: inout Gradients) {
        let tensors = gradients.layout.tensors
        if ratios.isEmpty { ratios = Array(repeating: 1, count: tensors.count) }
        for index in tensors.indices {
            let (length, slope) = (norm(parameters.weights(index)), norm(gradients.weights(index)))
            ratios[index] = length > 0 && slope > 0 ? Float(0.001 * length / slope) : slope.isNaN ? .nan : 1
        }
    }

    func update(_ piece: inout UpdatePiece) {
        let now = ratios[piece.tensor]
        piece.forEach { weight, gradient, velocity, ratio in
            ratio = now
            velocity = 0.9 * velocity + now * gradient
            weight -= learningRate * velocity
        }
    }

    func writeStepSizes(from state: borrowing StatePiece, to sizes: inout MutableSpan<Float>) {
        let ratios = state[1]
        for index in 0..<sizes.count { sizes[index] = learningRate / (1 - 0.9) * ratios[index] }
    }

    private func norm(_ weights: Weights) -> Double {
        var sum = 0.0
        for index in 0..<weights.count { sum += Double(weights[index]) * Double(weights[index]) }
        return sum.squareRoot()
    }
}

/// Lion with the step size η/(|c| + ε), for c the number of which it takes the sign.
private struct LionByItsDirection: UpdateRule {
    var learningRate: Float = 0.01
    var state = OptimizerState("mean", "direction")
    var metric: DiagonalMetric { DiagonalMetric() }

    func update(_ piece: inout UpdatePiece) {
        piece.forEach { weight, gradient, mean, direction in
            direction = 0.9 * mean + 0.1 * gradient
            weight -= direction > 0 ? learningRate : direction < 0 ? -learningRate : direction
            mean = 0.99 * mean + 0.01 * gradient
        }
    }

    func writeStepSizes(from state: borrowing StatePiece, to sizes: inout MutableSpan<Float>) {
        let directions = state[1]
        for index in 0..<sizes.count { sizes[index] = learningRate / (abs(directions[index]) + 1e-12) }
    }
}
