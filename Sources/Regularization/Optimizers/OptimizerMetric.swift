/// The type of an optimizer's metric: `ScalarMetric`, `DiagonalMetric` or `UndefinedMetric`.
///
/// There are three types instead of one enumeration, so that the compiler asks for `writeStepSizes` where the metric
/// is diagonal, and only there.
public protocol OptimizerMetric: Sendable {
    /// The metric as a value of one type, for code that handles every optimizer.
    var value: Metric { get }
}

/// A metric with one step size for all weights.
public struct ScalarMetric: OptimizerMetric {
    /// The distance by which a gradient of 1 moves a weight.
    public let stepSize: Float

    /// Makes a metric with this step size; traps if it is negative or not finite.
    public init(_ stepSize: Float) {
        self.stepSize = trapping(try ArgumentError.nonnegative(stepSize, "step size", of: Self.self))
    }

    /// `.scalar` with the step size.
    public var value: Metric { .scalar(stepSize) }
}

/// A metric with one step size for each weight, which `Optimizer.writeStepSizes(of:to:)` writes.
public struct DiagonalMetric: OptimizerMetric {
    /// Makes the metric.
    public init() {}

    /// `.diagonal`.
    public var value: Metric { .diagonal }
}

/// The statement that an optimizer has no metric: a proximal step under it has to ask for `metric: .euclidean`.
public struct UndefinedMetric: OptimizerMetric {
    /// Makes the statement.
    public init() {}

    /// `.undefined`.
    public var value: Metric { .undefined }
}
