import Regularization

extension OptimizerExamination {
    /// A copy of the optimizer after each update of a trial.
    private func optimizers(after trial: Trial) -> [Subject] {
        var (optimizer, parameters) = (optimizer, trial.parameters)
        return trial.gradients.indices.map { update in
            _ = trial.run(&optimizer, on: &parameters, updates: update..<update + 1)
            return optimizer
        }
    }

    /// Checks that step sizes are finite and not negative, after an update with zero gradients and after updates with
    /// others.
    mutating func checkStepSizes() {
        var trial = Trial(updates: 4, seed: seed)
        trial.gradients[0] = trial.gradients[0].map { _ in 0 }
        for optimizer in optimizers(after: trial) {
            for (index, size) in optimizer.stepSizes(trial.shapes).enumerated() {
                require(
                    size >= 0 && size < .infinity,
                    expected: "a step size for weight \(index) after update \(optimizer.state.updates)",
                    found: "\(size)")
            }
        }
    }

    /// Checks that at twice the learning rate, without another update, step sizes are twice as large.
    mutating func checkProportion() {
        let trial = Trial(seed: seed)
        for optimizer in optimizers(after: trial) {
            var faster = optimizer
            faster.learningRate *= 2
            let (found, sizes) = (faster.stepSizes(trial.shapes), optimizer.stepSizes(trial.shapes))
            for index in sizes.indices {
                requireClose(
                    found[index], 2 * sizes[index],
                    "at twice the learning rate for weight \(index) after update \(optimizer.state.updates)")
            }
        }
    }

    /// Checks that the step sizes of a range are those of the whole tensor at the same weights.
    mutating func checkRanges() {
        let trial = Trial(seed: seed)
        for optimizer in optimizers(after: trial) {
            let sizes = optimizer.stepSizes(trial.shapes)
            for range in [0..<1, 1..<2, 17..<33, 1000..<3100, 4090..<4103, 4106..<4117, 4121..<4127] {
                for (size, index) in zip(optimizer.stepSizes(of: range), range) {
                    requireClose(size, sizes[index], "for weight \(index), in the range \(range)")
                }
            }
        }
    }

    /// Checks that proximal steps use the step sizes that `writeStepSizes` gives, by a proximal point that replaces
    /// each weight by its scale.
    mutating func checkStepSizesOfSteps() {
        let trial = Trial(seed: seed)
        let parameters = trial.parameters
        guard
            let regularized = try? optimizer.regularized(
                by: [.proximalStep(MovesToItsScale(), on: .all)], over: parameters)
        else { return }
        for updates in 1...trial.gradients.count {
            var (copy, weights) = (regularized, parameters)
            let found = trial.run(&copy, on: &weights, updates: 0..<updates).weights
            let sizes = copy.stepSizes(trial.shapes)
            for index in sizes.indices {
                requireClose(
                    found[index], sizes[index],
                    "for weight \(index) in the proximal step of update \(updates), as written afterwards")
                guard case .scalar(let size) = optimizer.metric.value else { continue }
                requireClose(
                    sizes[index], size, "for weight \(index) after update \(updates), as its metric says")
            }
        }
    }

    /// Checks that an update that also writes step sizes gives the same bits, by a proximal step that needs them and
    /// leaves the weights unchanged.
    mutating func checkMovementWithStepSizes() {
        let trial = Trial(seed: seed)
        guard
            let regularized = try? optimizer.regularized(
                by: [.proximalStep(LeavesWeights(), on: .all)], over: trial.parameters)
        else { return }
        requireSame(
            trial.result(of: regularized), trial.result(of: optimizer),
            "with a proximal step that does nothing as without")
    }

    /// Requires two step sizes to agree within one part in 100,000.
    mutating func requireClose(
        _ found: Float, _ expected: Float, _ context: @autoclosure () -> String
    ) {
        require(
            found == expected || abs(found - expected) <= 1e-5 * max(abs(found), abs(expected)),
            expected: "the step size \(expected) \(context())", found: "\(found)")
    }
}

/// A regularizer whose proximal point replaces each weight by its scale, to make the scale visible; no function has
/// that proximal point.
private struct MovesToItsScale: ProximalElementwiseRegularizer {
    func value(at weight: Float) -> Double { 0 }
    func proximalPoint(of weight: Float, scale: Float) -> Float { scale }
}

/// The function 0, whose proximal point leaves weights unchanged.
private struct LeavesWeights: ProximalElementwiseRegularizer {
    func value(at weight: Float) -> Double { 0 }
    func proximalPoint(of weight: Float, scale: Float) -> Float { weight }
}

extension Optimizer {
    /// The step sizes of a range of weights, counted from the start of the layout; NaN where the optimizer writes none.
    func stepSizes(of range: Range<Int>) -> [Float] {
        var sizes = [Float](repeating: .nan, count: range.count)
        var span = sizes.mutableSpan
        writeStepSizes(of: range, to: &span)
        return sizes
    }

    /// The step sizes of all weights, tensor by tensor.
    func stepSizes(_ shapes: [Shape]) -> [Float] {
        var start = 0
        return shapes.flatMap { shape in
            defer { start += shape.count }
            return stepSizes(of: start..<start + shape.count)
        }
    }
}
