import Regularization

/// Mini-batch training of any `Model` with any `Optimizer`.
///
///     var optimizer = try Adam(learningRate: 1e-3).regularized(
///         by: [.proximalStep(L1(), strength: 3e-4)], over: network.parameters)
///     let history = try Trainer(epochs: 100, batchSize: 32).fit(
///         &network, to: training, validation: validation, with: &optimizer)
///
/// The same seed gives the same bits. On a terminal a line shows the progress. A number that becomes NaN or infinite
/// ends the training, with an error that says which one it is and in which step; with snapshots it leaves the model as
/// it was before that step.
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
    /// The rule that goes on after a number became NaN or infinite; nil throws `TrainingError.notFinite`.
    public var recovery: Recovery?
    /// The copies of the parameters and the optimizer that are kept in order to go back.
    public var snapshots: Snapshots
    /// Whether a line on standard error shows the progress, if that is a terminal.
    public var showsProgress: Bool

    /// The copies of the parameters and the optimizer that are kept during training.
    public enum Snapshots: Sendable, Hashable {
        /// The copy from the start of an epoch; a failed step is found again from there, and undone.
        ///
        /// Without a function that is called after each epoch, a copy serves at least 64 steps, so that epochs of few
        /// steps share one. It takes the memory of the parameters and the optimizer's buffers once more.
        case everyEpoch
        /// None: a failed update stays in the parameters, and which part of it failed is not known.
        case none
    }

    /// Makes a trainer; its numbers are checked when training begins.
    public init(
        epochs: Int, batchSize: Int, seed: UInt64 = 0, learningRate: Schedule? = nil,
        earlyStopping: EarlyStopping? = nil, stationarityTolerance: Double? = nil, recovery: Recovery? = nil,
        snapshots: Snapshots = .everyEpoch, showsProgress: Bool = true
    ) {
        self.epochs = epochs
        self.batchSize = batchSize
        self.seed = seed
        self.learningRate = learningRate
        self.earlyStopping = earlyStopping
        self.stationarityTolerance = stationarityTolerance
        self.recovery = recovery
        self.snapshots = snapshots
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
    /// An optimizer that does not count its updates traps.
    ///
    /// - Throws: `TrainingError`, and the errors of the model's `check` for the data, before the first step.
    public func fit<M: Model, D: Dataset>(
        _ model: inout M, to training: D, validation: D? = nil, with optimizer: inout some Optimizer
    ) throws -> History where D.Batch == M.Batch {
        try fit(&model, to: training, validation: validation, with: &optimizer, hasCallback: false) {
            _, _, _ in
            .proceed
        }
    }

    /// Trains a model in place, and calls a function after each epoch with its record, the model and the optimizer.
    ///
    /// The function may change both. It may attach penalties, but not change the shapes of the parameters, which traps.
    ///
    /// - Throws: what `fit` without a function throws, and the errors of the function.
    public func fit<M: Model, D: Dataset, O: Optimizer>(
        _ model: inout M, to training: D, validation: D? = nil, with optimizer: inout O,
        onEpoch: (EpochRecord, inout M, inout O) throws -> Decision
    ) throws -> History where D.Batch == M.Batch {
        try fit(
            &model, to: training, validation: validation, with: &optimizer, hasCallback: true, onEpoch)
    }

    private func fit<M: Model, D: Dataset, O: Optimizer>(
        _ model: inout M, to training: D, validation: D?, with optimizer: inout O, hasCallback: Bool,
        _ onEpoch: (EpochRecord, inout M, inout O) throws -> Decision
    ) throws -> History where D.Batch == M.Batch {
        try check(training, validation)
        try check(model.parameters, optimizer)
        try checkBatches(of: training, "training", with: model)
        if let validation { try checkBatches(of: validation, "validation", with: model) }

        var steps = EpochSteps(of: training, by: self, for: model.parameters)
        let epochsDone = (optimizer.state.updates + steps.count - 1) / steps.count
        // With a number of epochs such as `.max`, step numbers must not overflow.
        let epochs = min(epochs, Int.max / 2 / steps.count - epochsDone)
        let lastStep = optimizer.state.updates + epochs * steps.count - 1
        try checkSchedules(of: model, optimizer, lastStep: lastStep)
        var history = History()
        var best = BestEpoch(by: earlyStopping)
        var lostLayers = LostLayers(before: model.parameters, optimizer.attachedPlan)
        var progress = ProgressLine(of: epochs, after: epochsDone, isWanted: showsProgress)
        defer {
            progress.finish()
            if let parameters = best.parameters { model.parameters = parameters }
        }
        var snapshot: Snapshot<O>?
        let lastEpoch = epochsDone + epochs
        var epoch = epochsDone + 1
        while epoch <= lastEpoch {
            if snapshots == .everyEpoch, hasCallback || snapshot?.isOld(at: optimizer.state.updates) ?? true {
                snapshot = Snapshot(epoch: epoch, parameters: model.parameters, optimizer: optimizer)
            }
            let record: EpochRecord
            do {
                record = try steps.record(
                    epoch, of: &model, with: &optimizer, validation: validation,
                    tolerance: stationarityTolerance,
                    since: progress)
                let isMeasured = earlyStopping != nil || stationarityTolerance != nil
                if hasCallback || isMeasured || epoch == lastEpoch
                    || snapshot?.isOld(at: optimizer.state.updates) ?? true
                {
                    try steps.checkAll(of: model, optimizer)
                }
            } catch let first as FailedStep {
                let failure = try steps.undo(first, of: &model, with: &optimizer, to: snapshot)
                let number = failure.number
                // A buffer may have failed in an epoch before, which is found once for several.
                if first.isUpdated || failure.step != first.step, let snapshot {
                    epoch = steps.epoch(of: failure.step, from: snapshot)
                }
                history.epochs.removeAll { $0.epoch >= epoch }
                guard let recovery, let start = snapshot, history.recoveries.count < recovery.limit else {
                    throw TrainingError.notFinite(
                        number, epoch: epoch, step: failure.step,
                        heldStep: best.step ?? (failure.isUpdated ? nil : failure.step), history: history)
                }
                try steps.goBack(to: epoch, from: start, &model, &optimizer)
                snapshot = nil
                steps.lowerRate(of: &optimizer, by: recovery.factor)
                history.recoveries.append(
                    RecoveryRecord(
                        epoch: epoch, step: failure.step, reason: number.description, factor: recovery.factor)
                )
                progress.warn(
                    "\(number) Epoch \(epoch) begins again, with the learning rate times \(recovery.factor).")
                continue
            }
            history.epochs.append(record)
            for warning in lostLayers.warnings(at: model.parameters, optimizer, epoch: epoch) {
                history.warnings.append(warning)
                progress.warn(warning)
            }
            progress.show(record)
            let scheduleEnd = scheduleEnd(of: model, optimizer)
            let step = optimizer.state.updates
            let isOver = best.observe(
                record.validationLoss, epoch: epoch, step: step, hasFinalStrengths: step > scheduleEnd,
                at: model.parameters)
            history.bestEpoch = best.epoch
            if try onEpoch(record, &model, &optimizer) == .stop || isOver { break }
            require(
                steps.layout === model.parameters.layout
                    || steps.layout.tensors == model.parameters.layout.tensors,
                "The callback changed the shapes of the parameters; train the new model in a call of its own."
            )
            if self.scheduleEnd(of: model, optimizer) != scheduleEnd {
                // The callback attached penalties with schedules.
                best.schedulesBegin()
                history.bestEpoch = best.epoch
                try checkSchedules(of: model, optimizer, lastStep: lastStep)
            }
            if let residual = record.stationarityResidual, let stationarityTolerance,
                residual <= stationarityTolerance
            {
                break
            }
            epoch += 1
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
}

/// The parameters of a model and its optimizer at the start of an epoch.
struct Snapshot<O: Optimizer> {
    /// The number of the epoch.
    let epoch: Int
    let parameters: Parameters
    let optimizer: O

    /// The number of updates made before.
    var step: Int { optimizer.state.updates }

    /// Whether so many updates have been made since that another copy is worth its time.
    ///
    /// Epochs of few steps share one. A function that may change the model between epochs cannot be called again, so
    /// that epochs with such a function do not.
    func isOld(at updates: Int) -> Bool { updates - step >= 64 }

    /// Brings a model and an optimizer back to the start of the epoch.
    func restore(_ model: inout some Model, _ optimizer: inout O) {
        model.parameters = parameters
        optimizer = self.optimizer
    }
}
