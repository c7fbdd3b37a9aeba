import Regularization

/// Descent by what a function does to each piece, in the metric of a learning rate.
struct ByPiece: UpdateRule {
    var learningRate: Float = 0.1
    var state = OptimizerState()
    /// The step size that it states, from the learning rate.
    var size: @Sendable (_ rate: Float) -> Float = { $0 }
    let move: @Sendable (_ piece: inout UpdatePiece, _ rate: Float) -> Void

    var metric: ScalarMetric { ScalarMetric(size(learningRate)) }
    func update(_ piece: inout UpdatePiece) { move(&piece, learningRate) }
}

/// Momentum, with the step size of plain descent.
let plainSizeOfMomentum = ByPiece(state: OptimizerState("velocity")) { piece, rate in
    piece.forEach { weight, gradient, velocity in
        velocity = 0.9 * velocity + gradient
        weight -= rate * velocity
    }
}

/// Lion, with the learning rate for its step size.
let lionInAScalarMetric = ByPiece(learningRate: 0.01, state: OptimizerState("mean")) { piece, rate in
    piece.forEach { weight, gradient, mean in
        let direction = 0.9 * mean + 0.1 * gradient
        weight -= rate * sign(direction)
        mean = 0.99 * mean + 0.01 * gradient
    }
}

/// A rate of its own.
private let ignoresTheRate = ByPiece(size: { _ in 0.1 }) { piece, _ in
    piece.forEach { weight, gradient in weight -= 0.1 * gradient }
}

let wrongMovements: [BrokenOptimizer] = [
    Broken(plainSizeOfMomentum, .movesByStepSizes, name: "plain size of momentum"),
    Broken(lionInAScalarMetric, .movesByStepSizes, name: "Lion in a scalar metric"),
    Broken(ignoresTheRate, .keepsWeightsAtRateZero, name: "ignores the rate"),
    Broken(ignoresTheRate, .scalesStepSizes, name: "ignores the rate"),
    // A step by the sign, with the step size of plain descent.
    Broken(
        ByPiece { piece, rate in piece.forEach { weight, gradient in weight -= rate * sign(gradient) } },
        .movesByStepSizes, name: "sign in a scalar metric"),
    // Weight decay of its own, which no plan shows.
    Broken(
        ByPiece { piece, rate in
            piece.forEach { weight, gradient in weight -= rate * (gradient + 0.01 * weight) }
        }, .staysWithoutGradient, name: "decays by itself"),
    // Momentum that is not built up while the rate is 0.
    Broken(
        ByPiece(state: OptimizerState("velocity"), size: { 2 * $0 }) { piece, rate in
            if rate == 0 { return }
            piece.forEach { weight, gradient, velocity in
                velocity = velocity / 2 + gradient
                weight -= rate * velocity
            }
        }, .keepsWeightsAtRateZero, name: "sleeps at rate zero"),
    // Gradients limited to ±1000, NaN as well.
    Broken(
        ByPiece { piece, rate in
            piece.forEach { weight, gradient in weight -= rate * max(-1000, min(1000, gradient)) }
        }, .propagatesNaN, name: "limits the gradient"),
    Broken(
        ByPiece { piece, rate in
            piece.forEach { weight, gradient in weight = max(-1000, min(1000, weight - rate * gradient)) }
        }, .propagatesNaN, name: "limits the weight"),
    // A NaN anywhere in a piece is one for all of it.
    Broken(
        ByPiece { piece, rate in
            piece.withSpans { weights, gradient, _ in
                var nothing: Float = 0
                for index in 0..<weights.count { nothing += 0 * gradient[index] }
                for index in 0..<weights.count { weights[index] -= rate * gradient[index] + nothing }
            }
        }, .propagatesNaN, name: "spreads NaN"),
]
