/// The metric in which an optimizer steps: how far a unit of gradient moves each weight.
public enum Metric: Sendable, Hashable, CustomStringConvertible {
    /// The same step size for every weight.
    case scalar(Float)
    /// A step size for each weight, which the optimizer writes on request.
    case diagonal
    /// None: how far a weight moves is no multiple of its gradient.
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

/// What a plan must know of an optimizer's metric, which stays the same when the learning rate changes.
enum PlanMetric: Sendable {
    /// The learning rate for every weight: the Euclidean metric and the optimizer's are one.
    case learningRate
    /// One step size for every weight, other than the learning rate.
    case scalar
    /// A step size for each weight.
    case diagonal
    /// None.
    case undefined
}
