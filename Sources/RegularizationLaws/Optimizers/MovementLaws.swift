import Regularization

extension OptimizerExamination {
    /// Checks that a weight whose gradient is 0 in every update keeps its value.
    ///
    /// The gradients of all weights are 0, and for a plain rule also those of some weights alone: where a weight
    /// depends on no other, the gradients of the others do not matter.
    mutating func checkZeroGradients() {
        var trial = Trial(seed: seed)
        let random = trial.gradients
        for isAlone in isPlainRule ? [false, true] : [false] {
            trial.gradients = isAlone ? random : random.map { $0.map { _ in 0 } }
            let weights = trial.result(of: optimizer).weights
            for index in weights.indices where trial.gradients.allSatisfy({ $0[index] == 0 }) {
                require(
                    weights[index] == trial.weights[index],
                    expected: "\(trial.weights[index]), as weight \(index) is at first",
                    found: "\(weights[index]) after \(trial.gradients.count) updates without gradient")
            }
        }
    }

    /// Checks that at learning rate 0 weights keep their values, while buffers change as at any other rate.
    ///
    /// A buffer is compared only if it is the same at the optimizer's own learning rate and at twice that: others
    /// depend on the rate.
    mutating func checkRateZero() {
        let trial = Trial(seed: seed)
        let results = ([0, 1, 2] as [Float]).map { factor in
            var copy = optimizer
            copy.learningRate *= factor
            return trial.result(of: copy)
        }
        let (still, rate) = (results[0], optimizer.learningRate)
        for index in still.weights.indices {
            require(
                still.weights[index] == trial.weights[index],
                expected: "\(trial.weights[index]), as weight \(index) is at first",
                found: "\(still.weights[index]) after updates at learning rate 0")
        }
        for (index, buffer) in still.buffers.enumerated() {
            let (once, twice) = (results[1].buffers[index].elements, results[2].buffers[index].elements)
            require(
                buffer.elements == once || once != twice,
                expected: "\"\(buffer.name)\" at learning rate 0 as at \(rate)",
                found: "other numbers")
        }
    }

    /// Checks that a NaN in a gradient, or in a weight from the start, makes that weight NaN and, in a plain rule,
    /// changes no other weight.
    mutating func checkNaN() {
        let trial = Trial(seed: seed)
        let expected = trial.result(of: optimizer).weights
        for target in [1, 17, 4101, trial.count - 1] {
            for update in trial.gradients.indices {
                var changed = trial
                changed.gradients[update][target] = .nan
                checkNaN(in: changed, at: target, others: expected, "by its gradient in update \(update + 1)")
            }
            var changed = trial
            changed.weights[target] = .nan
            checkNaN(in: changed, at: target, others: expected, "as it is from the start")
        }
    }

    private mutating func checkNaN(in trial: Trial, at target: Int, others: [Float], _ reason: String) {
        let weights = trial.result(of: optimizer).weights
        require(
            weights[target].isNaN, expected: "weight \(target) NaN \(reason)", found: "\(weights[target])")
        if !isPlainRule { return }
        for index in weights.indices where index != target {
            require(
                weights[index].bitPattern == others[index].bitPattern,
                expected: "\(others[index]) at \(index), whatever weight \(target) is",
                found: "\(weights[index]) with weight \(target) NaN \(reason)")
        }
    }
}
