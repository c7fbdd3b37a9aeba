/// Training that cannot begin or go on.
public enum TrainingError: Error, Sendable, CustomStringConvertible {
    /// There are no samples in the training or validation part.
    case noSamples(part: String)
    /// The number of epochs or the batch size is no positive number.
    case notPositive(what: String, value: Int)
    /// Early stopping is asked for without a validation part.
    case earlyStoppingWithoutValidation
    /// The strengths of penalties change until after the last step, so that early stopping would look at no epoch.
    case earlyStoppingBeforeSchedules(end: Int, lastStep: Int)
    /// The residual at which training stops is no number of 0 or more.
    case stationarityTolerance(value: Double)
    /// A schedule gave, or the optimizer has, a learning rate that is no finite number of 0 or more.
    case learningRate(value: Double, step: Int)
    /// The loss of the training or validation part became NaN or infinite; the records are those of the
    /// epochs before.
    case notFinite(loss: Double, part: String, epoch: Int, step: Int, history: History)

    /// What is wrong, where, and what to do.
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
