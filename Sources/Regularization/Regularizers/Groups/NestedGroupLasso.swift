/// Group lassos on nested groups: a tree, in which a group can be zero while those around it are not.
///
///     R(w) = Σ_l Σ_g ω_{l,g} ‖w_g‖₂        over the groups g of every level l
///
///     NestedGroupLasso(GroupLasso(.blocks(rows: 1, columns: 2)), GroupLasso(.rows), GroupLasso(.whole))
///
/// - Shape: one that the groups of every level divide.
/// - Gradient: the sum of the gradients of the levels.
/// - Proximal point: that of the finest level first, then of each coarser one.
/// - Metric: Euclidean, in which that order is exact. In a diagonal metric it is not; there `.iterative(tolerance:)`
///   finds the proximal point, also of a sum with other regularizers.
/// - Composition: that of its levels, each a group lasso of its own.
/// - Edge cases: as for `GroupLasso`.
/// - Complexity: O(n) for each level.
/// - Source: Jenatton, Mairal, Obozinski, Bach, "Proximal Methods for Hierarchical Sparse Coding", 2011.
public struct NestedGroupLasso: CompositeRegularizer, DifferentiableRegularizer, MetricProximalRegularizer {
    /// The levels of the tree, from fine to coarse.
    public let levels: [GroupLasso]
    private let plans: SumPlans

    /// Makes the regularizer of levels from fine to coarse; traps if there is none, or if a group lies neither
    /// within one of a later level nor outside of all.
    public init(_ levels: GroupLasso...) { self.init(levels) }

    /// Makes the regularizer of levels from fine to coarse; traps if there is none, or if a group lies neither
    /// within one of a later level nor outside of all.
    public init(_ levels: [GroupLasso]) { self = trapping(try Self(checking: levels)) }

    private init(checking levels: [GroupLasso]) throws(ArgumentError) {
        if levels.isEmpty { throw ArgumentError("A nested group lasso needs a level.", at: "levels") }
        for (index, coarse) in levels.enumerated() {
            for fine in levels[..<index] where !fine.groups.refines(coarse.groups) {
                throw ArgumentError(
                    """
                    Nested levels go from fine to coarse, but groups by \(fine.groups) do not lie within \
                    \(coarse.groups).
                    """, at: "levels")
            }
        }
        self.levels = levels
        plans = SumPlans(of: levels.map { Summand(regularizer: $0, factor: 1) })
    }

    var summands: [Summand] { levels.map { Summand(regularizer: $0, factor: 1) } }

    /// The name with the groups of the levels from fine to coarse, as `NestedGroupLasso(rows in whole)`.
    public var name: String {
        "NestedGroupLasso(\(levels.map(\.groups.description).joined(separator: " in ")))"
    }

    /// Convex and positively homogeneous, monotone in magnitudes.
    public var properties: CompositionProperties { [.convex, .positivelyHomogeneous, .monotoneInMagnitudes] }

    /// `.grouped` by the coarsest groups, of which it is a sum.
    public var structure: Structure { levels.last.map { .grouped($0.groups) } ?? .unknown }

    /// Accepts the shapes that all levels accept.
    public func check(_ shape: Shape) throws {
        for level in levels { try level.check(shape) }
    }

    /// The sum of the values of the levels.
    public func value(at weights: Weights) -> Double { levels.reduce(0) { $0 + $1.value(at: weights) } }

    /// Adds the gradients of the levels.
    public func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        for level in levels { level.addGradient(at: weights, scale: scale, to: &gradient) }
    }

    /// Nil: in the Euclidean metric the proximal points of the levels compose, the finer ones first.
    public var refusal: String? { plans.refusal }

    /// The reason why the levels have no proven composition in a diagonal metric; nil if there is one level.
    public var metricRefusal: String? { plans.metricRefusal }

    /// Moves the weights to the proximal points of the levels, from fine to coarse.
    ///
    /// Traps in a diagonal metric, with the reason, if `metricRefusal` is not nil.
    public func applyProx(to weights: inout MutableWeights, scales: Scales) {
        plans.apply(to: &weights, scales: scales, name)
    }
}

extension NestedGroupLasso: Codable {
    private enum CodingKeys: CodingKey {
        case levels
    }

    /// Reads `levels`, each with the keys of a `GroupLasso`; throws a `DecodingError` unless they are nested.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self = try values.checked(Self(checking: values.decode(.levels)))
    }

    /// Writes the key that `init(from:)` reads.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(levels, forKey: .levels)
    }
}
