/// MCP of each group's norm, which zeroes whole groups and does not shrink the large ones.
///
///     R(w) = Σ_g φ(‖w_g‖₂)
///
/// with the φ of `MCP`, where λ, γ and their relation to a strength are explained.
///
/// - Shape: one that the groups divide.
/// - Gradient: φ′(‖w_g‖)·w_g/‖w_g‖, 0 where the group is 0.
/// - Proximal point: the group scaled to the proximal point of its norm under φ, see `MCP`.
/// - Metric: diagonal. Where all scales of a group are within the convex range, t ≤ γ, by one root in one
///   dimension; else the best of all stationary points, which are looked for in fine steps.
/// - Composition: not convex; radial on its groups.
/// - Edge cases: an empty group contributes nothing; NaN in a group makes the group NaN; a zero is +0.
/// - Complexity: O(n); in a metric about ten passes over a group that stays, and where its scales are partly
///   beyond the convex range about fifty, and two more for each doubling from its smallest scale to its
///   largest.
/// - Source: Breheny, Huang, "Group descent algorithms for nonconvex penalized linear and logistic regression
///   models with grouped predictors", 2015.
public struct GroupMCP: DifferentiableGroupwiseRegularizer, ProximalGroupwiseRegularizer, Hashable {
    /// How elements form groups.
    public let groups: Groups
    private let function: MinimaxConcave

    /// Makes the regularizer; traps unless λ is 0 or more, γ is positive, and both are finite.
    public init(_ groups: Groups, threshold: Double, concavity: Double) {
        self.groups = groups
        function = MinimaxConcave(threshold: threshold, concavity: concavity)
    }

    /// The slope λ at zero.
    public var threshold: Double { function.threshold }
    /// How wide γ the concave part is: φ is constant from γλ on.
    public var concavity: Double { function.concavity }

    /// `GroupMCP(columns)`, with the groups.
    public var name: String { "GroupMCP(\(groups))" }

    /// One function for all groups.
    public var properties: CompositionProperties { .groupsAlike }

    /// φ(‖w‖).
    public func value(atNorm norm: Double, of group: Group) -> Double { function.value(at: norm) }

    /// φ′(‖w‖).
    public func derivative(atNorm norm: Double, of group: Group) -> Double { function.derivative(at: norm) }

    /// The proximal point of φ.
    public func proximalNorm(of norm: Double, scale: Double, in group: Group) -> Double {
        function.proximalPoint(of: norm, scale: scale)
    }

    /// Moves every group to its proximal point.
    public func applyProx(to weights: inout MutableWeights, scales: Scales) {
        if let scale = scales.uniform { return multiplyGroups(of: &weights, scale: scale) }
        weights.applyProx(of: function, groups, scales)
    }
}

extension GroupMCP: Codable {
    private enum CodingKeys: CodingKey {
        case groups
    }

    /// Reads `groups`, `threshold` and `concavity`; throws a `DecodingError` for one that is out of range.
    public init(from decoder: any Decoder) throws {
        groups = try decoder.container(keyedBy: CodingKeys.self).decode(Groups.self, forKey: .groups)
        function = try MinimaxConcave(from: decoder)
    }

    /// Writes what `init(from:)` reads.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(groups, forKey: .groups)
        try function.encode(to: encoder)
    }
}
