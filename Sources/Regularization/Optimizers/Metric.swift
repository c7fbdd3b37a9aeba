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
