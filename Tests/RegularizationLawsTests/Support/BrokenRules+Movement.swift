import Regularization

/// Weight decay of its own, which no plan shows.
struct DecaysByItself: UpdateRule {
    var learningRate: Float = 0.1
    var state = OptimizerState()
    var metric: ScalarMetric { ScalarMetric(learningRate) }
    func update(_ piece: inout UpdatePiece) {
        piece.forEach { weight, gradient in weight -= learningRate * (gradient + 0.01 * weight) }
    }
}

/// A rate of its own.
struct IgnoresTheRate: UpdateRule {
    var learningRate: Float = 0.1
    var state = OptimizerState()
    var metric: ScalarMetric { ScalarMetric(0.1) }
    func update(_ piece: inout UpdatePiece) { piece.forEach { weight, gradient in weight -= 0.1 * gradient } }
}

/// Momentum that is not built up while the rate is 0.
struct SleepsAtRateZero: UpdateRule {
    var learningRate: Float = 0.1
    var state = OptimizerState("velocity")
    var metric: ScalarMetric { ScalarMetric(learningRate * 2) }
    func update(_ piece: inout UpdatePiece) {
        if learningRate == 0 { return }
        piece.forEach { weight, gradient, velocity in
            velocity = velocity / 2 + gradient
            weight -= learningRate * velocity
        }
    }
}

/// Gradients limited to ±1000, NaN as well.
struct LimitsTheGradient: UpdateRule {
    var learningRate: Float = 0.1
    var state = OptimizerState()
    var metric: ScalarMetric { ScalarMetric(learningRate) }
    func update(_ piece: inout UpdatePiece) {
        piece.forEach { weight, gradient in weight -= learningRate * max(-1000, min(1000, gradient)) }
    }
}

/// Weights limited to ±1000, NaN as well.
struct LimitsTheWeight: UpdateRule {
    var learningRate: Float = 0.1
    var state = OptimizerState()
    var metric: ScalarMetric { ScalarMetric(learningRate) }
    func update(_ piece: inout UpdatePiece) {
        piece.forEach { weight, gradient in
            weight = max(-1000, min(1000, weight - learningRate * gradient))
        }
    }
}

/// A NaN anywhere in a piece is one for all of it.
struct SpreadsNaN: UpdateRule {
    var learningRate: Float = 0.1
    var state = OptimizerState()
    var metric: ScalarMetric { ScalarMetric(learningRate) }
    func update(_ piece: inout UpdatePiece) {
        let rate = learningRate
        piece.withSpans { weights, gradient, _ in
            var nothing: Float = 0
            for index in 0..<weights.count { nothing += 0 * gradient[index] }
            for index in 0..<weights.count { weights[index] -= rate * gradient[index] + nothing }
        }
    }
}

/// A step by the sign, with the step size of plain descent.
struct SignInAScalarMetric: UpdateRule {
    var learningRate: Float = 0.1
    var state = OptimizerState()
    var metric: ScalarMetric { ScalarMetric(learningRate) }
    func update(_ piece: inout UpdatePiece) {
        piece.forEach { weight, gradient in
            weight -= gradient > 0 ? learningRate : gradient < 0 ? -learningRate : gradient
        }
    }
}

/// Lion, with the learning rate for its step size.
struct LionInAScalarMetric: UpdateRule {
    var learningRate: Float = 0.01
    var state = OptimizerState("mean")
    var metric: ScalarMetric { ScalarMetric(learningRate) }
    func update(_ piece: inout UpdatePiece) {
        piece.forEach { weight, gradient, mean in
            let direction = 0.9 * mean + 0.1 * gradient
            weight -= direction > 0 ? learningRate : direction < 0 ? -learningRate : direction
            mean = 0.99 * mean + 0.01 * gradient
        }
    }
}

/// Momentum, with the step size of plain descent.
struct PlainSizeOfMomentum: UpdateRule {
    var learningRate: Float = 0.1
    var state = OptimizerState("velocity")
    var metric: ScalarMetric { ScalarMetric(learningRate) }
    func update(_ piece: inout UpdatePiece) {
        piece.forEach { weight, gradient, velocity in
            velocity = 0.9 * velocity + gradient
            weight -= learningRate * velocity
        }
    }
}
