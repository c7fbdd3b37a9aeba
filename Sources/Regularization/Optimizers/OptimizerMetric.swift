/// What an optimizer says about its metric: `ScalarMetric`, `DiagonalMetric` or `UndefinedMetric`.
///
/// Three types, so that the compiler asks for step sizes where the metric is diagonal, and only there.
public protocol OptimizerMetric: Sendable {
    /// The metric as a value.
    var value: Metric { get }
}

/// One step size for all weights.
public struct ScalarMetric: OptimizerMetric {
    /// How far a gradient of 1 moves a weight.
    public let stepSize: Float

    /// Makes the metric of a step size.
    public init(_ stepSize: Float) { self.stepSize = stepSize }

    /// Scalar.
    public var value: Metric { .scalar(stepSize) }
}

/// A step size for each weight, which `writeStepSizes` writes.
public struct DiagonalMetric: OptimizerMetric {
    /// Makes the metric.
    public init() {}

    /// Diagonal.
    public var value: Metric { .diagonal }
}

/// No metric: proximal steps under such an optimizer have to say `metric: .euclidean`.
public struct UndefinedMetric: OptimizerMetric {
    /// Makes the statement.
    public init() {}

    /// Undefined.
    public var value: Metric { .undefined }
}
