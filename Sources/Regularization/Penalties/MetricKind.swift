/// What a plan must know of an optimizer's metric, which stays the same when the learning rate changes.
enum MetricKind: Sendable {
    /// The learning rate for every weight: the Euclidean metric and the optimizer's are one.
    case learningRate
    /// One step size for every weight, other than the learning rate.
    case scalar
    /// A step size for each weight.
    case diagonal
    /// None.
    case undefined
}

extension Optimizer {
    /// Asked at the learning rate 1, since at 0 every step size is 0.
    var metricKind: MetricKind {
        switch metric.value {
        case .diagonal: return .diagonal
        case .undefined: return .undefined
        case .scalar:
            var optimizer = self
            optimizer.learningRate = 1
            return optimizer.metric.value == .scalar(1) ? .learningRate : .scalar
        }
    }
}
