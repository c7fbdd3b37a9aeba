import Regularization

/// The steps of an epoch, with the memory that all epochs share.
struct EpochSteps<D: Dataset> {
    let data: D
    let batchSize: Int
    private let seed: UInt64
    private let learningRate: Schedule?
    private var order: [Int]
    var batch: D.Batch
    var gradients: Gradients
    /// The factor of the learning rate's schedule, which recoveries lower.
    private var rateFactor = 1.0

    init(of data: D, by trainer: Trainer, for parameters: Parameters) {
        self.data = data
        batchSize = trainer.batchSize
        seed = trainer.seed
        learningRate = trainer.learningRate
        order = Array(0..<data.count)
        batch = data.batch(at: order[..<min(batchSize, order.count)])
        gradients = Gradients(like: parameters)
    }

    /// The layout of the parameters that the steps were made for.
    var layout: Layout { gradients.layout }

    /// The number of steps in an epoch.
    var count: Int { (order.count - 1) / batchSize + 1 }

    /// Makes the steps of an epoch and returns the mean data loss, each sample's before the update of its batch.
    ///
    /// With `end` it returns before that step moves anything, with its loss, when its gradients are there. With
    /// `endsWhenCancelled` it returns nil between two steps if the task is cancelled.
    ///
    /// - Throws: `FailedStep` if a number is not finite; `TrainingError` for a learning rate that makes no sense.
    mutating func run<M: Model>(
        _ epoch: Int, of model: inout M, with optimizer: inout some Optimizer, before end: Int = .max,
        checksAll: Bool = false, endsWhenCancelled: Bool = false
    ) throws -> Double? where M.Batch == D.Batch {
        shuffle(forEpoch: epoch)
        var mean = BatchMean()
        for indices in order.batches(of: batchSize) {
            if endsWhenCancelled, Task.isCancelled { return nil }
            data.fill(&batch, at: indices)
            let step = optimizer.state.updates
            try setRate(of: &optimizer, at: step)
            let loss = model.loss(on: batch, at: .step(step), gradients: &gradients)
            if let number = firstNonfinite(loss, of: model, at: step) {
                throw FailedStep(step: step, number: number)
            }
            if step == end { return loss }
            mean.add(loss, weight: data.weight(of: indices))
            optimizer.update(&model.parameters, along: &gradients)
            require(
                optimizer.state.updates == step + 1,
                "\(type(of: optimizer)) made an update that its state did not count; see OptimizerState.update."
            )
            guard optimizer.state.isFinite ?? model.parameters.isFinite else {
                let found = model.parameters.firstNonfinite ?? ("the optimizer's buffers", .nan)
                let number = NonfiniteNumber(.step(of: found.name), value: found.value)
                throw FailedStep(step: step, number: number, isUpdated: true)
            }
            if checksAll { try checkAll(of: model, optimizer) }
        }
        return mean.value
    }

    /// Throws if a weight or a number in the optimizer's buffers is not finite, after an update.
    ///
    /// An optimizer's state does not know of weights that somebody moved after its update, nor of the buffers of a rule
    /// of somebody's own. It is a pass over memory, which would be too much for each step.
    func checkAll(of model: some Model, _ optimizer: some Optimizer) throws(FailedStep) {
        let weight = model.parameters.firstNonfinite.map {
            NonfiniteNumber(.step(of: $0.name), value: $0.value)
        }
        if let number = weight ?? optimizer.state.firstNonfinite(in: layout) {
            throw FailedStep(step: optimizer.state.updates - 1, number: number, isUpdated: true)
        }
    }

    /// Undoes a failed update as far as there is a snapshot, and says what failed, and where.
    ///
    /// The steps up to the failed one are made again, so that the model and the optimizer are afterwards as they were
    /// before it, and its number is searched for. It is not found again, and the failure's own is returned, if the
    /// model's loss is not a function of parameters, batch and position.
    mutating func undo<M: Model, O: Optimizer>(
        _ failure: FailedStep, of model: inout M, with optimizer: inout O, to snapshot: Snapshot<O>?
    ) throws -> FailedStep where M.Batch == D.Batch {
        guard let snapshot else { return failure }
        var failure = failure
        if case .parameter = failure.number.origin, failure.step > snapshot.step, snapshot.parameters.isFinite
        {
            // Somebody moved the weights after an update before.
            failure = FailedStep(step: failure.step - 1, number: failure.number, isUpdated: true)
        }
        guard failure.isUpdated else { return failure }
        snapshot.restore(&model, &optimizer)
        do {
            for epoch in snapshot.epoch...epoch(of: failure.step, from: snapshot) {
                _ = try run(epoch, of: &model, with: &optimizer, before: failure.step, checksAll: true)
            }
        } catch let earlier as FailedStep {
            return try undo(earlier, of: &model, with: &optimizer, to: snapshot)
        }
        let cause = optimizer.firstNonfinite(updating: model.parameters, along: gradients)
        return FailedStep(step: failure.step, number: cause ?? failure.number)
    }

    /// The number of the epoch that a step after a snapshot belongs to.
    func epoch(of step: Int, from snapshot: Snapshot<some Optimizer>) -> Int {
        snapshot.epoch + (step - snapshot.step) / count
    }

    /// Brings a model and an optimizer back to the start of an epoch, by the steps from a snapshot on.
    mutating func goBack<M: Model, O: Optimizer>(
        to epoch: Int, from snapshot: Snapshot<O>, _ model: inout M, _ optimizer: inout O
    ) throws where M.Batch == D.Batch {
        snapshot.restore(&model, &optimizer)
        for epoch in snapshot.epoch..<epoch { _ = try run(epoch, of: &model, with: &optimizer) }
    }

    /// Multiplies the learning rate, or its schedule, by a factor.
    mutating func lowerRate(of optimizer: inout some Optimizer, by factor: Double) {
        rateFactor *= factor
        if learningRate == nil { optimizer.learningRate *= Float(factor) }
    }

    /// The first number of a step that is not finite, before anything has moved; nil if all are.
    private func firstNonfinite<M: Model>(_ loss: Double, of model: M, at step: Int) -> NonfiniteNumber?
    where M.Batch == D.Batch {
        if loss.isFinite, gradients.isFinite { return nil }
        if let found = model.parameters.firstNonfinite {
            return NonfiniteNumber(.parameter(found.name), value: found.value)
        }
        if !loss.isFinite {
            let outputs = model.nonfiniteOutputs(on: batch, at: .step(step))
            return NonfiniteNumber(outputs.map { .outputs($0) } ?? .loss(of: "training"), value: loss)
        }
        let contributions = model.contributions
        if let number = contributions.firstNonfinite ?? contributions.firstNonfiniteGradient { return number }
        return gradients.firstNonfinite.map { NonfiniteNumber(.gradient(of: $0.name), value: $0.value) }
    }

    /// Replaces the order of the samples by that of an epoch, which does not depend on the order before.
    private mutating func shuffle(forEpoch epoch: Int) {
        for index in order.indices { order[index] = index }
        var generator = SeededGenerator(seed: SeededGenerator.number(epoch, seed: seed))
        order.shuffle(using: &generator)
    }

    /// Sets the learning rate of a step, if there is a schedule; throws unless it is finite and not negative.
    private func setRate(of optimizer: inout some Optimizer, at step: Int) throws(TrainingError) {
        let rate = learningRate.map { rateFactor * $0.value(at: step) } ?? Double(optimizer.learningRate)
        guard rate >= 0 && Float(rate) < .infinity else { throw .learningRate(value: rate, step: step) }
        if learningRate != nil { optimizer.learningRate = Float(rate) }
    }
}

/// A step in which a number became NaN or infinite.
struct FailedStep: Error {
    /// The number of updates made before the step.
    let step: Int
    let number: NonfiniteNumber
    /// Whether parameters or buffers have been changed to numbers that are not finite.
    var isUpdated = false
}

extension [Int] {
    /// The indices in batches, of which the last may be smaller.
    func batches(of size: Int) -> some Sequence<ArraySlice<Int>> {
        stride(from: 0, to: count, by: size).lazy.map { start in
            self[start..<(size < count - start ? start + size : count)]
        }
    }
}

extension [Contribution] {
    /// The first value that is NaN, or that is infinite and no constraint's; nil if there is none.
    var firstNonfinite: NonfiniteNumber? {
        first { contribution in
            contribution.weightedValue.isNaN
                || contribution.weightedValue.isInfinite && contribution.stage != .proximalStep
        }.map { NonfiniteNumber(.penaltyValue($0.label), value: $0.weightedValue) }
    }

    /// The first gradient of a penalty on outputs that is not finite; nil if there is none.
    var firstNonfiniteGradient: NonfiniteNumber? {
        for contribution in self {
            if let norm = contribution.gradientNorm, !norm.isFinite {
                return NonfiniteNumber(.penaltyGradient(contribution.label, of: "its outputs"), value: norm)
            }
        }
        return nil
    }
}
