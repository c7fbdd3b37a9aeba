/// The kind of an optimizer's metric, on which a penalty plan depends; it stays the same when the learning rate
/// changes.
enum PlanMetric: Sendable {
    /// The step size of every weight is the learning rate, so that the optimizer's metric is the Euclidean one.
    case euclidean
    /// All weights have one step size, and it is not the learning rate, as with momentum.
    case scalar
    /// Each weight has its own step size.
    case diagonal
    /// The optimizer has no step sizes.
    case undefined
}
