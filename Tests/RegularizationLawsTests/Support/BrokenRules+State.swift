import Regularization
import Synchronization

let wrongStates: [BrokenOptimizer] = [
    Broken(CountsNothing(), .countsUpdates),
    Broken(CountsTwice(), .countsUpdates),
    Broken(OneNumberATensor(), .keepsBuffersInLayout),
    Broken(DrawsNumbers(), .isRepeatable),
    Broken(SharesItsVelocity(), .isRepeatable),
    Broken(SharesItsVelocity(), .livesInItsState),
    Broken(CountsForItself(), .livesInItsState),
    Broken(HidesItsVelocity(), .livesInItsState),
    Broken(RemembersItsCorrection(), .livesInItsState),
]

/// Momentum that leaves its count to somebody else.
private struct CountsNothing: Optimizer {
    var learningRate: Float = 0.1
    var state = OptimizerState()
    var metric: ScalarMetric { ScalarMetric(learningRate) }
    mutating func update(_ parameters: inout Parameters, along gradients: inout Gradients) {
        let rate = learningRate
        updateEach(&parameters, along: gradients) { weight, gradient in weight -= rate * gradient }
    }
}

/// Two half steps, each of which counts.
struct CountsTwice: Optimizer {
    var learningRate: Float = 0.1
    var state = OptimizerState()
    var metric: ScalarMetric { ScalarMetric(learningRate) }
    mutating func update(_ parameters: inout Parameters, along gradients: inout Gradients) {
        let half = learningRate / 2
        for _ in 0..<2 {
            state.update(&parameters, along: &gradients) { tensor in
                tensor.forEach { weight, gradient in weight -= half * gradient }
            }
        }
    }
}

/// A number for each tensor in the place of one for each weight.
private struct OneNumberATensor: Optimizer {
    var learningRate: Float = 0.1
    var state = OptimizerState("scale")
    var metric: ScalarMetric { ScalarMetric(learningRate) }
    mutating func update(_ parameters: inout Parameters, along gradients: inout Gradients) {
        let rate = learningRate
        updateEach(&parameters, along: gradients) { weight, gradient in weight -= rate * gradient }
        state["scale"] = parameters.layout.tensors.map { _ in 1 }
        state.updates += 1
    }
}

/// Noise that nobody can draw again.
private struct DrawsNumbers: UpdateRule {
    var learningRate: Float = 0.1
    var state = OptimizerState()
    var metric: ScalarMetric { ScalarMetric(learningRate) }
    private var noise: Float = 1
    mutating func begin() { noise = .random(in: 1..<2) }
    func update(_ piece: inout UpdatePiece) {
        piece.forEach { weight, gradient in weight -= learningRate * noise * gradient }
    }
}

/// A warm-up by a count of its own.
private struct CountsForItself: UpdateRule {
    var learningRate: Float = 0.1
    var state = OptimizerState()
    var metric: ScalarMetric { ScalarMetric(learningRate) }
    private var own = 0
    mutating func begin() { own += 1 }
    func update(_ piece: inout UpdatePiece) {
        let rate = learningRate * min(1, Float(own) / 10)
        piece.forEach { weight, gradient in weight -= rate * gradient }
    }
}

/// A velocity that the state does not know.
private struct HidesItsVelocity: Optimizer {
    var learningRate: Float = 0.1
    var state = OptimizerState()
    private var velocity: [Float] = []
    var metric: ScalarMetric { ScalarMetric(learningRate * 10) }
    mutating func update(_ parameters: inout Parameters, along gradients: inout Gradients) {
        if velocity.isEmpty { velocity = Array(repeating: 0, count: parameters.count) }
        let rate = learningRate
        var all = velocity
        state.update(&parameters, along: &gradients) { tensor in
            let start = tensor.range.lowerBound
            tensor.withSpans { weights, gradient, _ in
                for index in 0..<weights.count {
                    all[start + index] = 0.9 * all[start + index] + gradient[index]
                    weights[index] -= rate * all[start + index]
                }
            }
        }
        velocity = all
    }
}

/// A velocity that all copies share.
private struct SharesItsVelocity: UpdateRule {
    final class Store: Sendable {
        let velocity = Mutex<[Int: Float]>([:])
    }

    var learningRate: Float = 0.1
    var state = OptimizerState()
    let store = Store()
    var metric: ScalarMetric { ScalarMetric(learningRate * 2) }
    func update(_ piece: inout UpdatePiece) {
        let (rate, start) = (learningRate, piece.range.lowerBound)
        piece.withSpans { weights, gradient, _ in
            for index in 0..<weights.count {
                let velocity = store.velocity.withLock { all in
                    let velocity = 0.5 * all[start + index, default: 0] + gradient[index]
                    all[start + index] = velocity
                    return velocity
                }
                weights[index] -= rate * velocity
            }
        }
    }
}

/// A corrected mean square, with step sizes by the correction that the last update left.
private struct RemembersItsCorrection: UpdateRule {
    var learningRate: Float = 0.1
    var state = OptimizerState("square")
    var metric: DiagonalMetric { DiagonalMetric() }
    private var correction: Float = 1
    mutating func begin() { correction = Float(1 / state.biasCorrection(decay: 0.9)) }
    func update(_ piece: inout UpdatePiece) {
        piece.forEach { weight, gradient, square in
            square = 0.9 * square + 0.1 * gradient * gradient
            weight -= learningRate * gradient / ((square * correction).squareRoot() + 1e-8)
        }
    }
    func writeStepSizes(from state: borrowing StatePiece, to sizes: inout MutableSpan<Float>) {
        let squares = state[0]
        for index in 0..<sizes.count {
            sizes[index] = learningRate / ((squares[index] * correction).squareRoot() + 1e-8)
        }
    }
}
