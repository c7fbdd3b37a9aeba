import Testing

@testable import Regularization

/// The shape of the tensors that `catalog` is for.
let catalogShape: Shape = [2, 3]

/// A regularizer of each kind; no constraint contains another, and most leave points in common.
let catalog: [any ProximalRegularizer] = [
    L1(), WeightedL1([0.5, 1, 0, 2, 0.25, 1.5]), SquaredL2(),
    SquaredDistance(to: [1, -1, 0.5, 0, 2, -0.5]),
    Huber(delta: 0.5), LogCosh(), L0(), LHalf(), LogSum(epsilon: 0.5),
    MCP(threshold: 0.8, concavity: 1.5),
    SCAD(threshold: 0.6, concavity: 2.5), Nonnegative(), Box(-0.4...0.4), Box(-0.35...0.65),
    GroupLasso(.rows), GroupLasso(.columns), GroupLasso(.whole), GroupLasso(.rows, weighting: .none),
    GroupMCP(.rows, threshold: 0.8, concavity: 1.5), GroupSCAD(.columns, threshold: 0.6, concavity: 2.5),
    GroupLInfinity(.rows), GroupLInfinity(.whole),
    NestedGroupLasso(GroupLasso(.rows), GroupLasso(.whole)),
    TotalVariation(along: .rows), TotalVariation(along: .columns),
    SortedL1(factors: [1, 0.8, 0.8, 0.5, 0.2, 0]), NuclearNorm(), SpectralNorm(), Orthogonality(),
    L2Ball(.rows, radius: 0.6), L2Sphere(.columns, radius: 0.45), L1Ball(.rows, radius: 0.75),
    L1Ball(.whole, radius: 1.4), Simplex(.rows, total: 0.8), L0Ball(.rows, count: 2),
    L0Ball(.whole, count: 3), GroupL0Ball(.columns, count: 2), RankBall(rank: 1), Stiefel(),
]

/// Regularizers of one tensor in the order in which they are written, and the metric.
struct Combination: Sendable, CustomTestStringConvertible {
    var parts: [any ProximalRegularizer]
    let isDiagonal: Bool

    var names: String { parts.map(\.name).joined(separator: " + ") }
    var testDescription: String { names + (isDiagonal ? ", diagonal" : "") }

    /// Whether each part has a proximal point in the metric.
    var isKnown: Bool { !isDiagonal || parts.allSatisfy(\.hasMetric) }

    func plan() -> Result<ProximalPlan, CompositionRefusal> {
        ProximalPlan.combining(
            parts.flatMap { $0.summands() }.map { ProximalPlan.Candidate(summand: $0, source: 0) },
            in: isDiagonal ? .diagonal : .euclidean)
    }

    func problem(seed: UInt64) -> CompositionProblem {
        CompositionProblem(catalogShape, parts, seed: seed, isDiagonal: isDiagonal)
    }
}

extension CompositionProblem {
    /// The point to which a plan moves the weights.
    func point(of plan: ProximalPlan) -> [Float] {
        let scales = scales
        var point = weights
        var view = MutableWeights(shape: shape, point.mutableSpan)
        plan.apply(
            to: &view,
            scales: isDiagonal
                ? Scales(scales.span, factor: 1) : Scales(uniform: scales[0], count: scales.count))
        return point
    }
}

extension ProximalRegularizer {
    fileprivate var hasMetric: Bool {
        guard let metric = self as? any MetricProximalRegularizer else { return false }
        return metric.metricRefusal == nil
    }
}
