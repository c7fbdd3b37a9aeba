import Regularization

extension OptimizerExamination {
    /// Checks that under a constant gradient the ratio of movement to step size × gradient comes to 1, within 1 %.
    ///
    /// The ratio counts once it has not changed, within 0.1 %, over the last half of the updates, nor have the step
    /// sizes. Step sizes may take long to settle, and Adagrad's never do, so that after 16,384 updates the ratio alone
    /// has to; after 131,072 without rest the law is broken. Weights are put back after each update, since a rule may
    /// depend on them, as LARS does. They are about 1e-12, so that a movement keeps its digits in the difference of two
    /// weights; a movement below 128 units in the last place is not judged.
    mutating func checkRest() {
        var trial = Trial([[4, 7]], updates: 1, seed: seed)
        // A prepared rule may take another step for large gradients, as clipping does, so that its gradients are small.
        let unit: Float = isPlainRule ? 1 : 0x1p-20
        let exponents = [0, 3, -2, -6, -12, -20, -26]
        trial.gradients[0] = trial.weights.indices.map { index in
            let number = 1 + abs(trial.weights[index]) / 8
            let magnitude = Float(sign: .plus, exponent: exponents[index % 7], significand: number * unit)
            return index % 2 == 0 ? magnitude : -magnitude
        }
        trial.weights = trial.weights.map { $0 * 0x1p-40 }
        var (optimizer, window, updates) = (optimizer, Window(count: trial.count), 0)
        let start = trial.parameters
        let dataGradients = Gradients(like: start, trial.gradients[0])
        repeat {
            updates += 1
            var (parameters, gradients) = (start, dataGradients)
            optimizer.update(&parameters, along: &gradients)
            window.note(trial, movedTo: parameters.numbers, by: optimizer.stepSizes(trial.shapes))
            if updates >= 32 && updates.nonzeroBitCount == 1 {
                if window.quotientsStay && (window.stepSizesStay || updates >= 1 << 14) { break }
                if updates < 1 << 17 { window = Window(count: trial.count) }
            }
        } while updates < 1 << 17
        let sizes = optimizer.stepSizes(trial.shapes)
        for index in trial.weights.indices {
            let (quotient, gradient) = (window.quotients[index].last, trial.gradients[0][index])
            let movement = Float(-quotient) * sizes[index] * gradient
            require(
                window.quotientsStay && abs(quotient - 1) <= 1e-2,
                expected: """
                    a movement of \(-sizes[index] * gradient), by the step size \(sizes[index]) and the gradient \
                    \(gradient), after \(updates) updates with it
                    """,
                found: window.quotientsStay ? "\(movement)" : "no rest")
        }
    }
}

/// The ratios and step sizes of consecutive updates, from the last doubling of the number of updates on.
private struct Window {
    /// The last of a series of numbers, and the range that they lie in.
    struct Values {
        private(set) var last = 0.0
        private var (lowest, highest) = (Double.infinity, -Double.infinity)

        mutating func note(_ value: Double) {
            last = value
            (lowest, highest) = (min(lowest, value), max(highest, value))
        }

        /// Whether all numbers lie within one part in a thousand of each other.
        var stay: Bool { highest - lowest <= 1e-3 * max(abs(lowest), abs(highest)) }
    }

    private(set) var quotients: [Values]
    private var stepSizes: [Values]

    init(count: Int) {
        quotients = Array(repeating: Values(), count: count)
        stepSizes = quotients
    }

    mutating func note(_ trial: Trial, movedTo weights: [Float], by sizes: [Float]) {
        for index in weights.indices {
            let movement = Double(trial.weights[index]) - Double(weights[index])
            let unit = Double(sizes[index]) * Double(trial.gradients[0][index])
            // The rounding of the weight would show in the ratio of a movement smaller than this.
            let isLost = max(abs(movement), abs(unit)) < 128 * Double(trial.weights[index].ulp)
            quotients[index].note(isLost ? 1 : movement / unit)
            stepSizes[index].note(Double(sizes[index]))
        }
    }

    var quotientsStay: Bool { quotients.allSatisfy(\.stay) }
    var stepSizesStay: Bool { stepSizes.allSatisfy(\.stay) }
}
