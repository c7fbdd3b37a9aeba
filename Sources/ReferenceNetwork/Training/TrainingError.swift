public import Regularization

/// An error because of which training cannot begin or continue.
public enum TrainingError: Error, Sendable, CustomStringConvertible {
    /// The training or validation part has no samples.
    case noSamples(part: String)
    /// The number of epochs or the batch size is less than 1.
    case notPositive(what: String, value: Int)
    /// Early stopping was requested without a validation part.
    case earlyStoppingWithoutValidation
    /// The strengths of penalties still change at the last step, so that early stopping would look at no epoch.
    case earlyStoppingBeforeSchedules(end: Int, lastStep: Int)
    /// The stationarity tolerance of the trainer is negative or NaN.
    case stationarityTolerance(value: Double)
    /// The learning rate of a step, from the schedule or the optimizer, is negative or not finite.
    case learningRate(value: Double, step: Int)
    /// A sample does not fit the model, or holds a number that is not finite.
    case data(part: String, ModelError)
    /// A parameter holds NaN or an infinity before the first step.
    case parameterNotFinite(name: String, value: Double)
    /// A buffer of the optimizer holds NaN or an infinity before the first step.
    case stateNotFinite(NonfiniteNumber)
    /// The optimizer, or its penalties, belong to other parameters than the model's.
    case otherParameters(difference: String)
    /// The units that the model states are not in its parameters.
    case units(layer: String, ViewError)
    /// The file of the log cannot be written, is something else, or has epochs of this training already.
    case log(path: String, reason: String)
    /// The optimizer's number of updates is too large to count on from.
    case tooManyUpdates(Int)
    /// A recovery was asked for, but no snapshots to go back to.
    case recoveryWithoutSnapshots
    /// A number became NaN or infinite in a step.
    ///
    /// The model has the parameters that it had after `heldStep` updates: those before the step, or those of the best
    /// epoch with early stopping. Nil if the failed update is in the parameters, since the trainer keeps no snapshots.
    /// The optimizer is as it was before the step, with snapshots. `history` has the records of the epochs before.
    case notFinite(NonfiniteNumber, epoch: Int, step: Int, heldStep: Int?, history: History)

    /// A sentence that says what is wrong, where, and what to do.
    public var description: String {
        switch self {
        case .noSamples(let part):
            "The \(part) part has no samples."
        case .notPositive(let what, let value):
            "The \(what) is \(value); it must be 1 or more."
        case .earlyStoppingWithoutValidation:
            "Early stopping needs a validation part: pass validation: to fit, for example from samples.split."
        case .earlyStoppingBeforeSchedules(let end, let lastStep):
            """
            Early stopping looks at epochs after the schedules of the strengths, which end at step \(end), but the \
            last step is \(lastStep): train longer, end the schedules sooner, or ask for candidates: .all.
            """
        case .stationarityTolerance(let value):
            "The stationarity tolerance is \(value); it must be a finite number of 0 or more."
        case .learningRate(let value, let step):
            "The learning rate is \(value) at step \(step); it must be a finite number of 0 or more."
        case .data(let part, let error):
            "The \(part) part: \(error)"
        case .parameterNotFinite(let name, let value):
            "\(name) holds \(value) before the first step; begin with finite weights, as those of a new model."
        case .stateNotFinite(let number):
            "Before the first step: \(number) Begin with a new optimizer, or with the state that was stored."
        case .otherParameters(let difference):
            """
            The optimizer belongs to another model: \(difference). Make a new one, and attach penalties by \
            regularized(by:over:), for this model.
            """
        case .units(let layer, let error):
            "The model's units of the layer \(quoted(layer)): \(error)."
        case .log(let path, let reason):
            "The log \(escapingControls(path)): \(reason)"
        case .tooManyUpdates(let updates):
            """
            The optimizer has counted \(updates) updates, from which it cannot count on; set state.updates to its \
            number.
            """
        case .recoveryWithoutSnapshots:
            "A recovery goes back to the start of an epoch, so it needs snapshots: .everyEpoch."
        case .notFinite(let number, let epoch, let step, let heldStep, _):
            "Epoch \(epoch), step \(step): \(number) "
                + (heldStep.map {
                    $0 == step
                        ? "The model is as it was before that step."
                        : "The model has the parameters after \($0) updates, those of the best epoch."
                }
                    ?? "The model has the parameters of the failed update; with snapshots: .everyEpoch it would not.")
        }
    }
}
