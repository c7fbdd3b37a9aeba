import Regularization

extension EpochSteps {
    /// Makes the steps of an epoch and measures what they lead to; nil if the task is cancelled before its last step.
    ///
    /// - Throws: `FailedStep` if a number is not finite; `TrainingError` for a learning rate that makes no sense.
    mutating func record<M: Model>(
        _ epoch: Int, of model: inout M, with optimizer: inout some Optimizer, validation: D?,
        tolerance: Double?, _ sparsity: Sparsity, since start: ProgressLine
    ) throws -> EpochRecord? where M.Batch == D.Batch {
        guard let trainingLoss = try run(epoch, of: &model, with: &optimizer, endsWhenCancelled: true) else {
            return nil
        }
        let step = optimizer.state.updates
        let validationLoss = try validation.map { try evaluate(&model, on: $0, at: step) }
        // Read before the residual is measured, whose pass over the data would replace the model's own contributions.
        let contributions = optimizer.contributions(at: model.parameters) + model.contributions
        if let number = contributions.firstNonfinite { throw FailedStep(step: step, number: number) }
        let residual =
            tolerance == nil ? nil : try stationarityResidual(of: &model, at: step - 1, with: optimizer)
        return EpochRecord(
            epoch: epoch, learningRate: optimizer.learningRate, trainingLoss: trainingLoss,
            validationLoss: validationLoss, contributions: contributions, stationarityResidual: residual,
            exactZeroShare: sparsity.exactZeroShare(of: model.parameters),
            unitsAlive: sparsity.unitsAlive(in: model.parameters), seconds: start.seconds)
    }

    /// The mean data loss over all samples in evaluation mode; throws `FailedStep` if it is not finite.
    private mutating func evaluate<M: Model>(_ model: inout M, on data: D, at step: Int) throws -> Double
    where M.Batch == D.Batch {
        var mean = BatchMean()
        for indices in Array(0..<data.count).batches(of: batchSize) {
            data.fill(&batch, at: indices)
            let loss = model.loss(on: batch)
            if !loss.isFinite {
                let outputs = model.nonfiniteOutputs(on: batch, at: nil)
                let origin = outputs.map { NonfiniteNumber.Origin.outputs($0) } ?? .loss(of: "validation")
                throw FailedStep(step: step, number: NonfiniteNumber(origin, value: loss))
            }
            mean.add(loss, weight: data.weight(of: indices))
        }
        return mean.value
    }

    /// The norm of the stationarity residual of data loss and penalties over all samples; leaves the parameters
    /// unchanged.
    ///
    /// The gradients are those of training mode at one step, at which all samples are one batch; they are computed in
    /// parts of the batch size.
    private mutating func stationarityResidual<M: Model>(
        of model: inout M, at step: Int, with optimizer: some Optimizer
    ) throws(FailedStep) -> Double where M.Batch == D.Batch {
        var total = Gradients(like: model.parameters)
        let parts = Array(0..<data.count).batches(of: batchSize)
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
        if let found = total.firstNonfinite {
            let number = NonfiniteNumber(.gradient(of: found.name), value: found.value)
            throw FailedStep(step: step + 1, number: number)
        }
        return optimizer.stationarityResidual(at: model.parameters, gradients: total).total
    }
}
