import Regularization

/// What a trainer checks before the first step.
extension Trainer {
    /// Throws unless the trainer's numbers make sense, and both parts have samples.
    func check<D: Dataset>(_ training: D, _ validation: D?) throws(TrainingError) {
        guard epochs >= 1 else { throw .notPositive(what: "number of epochs", value: epochs) }
        guard batchSize >= 1 else { throw .notPositive(what: "batch size", value: batchSize) }
        guard training.count > 0 else { throw .noSamples(part: "training") }
        if let validation, validation.count == 0 { throw .noSamples(part: "validation") }
        if earlyStopping != nil, validation == nil { throw .earlyStoppingWithoutValidation }
        if let tolerance = stationarityTolerance, !(tolerance >= 0 && tolerance < .infinity) {
            throw .stationarityTolerance(value: tolerance)
        }
        if recovery != nil, snapshots == .none { throw .recoveryWithoutSnapshots }
    }

    /// Throws unless the parameters are finite and those of the optimizer.
    func check(_ parameters: Parameters, _ optimizer: some Optimizer) throws(TrainingError) {
        if let difference = optimizer.attachedPlan?.difference(from: parameters.layout) {
            throw .otherParameters(difference: difference)
        }
        guard optimizer.state.updates <= Int.max / 4 else {
            throw .tooManyUpdates(optimizer.state.updates)
        }
        let count = optimizer.state.count
        if count != 0, count != parameters.count {
            throw .otherParameters(
                difference: "its buffers have \(count) numbers each for \(parameters.count) weights")
        }
        if let found = parameters.firstNonfinite {
            throw .parameterNotFinite(name: found.name, value: found.value)
        }
        if let found = optimizer.state.firstNonfinite(in: parameters.layout) {
            throw .stateNotFinite(found)
        }
    }

    /// Lets the model check all samples, in batches, before the first step.
    func checkBatches<M: Model, D: Dataset>(of data: D, _ part: String, with model: M) throws
    where D.Batch == M.Batch {
        for indices in Array(0..<data.count).batches(of: batchSize) {
            do {
                try model.check(data.batch(at: indices))
            } catch let error as ModelError {
                throw TrainingError.data(part: part, error.movingSample(by: indices.startIndex))
            }
        }
    }
}
