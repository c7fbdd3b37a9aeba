import Regularization

/// Mini-batch training of any `Model` with any `Optimizer`.
///
///     var optimizer = try Adam(learningRate: 1e-3).regularized(
///         by: [.proximalStep(L1(), strength: 3e-4)], over: network.parameters)
///     let history = try Trainer(epochs: 100, batchSize: 32).fit(
///         &network, to: training, validation: validation, with: &optimizer)
///
/// The same seed gives the same bits. On a terminal a line shows the progress.
public struct Trainer: Sendable {
    /// The number of passes over the training part, 1 or more; with `.max` training goes on until something stops it.
    public var epochs: Int
    /// The number of samples of a step, 1 or more; the last step of an epoch takes the samples that are left.
    public var batchSize: Int
    /// The seed of the order in which samples are drawn; an epoch's order depends on it and on the epoch's number
    /// alone.
    public var seed: UInt64
    /// The learning rate as a function of the step, which replaces the optimizer's own; nil keeps that.
    public var learningRate: Schedule?
    /// The rule that stops training early; nil for none.
    public var earlyStopping: EarlyStopping?
    /// The norm of the stationarity residual, over the training part, at or below which training stops; nil if it is
    /// not measured.
    ///
    /// It is measured after each epoch, in the optimizer's metric, which costs another pass over the training part.
    /// With 0 it is recorded in the history and hardly ever stops training. A model with dropout has noisy gradients.
    /// After the measurement the model's own contributions are those of its pass.
    public var stationarityTolerance: Double?
    /// Whether a line on standard error shows the progress, if that is a terminal.
    public var showsProgress: Bool

    /// Makes a trainer; its numbers are checked when training begins.
    public init(
        epochs: Int, batchSize: Int, seed: UInt64 = 0, learningRate: Schedule? = nil,
        earlyStopping: EarlyStopping? = nil, stationarityTolerance: Double? = nil, showsProgress: Bool = true
    ) {
        self.epochs = epochs
        self.batchSize = batchSize
        self.seed = seed
        self.learningRate = learningRate
        self.earlyStopping = earlyStopping
        self.stationarityTolerance = stationarityTolerance
        self.showsProgress = showsProgress
    }

    /// The decision of a callback after an epoch.
    public enum Decision: Sendable {
        /// Continue with the next epoch.
        case proceed
        /// Stop after this epoch.
        case stop
    }

    /// Trains a model in place and returns the measurements of each epoch.
    ///
    /// Samples are drawn in a new order in each epoch. With early stopping the model ends with the parameters of its
    /// best epoch, also when this throws; otherwise with those of the last step. The optimizer's state is that of the
    /// last step.
    ///
    /// An optimizer that has made updates continues: steps count from its updates, and epochs from the number of epochs
    /// that these amount to with this batch size, so that two trainings of 10 epochs give the same bits as one of 20.
    ///
    /// `onEpoch` is called after each epoch with its record, the model and the optimizer, which it may change. It may
    /// attach penalties, but not change the shapes of the parameters, which traps. An optimizer that does not count its
    /// updates traps too.
    ///
    /// - Throws: `TrainingError`; the errors of the model's `check` for the data, before the first step; and the errors
    ///   of the callback.
    public func fit<M: Model, D: Dataset, O: Optimizer>(
        _ model: inout M, to training: D, validation: D? = nil, with optimizer: inout O,
        onEpoch: (EpochRecord, inout M, inout O) throws -> Decision = { _, _, _ in .proceed }
    ) throws -> History where D.Batch == M.Batch {
        try check(training, validation)
        var order = Array(0..<training.count)
        var batch = training.batch(at: order[..<min(batchSize, order.count)])
        try checkBatches(of: training, with: model)
        if let validation { try checkBatches(of: validation, with: model) }

        let stepsPerEpoch = (order.count - 1) / batchSize + 1
        let epochsDone = (optimizer.state.updates + stepsPerEpoch - 1) / stepsPerEpoch
        // With a number of epochs such as `.max`, step numbers must not overflow.
        let epochs = min(epochs, Int.max / 2 / stepsPerEpoch - epochsDone)
        let lastStep = optimizer.state.updates + epochs * stepsPerEpoch - 1
        try checkSchedules(of: model, optimizer, lastStep: lastStep)
        var gradients = Gradients(like: model.parameters)
        var history = History()
        var best = BestEpoch(by: earlyStopping)
        var lostLayers = LostLayers(before: model.parameters, optimizer.attachedPlan)
        var progress = ProgressLine(of: epochs, after: epochsDone, isWanted: showsProgress)
        defer {
            progress.finish()
            if let parameters = best.parameters { model.parameters = parameters }
        }
        for epoch in epochsDone + 1...epochsDone + epochs {
            shuffle(&order, forEpoch: epoch)
            var trainingLoss = BatchMean()
            for indices in batches(of: order) {
                training.fill(&batch, at: indices)
                let step = optimizer.state.updates
                try setRate(of: &optimizer, at: step)
                let loss = model.loss(on: batch, at: .step(step), gradients: &gradients)
                guard loss.isFinite else {
                    throw TrainingError.notFinite(
                        loss: loss, part: "training", epoch: epoch, step: step, history: history)
                }
                optimizer.update(&model.parameters, along: &gradients)
                require(
                    optimizer.state.updates == step + 1,
                    "\(O.self) made an update that its state did not count; see OptimizerState.update.")
                trainingLoss.add(loss, weight: training.weight(of: indices))
            }
            let step = optimizer.state.updates
            let validationLoss = validation.map { evaluate(&model, on: $0, &batch) }
            if let loss = validationLoss, !loss.isFinite {
                throw TrainingError.notFinite(
                    loss: loss, part: "validation", epoch: epoch, step: step, history: history)
            }
            // Read before the residual is measured, whose pass over the data would replace the model's own
            // contributions.
            let contributions = optimizer.contributions(at: model.parameters) + model.contributions
            let residual =
                stationarityTolerance == nil
                ? nil
                : stationarityResidual(
                    of: &model, at: step - 1, on: training, with: optimizer, &batch, &gradients)
            let record = EpochRecord(
                epoch: epoch, learningRate: optimizer.learningRate, trainingLoss: trainingLoss.value,
                validationLoss: validationLoss, contributions: contributions, stationarityResidual: residual,
                seconds: progress.seconds)
            history.epochs.append(record)
            for warning in lostLayers.warnings(at: model.parameters, optimizer, epoch: epoch) {
                history.warnings.append(warning)
                progress.warn(warning)
            }
            progress.show(record)
            let scheduleEnd = scheduleEnd(of: model, optimizer)
            let isOver = best.observe(
                validationLoss, epoch: epoch, hasFinalStrengths: step > scheduleEnd, at: model.parameters)
            history.bestEpoch = best.epoch
            if try onEpoch(record, &model, &optimizer) == .stop || isOver { break }
            require(
                gradients.layout === model.parameters.layout
                    || gradients.layout.tensors == model.parameters.layout.tensors,
                "The callback changed the shapes of the parameters; train the new model in a call of its own."
            )
            if self.scheduleEnd(of: model, optimizer) != scheduleEnd {
                // The callback attached penalties with schedules.
                best.schedulesBegin()
                history.bestEpoch = best.epoch
                try checkSchedules(of: model, optimizer, lastStep: lastStep)
            }
            if let residual, let stationarityTolerance, residual <= stationarityTolerance { break }
        }
        return history
    }

    /// The first step from which on every strength stays constant.
    private func scheduleEnd(of model: some Model, _ optimizer: some Optimizer) -> Int {
        max(model.scheduleEnd, optimizer.attachedPlan?.scheduleEnd ?? 0)
    }

    /// Throws if early stopping waits for schedules that end after the last step, since it would look at no epoch.
    private func checkSchedules(
        of model: some Model, _ optimizer: some Optimizer, lastStep: Int
    ) throws(TrainingError) {
        let scheduleEnd = scheduleEnd(of: model, optimizer)
        if earlyStopping?.candidates == .afterSchedules, scheduleEnd > lastStep {
            throw .earlyStoppingBeforeSchedules(end: scheduleEnd, lastStep: lastStep)
        }
    }

    private func check<D: Dataset>(_ training: D, _ validation: D?) throws(TrainingError) {
        guard epochs >= 1 else { throw .notPositive(what: "number of epochs", value: epochs) }
        guard batchSize >= 1 else { throw .notPositive(what: "batch size", value: batchSize) }
        guard training.count > 0 else { throw .noSamples(part: "training") }
        if let validation, validation.count == 0 { throw .noSamples(part: "validation") }
        if earlyStopping != nil, validation == nil { throw .earlyStoppingWithoutValidation }
        if let tolerance = stationarityTolerance, !(tolerance >= 0) {
            throw .stationarityTolerance(value: tolerance)
        }
    }

    /// Lets the model check all samples, in batches, before the first step.
    private func checkBatches<M: Model, D: Dataset>(of data: D, with model: M) throws
    where D.Batch == M.Batch {
        for indices in batches(of: Array(0..<data.count)) { try model.check(data.batch(at: indices)) }
    }

    /// The indices in batches, of which the last may be smaller.
    private func batches(of indices: [Int]) -> some Sequence<ArraySlice<Int>> {
        stride(from: 0, to: indices.count, by: batchSize).lazy.map { start in
            indices[start..<min(start + batchSize, indices.count)]
        }
    }

    /// Replaces the order of the samples by that of an epoch, which does not depend on the order before.
    private func shuffle(_ order: inout [Int], forEpoch epoch: Int) {
        for index in order.indices { order[index] = index }
        var generator = SeededGenerator(seed: SeededGenerator.number(epoch, seed: seed))
        order.shuffle(using: &generator)
    }

    /// Sets the learning rate of a step, if there is a schedule; throws unless it is finite and not negative.
    private func setRate(of optimizer: inout some Optimizer, at step: Int) throws(TrainingError) {
        let rate = learningRate?.value(at: step) ?? Double(optimizer.learningRate)
        guard rate >= 0 && Float(rate) < .infinity else { throw .learningRate(value: rate, step: step) }
        if learningRate != nil { optimizer.learningRate = Float(rate) }
    }

    /// The mean data loss over all samples in evaluation mode.
    private func evaluate<M: Model, D: Dataset>(_ model: inout M, on data: D, _ batch: inout D.Batch)
        -> Double
    where D.Batch == M.Batch {
        var mean = BatchMean()
        for indices in batches(of: Array(0..<data.count)) {
            data.fill(&batch, at: indices)
            mean.add(model.loss(on: batch), weight: data.weight(of: indices))
        }
        return mean.value
    }

    /// The norm of the stationarity residual of data loss and penalties over all samples; leaves the parameters
    /// unchanged.
    ///
    /// The gradients are those of training mode at one step, at which all samples are one batch; they are computed in
    /// parts of the batch size.
    private func stationarityResidual<M: Model, D: Dataset>(
        of model: inout M, at step: Int, on data: D, with optimizer: some Optimizer, _ batch: inout D.Batch,
        _ gradients: inout Gradients
    ) -> Double where D.Batch == M.Batch {
        var total = Gradients(like: model.parameters)
        let parts = batches(of: Array(0..<data.count))
        let weight = parts.reduce(0) { $0 + data.weight(of: $1) }
        for indices in parts {
            data.fill(&batch, at: indices)
            let position = BatchPosition(step: step, firstSample: indices.startIndex)
            _ = model.loss(on: batch, at: position, gradients: &gradients)
            let share = Float(data.weight(of: indices) / weight)
            let elements = gradients.elements
            var sums = total.mutableElements
            for index in elements.indices { sums[index] += share * elements[index] }
        }
        return optimizer.stationarityResidual(at: model.parameters, gradients: total).total
    }
}
