import Regularization

extension Trainer {
    /// Trains epoch after epoch, with returns after a failed step, until something ends the training.
    func fit<M: Model, D: Dataset, O: Optimizer>(
        _ model: inout M, to training: D, validation: D?, with optimizer: inout O, hasCallback: Bool,
        _ onEpoch: (EpochRecord, inout M, inout O) throws -> Decision
    ) throws -> History where D.Batch == M.Batch {
        try check(training, validation)
        try check(model.parameters, optimizer)
        try checkBatches(of: training, "training", with: model)
        if let validation { try checkBatches(of: validation, "validation", with: model) }
        let sparsity = try Sparsity(of: model)

        var steps = EpochSteps(of: training, by: self, for: model.parameters)
        let epochsDone = (optimizer.state.updates + steps.count - 1) / steps.count
        // With a number of epochs such as `.max`, step numbers must not overflow.
        let epochs = min(epochs, Int.max / 2 / steps.count - epochsDone)
        let lastStep = optimizer.state.updates + epochs * steps.count - 1
        try checkSchedules(of: model, optimizer, lastStep: lastStep)
        var best = BestEpoch(by: earlyStopping)
        var lostLayers = LostLayers(before: model.parameters, optimizer.attachedPlan)
        let log = try log.map { log throws(TrainingError) in
            try LogWriter(log, firstEpoch: epochsDone + 1, layers: sparsity.layers.map(\.name))
        }
        var records = TrainingRecords(
            ProgressLine(of: epochs, after: epochsDone, samples: training.count, isWanted: showsProgress),
            log)
        defer {
            records.progress.finish()
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
                let finished = try steps.record(
                    epoch, of: &model, with: &optimizer, validation: validation,
                    tolerance: stationarityTolerance, sparsity, since: records.progress)
                guard let finished else {
                    try steps.checkAll(of: model, optimizer)
                    records.end(.cancelled)
                    return records.history
                }
                record = finished
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
                records.takeBack(from: epoch)
                guard let recovery, let start = snapshot,
                    records.history.recoveries.count < recovery.limit
                else {
                    records.fail("\(number)", epoch: epoch)
                    throw TrainingError.notFinite(
                        number, epoch: epoch, step: failure.step,
                        heldStep: best.step ?? (failure.isUpdated ? nil : failure.step),
                        history: records.history)
                }
                try steps.goBack(to: epoch, from: start, &model, &optimizer)
                snapshot = nil
                steps.lowerRate(of: &optimizer, by: recovery.factor)
                records.add(
                    RecoveryRecord(
                        epoch: epoch, step: failure.step, reason: number.description, factor: recovery.factor)
                )
                continue
            }
            records.add(
                record, warnings: lostLayers.warnings(at: model.parameters, optimizer, epoch: epoch))
            let scheduleEnd = scheduleEnd(of: model, optimizer)
            let step = optimizer.state.updates
            let isOver = best.observe(
                record.validationLoss, epoch: epoch, step: step, hasFinalStrengths: step > scheduleEnd,
                at: model.parameters)
            records.setBest(best.epoch)
            let decision = try onEpoch(record, &model, &optimizer)
            if isOver || decision == .stop {
                records.end(isOver ? .earlyStopping : .callback)
                return records.history
            }
            require(
                steps.layout === model.parameters.layout
                    || steps.layout.tensors == model.parameters.layout.tensors,
                "The callback changed the shapes of the parameters; train the new model in a call of its own."
            )
            if self.scheduleEnd(of: model, optimizer) != scheduleEnd {
                // The callback attached penalties with schedules.
                best.schedulesBegin()
                records.setBest(best.epoch)
                try checkSchedules(of: model, optimizer, lastStep: lastStep)
            }
            if let residual = record.stationarityResidual, let stationarityTolerance,
                residual <= stationarityTolerance
            {
                records.end(.stationarity)
                return records.history
            }
            epoch += 1
        }
        records.end(.epochs)
        return records.history
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
