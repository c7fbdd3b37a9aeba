import Regularization

/// Centers the gradients of each piece.
private let centersTheGradient = ByPiece { piece, rate in
    piece.withSpans { weights, gradient, _ in
        var sum: Float = 0
        for index in 0..<weights.count { sum += gradient[index] }
        let mean = sum / Float(weights.count)
        for index in 0..<weights.count { weights[index] -= rate * (gradient[index] - mean) }
    }
}

let wrongPieces: [BrokenOptimizer] = [
    Broken(
        ByPiece { piece, rate in
            piece.withSpans { weights, gradient, _ in
                for index in 1..<max(1, weights.count) { weights[index] -= rate * gradient[index] }
            }
        }, .holdsInPieces, name: "spares the first of a piece"),
    Broken(centersTheGradient, .holdsInPieces, name: "centers the gradient"),
    Broken(centersTheGradient, .staysWithoutGradient, name: "centers the gradient"),
    // A smaller rate in every tensor but the first.
    Broken(
        ByPiece { piece, rate in
            let rate = rate / Float(1 + piece.tensor)
            piece.forEach { weight, gradient in weight -= rate * gradient }
        }, .holdsInPieces, name: "goes by the tensor"),
    // A step that is shared out to the threads that there are.
    Broken(
        ByPiece { piece, rate in
            let rate = rate / Float(Parallelism.threads)
            piece.forEach { weight, gradient in weight -= rate * gradient }
        }, .holdsOnThreads, name: "goes by the threads"),
    Broken(Passes(base: Shortened()), .isPreparedEverywhere),
]

/// Descent along gradients of length ½, which obeys the laws by itself.
private struct Shortened: PreparedUpdateRule {
    var learningRate: Float = 0.1
    var state = OptimizerState()
    var metric: ScalarMetric { ScalarMetric(learningRate) }
    private var factor: Float = 1

    mutating func prepare(_ parameters: borrowing Parameters, _ gradients: inout Gradients) {
        var sum = 0.0
        for index in 0..<gradients.elements.count {
            sum += Double(gradients.elements[index] * gradients.elements[index])
        }
        factor = sum <= 0.25 ? 1 : Float(0.5 / sum.squareRoot())
    }

    func update(_ piece: inout UpdatePiece) {
        piece.forEach { weight, gradient in weight -= learningRate * factor * gradient }
    }
}

/// Another rule, prepared if that is: the loop of `Passes` alone was chosen without knowing.
private struct Passes<Base: UpdateRule>: UpdateRule where Base.MetricType == ScalarMetric {
    var base: Base
    var learningRate: Float {
        get { base.learningRate }
        set { base.learningRate = newValue }
    }
    var state: OptimizerState {
        get { base.state }
        set { base.state = newValue }
    }
    var metric: ScalarMetric { base.metric }
    mutating func begin() { base.begin() }
    func update(_ piece: inout UpdatePiece) { base.update(&piece) }
}

extension Passes: PreparedUpdateRule where Base: PreparedUpdateRule {
    mutating func prepare(_ parameters: borrowing Parameters, _ gradients: inout Gradients) {
        base.prepare(parameters, &gradients)
    }
}
