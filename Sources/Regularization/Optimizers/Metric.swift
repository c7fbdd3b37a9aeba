/// The metric of an optimizer's update: the step size of each weight, by which a gradient of 1 moves it.
public enum Metric: Sendable, Hashable, CustomStringConvertible {
    /// One step size for all weights.
    case scalar(Float)
    /// One step size for each weight, which `Optimizer.writeStepSizes(of:to:)` writes on request.
    case diagonal
    /// No step sizes, since the distance that a weight moves is no multiple of its gradient.
    case undefined

    /// `scalar` with the step size, `diagonal` or `undefined`.
    public var description: String {
        switch self {
        case .scalar(let stepSize): "scalar \(stepSize)"
        case .diagonal: "diagonal"
        case .undefined: "undefined"
        }
    }
}

/// The kind of an optimizer's metric, on which a penalty plan depends; it stays the same when the learning rate
/// changes.
enum PlanMetric: Sendable {
    /// The step size of every weight is the learning rate, so that the optimizer's metric is the Euclidean one.
    case learningRate
    /// All weights have one step size, and it is not the learning rate, as with momentum.
    case scalar
    /// Each weight has its own step size.
    case diagonal
    /// The optimizer has no step sizes.
    case undefined
}
