import Foundation
import Regularization
import RegularizationLaws
import Testing

// snippet: rule
struct MeanSquare: UpdateRule {
    var learningRate: Float
    var state = OptimizerState("square")
    var correction: Float = 1
    var metric: DiagonalMetric { DiagonalMetric() }
    mutating func begin() { correction = Float(1 / state.biasCorrection(decay: 0.99)) }
    func update(_ piece: inout UpdatePiece) {
        piece.forEach { weight, gradient, square in
            square = 0.99 * square + 0.01 * gradient * gradient
            weight -= learningRate * gradient / ((square * correction).squareRoot() + 1e-8)
        }
    }
    func writeStepSizes(from state: borrowing StatePiece, to sizes: inout MutableSpan<Float>) {
        let correction = Float(1 / self.state.biasCorrection(decay: 0.99))
        let squares = state[0]
        for index in 0..<sizes.count {
            sizes[index] = learningRate / ((squares[index] * correction).squareRoot() + 1e-8)
        }
    }
}
// end snippet

struct FastAdam: UpdateRule {
    var learningRate: Float
    var state = OptimizerState("mean", "square")
    private var corrections: (mean: Float, square: Float) = (1, 1)

    init(learningRate: Float) { self.learningRate = learningRate }

    var metric: DiagonalMetric { DiagonalMetric() }

    mutating func begin() {
        corrections.mean = Float(1 / state.biasCorrection(decay: 0.9))
        corrections.square = Float(1 / state.biasCorrection(decay: 0.999))
    }

    // snippet: blocks
    func update(_ piece: inout UpdatePiece) { updateWritingStepSizes(&piece) }
    func updateWritingStepSizes(_ piece: inout UpdatePiece) {
        let (rate, corrections) = (learningRate, corrections)
        piece.forEachBlock { block in
            block.withSpans { weights, gradient, mean, square, sizes in
                for index in 0..<weights.count {
                    mean[index] = 0.9 * mean[index] + 0.1 * gradient[index]
                    square[index] = 0.999 * square[index] + 0.001 * gradient[index] * gradient[index]
                    gradient[index] = square[index] * corrections.square
                }
                takeSquareRoots(of: &gradient)
                for index in 0..<weights.count {
                    gradient[index] = rate / (gradient[index] + 1e-8)
                    weights[index] -= gradient[index] * mean[index] * corrections.mean
                }
                for index in 0..<sizes.count { sizes[index] = gradient[index] }
            }
        }
    }
    // end snippet

    func writeStepSizes(from state: borrowing StatePiece, to sizes: inout MutableSpan<Float>) {
        let correction = Float(1 / self.state.biasCorrection(decay: 0.999))
        let squares = state[1]
        for index in 0..<sizes.count { sizes[index] = squares[index] * correction }
        takeSquareRoots(of: &sizes)
        for index in 0..<sizes.count { sizes[index] = learningRate / (sizes[index] + 1e-8) }
    }
}

/// Descent along gradients of which no tensor's is longer than a norm.
struct ClippedByTensor: PreparedUpdateRule {
    var learningRate: Float
    var norm: Double
    var state = OptimizerState()
    var metric: ScalarMetric { ScalarMetric(learningRate) }

    // snippet: prepared
    mutating func prepare(_ parameters: borrowing Parameters, _ gradients: inout Gradients) {
        for index in gradients.layout.tensors.indices {
            var gradient = gradients.mutableWeights(index)
            var sum = 0.0
            for index in 0..<gradient.count { sum += Double(gradient[index]) * Double(gradient[index]) }
            if sum <= norm * norm { continue }
            let factor = Float(norm / sum.squareRoot())
            for index in 0..<gradient.count { gradient[index] *= factor }
        }
    }
    // end snippet

    func update(_ piece: inout UpdatePiece) {
        piece.forEach { weight, gradient in weight -= learningRate * gradient }
    }
}

struct PlainMetric: UpdateRule {
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

struct WritingAnOptimizerSnippets {
    // snippet: laws
    @Test func obeysEveryLaw() {
        #expect(OptimizerLaws.violations(of: MeanSquare(learningRate: 0.1)) == [])
    }
    // end snippet

    @Test func laws() {
        #expect(OptimizerLaws.violations(of: FastAdam(learningRate: 0.1)).isEmpty)
        #expect(OptimizerLaws.violations(of: ClippedByTensor(learningRate: 0.1, norm: 1)).isEmpty)
    }

    @Test("The rule without a mean is RMSprop with a correction, the one in blocks is Adam")
    func areWhatTheySay() {
        let gradients: [[Float]] = [[1, -2, 0.5, 0], [3, 1, -0.25, 0]]
        let slow = weights(after: gradients, by: MeanSquare(learningRate: 0.1))
        let adam = Adam(learningRate: 0.1, beta1: 0, beta2: 0.99)
        expectClose(slow, weights(after: gradients, by: adam))
        expectClose(
            weights(after: gradients, by: FastAdam(learningRate: 0.1)),
            weights(after: gradients, by: Adam(learningRate: 0.1)))
        expectClose(
            weights(after: [[3, 4, 0, 0]], by: ClippedByTensor(learningRate: 1, norm: 1)), [0.4, 0.2, 1, 1])
    }

    @Test func violation() throws {
        let violation = try #require(OptimizerLaws.violations(of: PlainMetric()).first)
        let article = try String(
            contentsOf: Document.file("Documentation/WritingAnOptimizer.md"), encoding: .utf8)
        #expect(article.contains("```text\n\(violation)\n```"), "\(violation)")
    }

    private func weights(after gradients: [[Float]], by rule: some UpdateRule) -> [Float] {
        var (rule, parameters) = (rule, Parameters([("weight", [4], [1, 1, 1, 1])]))
        for numbers in gradients {
            var gradients = Gradients(like: parameters)
            gradients["weight"] = numbers
            rule.update(&parameters, along: &gradients)
        }
        return parameters["weight"]
    }

    private func expectClose(_ found: [Float], _ expected: [Float]) {
        #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-5 }, "\(found) is not \(expected)")
    }
}
