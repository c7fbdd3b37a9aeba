import Regularization

extension Benchmark {
    /// Updates by built-in rules, and by the same rules in plain Swift, as a third party writes them.
    static let rules: [Benchmark] = {
        let rules: [(name: String, rule: any UpdateRule)] = [
            ("momentum", SGD(learningRate: 1e-6, momentum: 0.9)), ("ownMomentum", OwnMomentum()),
            ("adam", Adam(learningRate: 1e-6)), ("ownAdam", OwnAdam()),
            ("plainAdam", PlainAdam()),
            ("clippedTwice", Adam(learningRate: 1e-6).clipped(byNorm: 1).clipped(byNorm: 1)),
        ]
        let penalties: [(name: String, penalties: [Penalty])] = [
            ("none", []), ("l1Prox", [.proximalStep(L1(), strength: 1e-4)]),
        ]
        return rules.flatMap { rule in penalties.map { update(rule.rule, rule.name, $0.name, $0.penalties) } }
    }()

    private static func update<Rule: UpdateRule>(
        _ rule: Rule, _ name: String, _ penalty: String, _ penalties: [Penalty]
    ) -> Benchmark {
        Benchmark(name: "update/\(name)/\(penalty)/1024x1024") {
            var parameters = Tensors.all[0].parameters
            var gradients = Gradients(like: parameters)
            var elements = gradients.mutableElements
            for (index, number) in uniform(parameters.count, seed: 2).enumerated() {
                elements[index] = number
            }
            var optimizer = try rule.regularized(by: penalties, over: parameters)
            return { optimizer.update(&parameters, along: &gradients) }
        }
    }
}

/// Momentum as the documentation has it: one closure for each weight.
private struct OwnMomentum: UpdateRule {
    var learningRate: Float = 1e-6
    var state = OptimizerState("velocity")
    var metric: ScalarMetric { ScalarMetric(learningRate / (1 - 0.9)) }

    func update(_ piece: inout UpdatePiece) {
        piece.forEach { weight, gradient, velocity in
            velocity = 0.9 * velocity + gradient
            weight -= learningRate * velocity
        }
    }
}

/// Adam in loops over blocks: many square roots are taken at a time, once for weights and step sizes.
private struct OwnAdam: UpdateRule {
    var learningRate: Float = 1e-6
    var state = OptimizerState("mean", "square")
    var metric: DiagonalMetric { DiagonalMetric() }
    private var corrections: (mean: Float, square: Float) = (1, 1)

    mutating func begin() {
        corrections.mean = Float(1 / state.biasCorrection(decay: 0.9))
        corrections.square = Float(1 / state.biasCorrection(decay: 0.999))
    }

    func update(_ piece: inout UpdatePiece) { updateWritingStepSizes(&piece) }

    func updateWritingStepSizes(_ piece: inout UpdatePiece) {
        let (rate, corrections) = (learningRate, corrections)
        piece.forEachBlock { block in
            block.withSpans { weights, gradient, mean, square, sizes in
                for index in 0..<weights.count {
                    let derivative = gradient[index]
                    mean[index] = 0.9 * mean[index] + 0.1 * derivative
                    square[index] = 0.999 * square[index] + 0.001 * derivative * derivative
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

    func writeStepSizes(from state: borrowing StatePiece, to sizes: inout MutableSpan<Float>) {
        let correction = Float(1 / self.state.biasCorrection(decay: 0.999))
        let squares = state[1]
        for index in 0..<sizes.count { sizes[index] = squares[index] * correction }
        takeSquareRoots(of: &sizes)
        for index in 0..<sizes.count { sizes[index] = learningRate / (sizes[index] + 1e-8) }
    }
}

/// Adam in its simplest form: one closure for each weight, and square roots taken again for the step sizes.
private struct PlainAdam: UpdateRule {
    var learningRate: Float = 1e-6
    var state = OptimizerState("mean", "square")
    var metric: DiagonalMetric { DiagonalMetric() }
    private var corrections: (mean: Float, square: Float) = (1, 1)

    mutating func begin() {
        corrections.mean = Float(1 / state.biasCorrection(decay: 0.9))
        corrections.square = Float(1 / state.biasCorrection(decay: 0.999))
    }

    func update(_ piece: inout UpdatePiece) {
        let (rate, corrections) = (learningRate, corrections)
        piece.forEach { weight, gradient, mean, square in
            mean = 0.9 * mean + 0.1 * gradient
            square = 0.999 * square + 0.001 * gradient * gradient
            weight -= rate * mean * corrections.mean / ((square * corrections.square).squareRoot() + 1e-8)
        }
    }

    func writeStepSizes(from state: borrowing StatePiece, to sizes: inout MutableSpan<Float>) {
        let correction = Float(1 / self.state.biasCorrection(decay: 0.999))
        let squares = state[1]
        for index in 0..<sizes.count {
            sizes[index] = learningRate / ((squares[index] * correction).squareRoot() + 1e-8)
        }
    }
}
