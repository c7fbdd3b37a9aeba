import Regularization
import RegularizationLaws

let wrongStepSizes: [BrokenOptimizer] =
    [
        (.withoutEpsilon, .hasStepSizes), (.negative, .hasStepSizes), (.withoutRate, .scalesStepSizes),
        (.otherInTheLoop, .givesItsStepSizes), (.beforeTheUpdate, .givesItsStepSizes),
        (.movesTwiceInTheLoop, .movesAlikeWithStepSizes), (.half, .movesByStepSizes),
        (.withoutRoot, .movesByStepSizes), (.rootTwice, .movesByStepSizes),
    ].map { (mistake: WrongStepSizes.Mistake, law: OptimizerLaw) in
        Broken(WrongStepSizes(mistake), law, name: "\(mistake) step sizes")
    } + [Broken(ForgetsTheRange(), .writesStepSizesInPieces)]

/// RMSprop whose step sizes are wrong in one way or another.
struct WrongStepSizes: UpdateRule {
    enum Mistake: String, CaseIterable, Sendable {
        case none, half, withoutRoot, rootTwice, withoutEpsilon, negative, withoutRate, otherInTheLoop,
            beforeTheUpdate, movesTwiceInTheLoop
    }

    var learningRate: Float = 0.01
    var state = OptimizerState("square")
    let mistake: Mistake
    var metric: DiagonalMetric { DiagonalMetric() }
    private var epsilon: Float { mistake == .withoutEpsilon ? 0 : 1e-8 }

    init(_ mistake: Mistake) { self.mistake = mistake }

    func update(_ piece: inout UpdatePiece) {
        piece.forEach { weight, gradient, square in
            square = 0.9 * square + 0.1 * gradient * gradient
            weight -= learningRate * gradient / (square.squareRoot() + 1e-8)
        }
    }

    func updateWritingStepSizes(_ piece: inout UpdatePiece) {
        if mistake == .beforeTheUpdate { write(&piece, 1) }
        update(&piece)
        if mistake == .movesTwiceInTheLoop { update(&piece) }
        if mistake != .beforeTheUpdate { write(&piece, mistake == .otherInTheLoop ? 1.01 : 1) }
    }

    private func write(_ piece: inout UpdatePiece, _ factor: Float) {
        piece.withSpans { _, _, square, sizes in
            for index in 0..<sizes.count { sizes[index] = factor * size(square[index]) }
        }
    }

    func writeStepSizes(from state: borrowing StatePiece, to sizes: inout MutableSpan<Float>) {
        for index in 0..<sizes.count { sizes[index] = size(state[0][index]) }
    }

    private func size(_ square: Float) -> Float {
        let size = learningRate / (square.squareRoot() + epsilon)
        return switch mistake {
        case .half: size / 2
        case .withoutRoot: learningRate
        case .rootTwice: learningRate / (square.squareRoot().squareRoot() + epsilon)
        case .negative: -size
        case .withoutRate: size / learningRate * 0.01
        default: size
        }
    }
}

/// Squares of whole tensors; the step sizes of a range are always those at the start of the layout.
private struct ForgetsTheRange: Optimizer {
    var learningRate: Float = 0.01
    var state = OptimizerState("square")
    var metric: DiagonalMetric { DiagonalMetric() }
    mutating func update(_ parameters: inout Parameters, along gradients: inout Gradients) {
        let rate = learningRate
        state.update(&parameters, along: &gradients) { tensor in
            tensor.forEach { weight, gradient, square in
                square += gradient * gradient
                weight -= rate * gradient / (square.squareRoot() + 1e-8)
            }
        }
    }
    func writeStepSizes(of range: Range<Int>, to sizes: inout MutableSpan<Float>) {
        let squares = state["square"]
        for index in 0..<range.count { sizes[index] = learningRate / (squares[index].squareRoot() + 1e-8) }
    }
}
