/// MCP of each group's norm, which zeroes whole groups and does not shrink the large ones.
///
///     R(w) = Σ_g φ(‖w_g‖₂)
///
/// with the φ of `MCP`, where λ, γ and their relation to a strength are explained.
///
/// - Shape: one that the groups divide.
/// - Gradient: φ′(‖w_g‖)·w_g/‖w_g‖, 0 where the group is 0.
/// - Proximal point: the group scaled to the proximal point of its norm under φ, see `MCP`.
/// - Metric: diagonal. Where all scales of a group are within the convex range, t ≤ γ, the point is found as a root of
///   a function of one number; else it is the best of all stationary points, which are searched for in fine steps.
/// - Composition: not convex; radial on its groups.
/// - Edge cases: an empty group contributes nothing; NaN in a group makes the group NaN; a group with an infinite
///   element stays as it is, with an infinite value; a zero is +0.
/// - Complexity: O(n); in a diagonal metric about ten passes over a group that stays, and where some of its scales are
///   beyond the convex range about fifty, and two more for each doubling from its smallest scale to its largest.
/// - Source: Breheny, Huang, "Group descent algorithms for nonconvex penalized linear and logistic regression
///   models with grouped predictors", 2015.
public struct GroupMCP: ConcaveGroupwiseRegularizer, Hashable, Codable {
    /// The division of the elements into groups.
    public let groups: Groups
    /// The MCP of elements that has the φ.
    public let elementwise: MCP

    /// Makes the regularizer of groups with the φ of an MCP of elements.
    public init(_ groups: Groups, _ elementwise: MCP) {
        self.groups = trapping(try groups.checked())
        self.elementwise = elementwise
    }

    /// Makes the regularizer; traps unless λ is 0 or more, γ is positive, and both are finite.
    public init(_ groups: Groups, threshold: Double, concavity: Double) {
        self.init(groups, MCP(threshold: threshold, concavity: concavity))
    }

    /// The derivative λ of φ at zero.
    public var threshold: Double { elementwise.threshold }
    /// The width γ of the concave part, in units of λ: φ is constant from γλ on.
    public var concavity: Double { elementwise.concavity }
}
