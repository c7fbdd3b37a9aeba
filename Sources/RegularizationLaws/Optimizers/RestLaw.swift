import Regularization

extension OptimizerExamination {
    /// While the gradient stays, movement over step size × gradient comes to 1.
    ///
    /// It is looked at when it has not changed over half of the updates so far, nor have the step sizes; these may take long,
    /// and Adagrad's never stay, so that in the end the quotient counts alone. Weights are put back after each update, since
    /// a rule may go by them, as LARS does; they are small, so that movements keep their digits, and what is too small even so
    /// is not looked at.
    mutating func checkRest() {
        var trial = Trial([[4, 7]], updates: 1, seed: seed)
        // A step of a prepared rule may be another for large gradients, as with clipping.
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

/// What was seen in some consecutive updates.
private struct Window {
    struct Values {
        private(set) var last = 0.0
        private var (lowest, highest) = (Double.infinity, -Double.infinity)

        mutating func note(_ value: Double) {
            last = value
            (lowest, highest) = (min(lowest, value), max(highest, value))
        }

        /// Within one in a thousand.
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
            // Less is lost in the digits of the weight.
            let isLost = max(abs(movement), abs(unit)) < 128 * Double(trial.weights[index].ulp)
            quotients[index].note(isLost ? 1 : movement / unit)
            stepSizes[index].note(Double(sizes[index]))
        }
    }

    var quotientsStay: Bool { quotients.allSatisfy(\.stay) }
    var stepSizesStay: Bool { stepSizes.allSatisfy(\.stay) }
}
