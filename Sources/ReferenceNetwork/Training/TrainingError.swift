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
    /// The loss of the training or validation part became NaN or infinite.
    ///
    /// `history` has the records of the epochs before.
    case notFinite(loss: Double, part: String, epoch: Int, step: Int, history: History)

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
            "The stationarity tolerance is \(value); it must be a number of 0 or more."
        case .learningRate(let value, let step):
            "The learning rate is \(value) at step \(step); it must be a finite number of 0 or more."
        case .notFinite(let loss, let part, let epoch, let step, _):
            """
            The \(part) loss is \(loss) in epoch \(epoch), step \(step): lower the learning rate, scale the features, \
            or look for values in the data that are no numbers.
            """
        }
    }
}
