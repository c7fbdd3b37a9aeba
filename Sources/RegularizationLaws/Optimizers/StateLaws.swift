import Regularization

extension OptimizerExamination {
    /// Checks that each update adds 1 to `state.updates`.
    mutating func checkCount() {
        let trial = Trial(seed: seed)
        var (optimizer, parameters) = (optimizer, trial.parameters)
        for update in trial.gradients.indices {
            let result = trial.run(&optimizer, on: &parameters, updates: update..<update + 1)
            require(
                result.updates == update + 1, expected: "\(update + 1) updates counted",
                found: "\(result.updates)")
        }
    }

    /// Checks that after each update the buffers have the names from the start, and one number for each weight.
    mutating func checkBuffers() {
        let trial = Trial(seed: seed)
        var (copy, parameters) = (optimizer, trial.parameters)
        let names = optimizer.state.names
        for update in trial.gradients.indices {
            let result = trial.run(&copy, on: &parameters, updates: update..<update + 1)
            require(
                result.buffers.map(\.name) == names, expected: "buffers \(names)",
                found: "\(result.buffers.map(\.name))")
            for (name, elements) in result.buffers {
                require(
                    elements.count == trial.count, expected: "\(trial.count) numbers in \"\(name)\"",
                    found: "\(elements.count)")
            }
        }
    }

    /// Checks that two copies that are updated one after the other give the same result.
    mutating func checkRepetition() {
        let trial = Trial(seed: seed)
        let expected = trial.result(of: optimizer)
        requireSame(trial.result(of: optimizer), expected, "again")
    }

    /// Checks that a fresh copy that is given the number of updates and the buffers goes on with the same bits and step
    /// sizes.
    mutating func checkState() {
        let trial = Trial(updates: 6, seed: seed)
        var (first, second, parameters) = (optimizer, optimizer, trial.parameters)
        _ = trial.run(&first, on: &parameters, updates: 0..<3)
        var others = parameters
        second.state.updates = first.state.updates
        for name in first.state.names { second.state[name] = first.state[name] }
        if optimizer.metric.value != .undefined {
            let (sizes, found) = (first.stepSizes(trial.shapes), second.stepSizes(trial.shapes))
            for index in sizes.indices {
                requireClose(
                    found[index], sizes[index],
                    "for weight \(index) with the state from after 3 updates, before another update")
            }
        }
        let expected = trial.run(&first, on: &parameters, updates: 3..<6)
        let found = trial.run(&second, on: &others, updates: 3..<6)
        requireSame(found, expected, "with the state from after 3 updates as without a break")
    }
}
