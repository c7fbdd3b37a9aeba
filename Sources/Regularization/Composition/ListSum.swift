/// A sum of regularizers whose number and types are known at run time alone, as of those that a file describes.
///
/// `Sum` has the types of its summands in its own, and types are never released. With one part the sum stands for that
/// part, and hides its type.
///
/// `Gradient` and `Point` say what all parts have, so that the sum has the same capabilities; see `sum(of:)`.
struct ListSum<Gradient, Point>: CompositeRegularizer {
    let list: SummandList

    /// Makes the sum of one or more parts.
    init(_ parts: [any Regularizer]) { list = SummandList(nil, parts) }

    var summands: [Summand] { list.plans.summands }
    var name: String { list.name }
    var structure: Structure { list.form.structure }
    var properties: CompositionProperties { list.form.properties }
    func check(_ shape: Shape) throws { try list.check(shape) }
    func value(at weights: Weights) -> Double { list.value(at: weights) }
}

/// What all parts of a `ListSum` have.
enum Capability {
    enum None {}
    enum Gradient {}
    enum Point: HasPoint {}
    enum MetricPoint: HasPoint {}
}

/// That all parts of a `ListSum` have a proximal point.
protocol HasPoint {}

extension ListSum: DifferentiableRegularizer where Gradient == Capability.Gradient {
    func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        list.addGradient(at: weights, scale: scale, to: &gradient)
    }

    func valueAddingGradient(
        at weights: Weights, scale: Float, to gradient: inout MutableWeights
    ) -> Double {
        list.valueAddingGradient(at: weights, scale: scale, to: &gradient)
    }
}

extension ListSum: ProximalRegularizer where Point: HasPoint {
    var refusal: String? { list.plans.refusal }

    func applyProx(to weights: inout MutableWeights, scale: Float) {
        list.applyProx(to: &weights, scales: Scales(uniform: scale, count: weights.count))
    }
}

extension ListSum: MetricProximalRegularizer where Point == Capability.MetricPoint {
    var metricRefusal: String? { list.plans.metricRefusal }

    func applyProx(to weights: inout MutableWeights, scales: Scales) {
        list.applyProx(to: &weights, scales: scales)
    }
}

/// The sum of one or more regularizers, with the capabilities that all of them have.
func sum(of parts: [any Regularizer]) -> any Regularizer {
    let hasGradient = parts.allSatisfy { $0 is any DifferentiableRegularizer }
    if parts.allSatisfy({ $0 is any MetricProximalRegularizer }) {
        return hasGradient
            ? ListSum<Capability.Gradient, Capability.MetricPoint>(parts)
            : ListSum<Capability.None, Capability.MetricPoint>(parts)
    }
    if parts.allSatisfy({ $0 is any ProximalRegularizer }) {
        return hasGradient
            ? ListSum<Capability.Gradient, Capability.Point>(parts)
            : ListSum<Capability.None, Capability.Point>(parts)
    }
    return hasGradient
        ? ListSum<Capability.Gradient, Capability.None>(parts)
        : ListSum<Capability.None, Capability.None>(parts)
}
