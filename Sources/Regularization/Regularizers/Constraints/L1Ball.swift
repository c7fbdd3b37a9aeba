/// The constraint that each group's sum of magnitudes is at most a radius, which makes small elements exactly
/// zero.
///
///     R(w) = 0 if ‖w_g‖₁ ≤ r for every group g, else ∞
///
/// - Shape: one that the groups divide.
/// - Gradient: not offered; use it as a proximal step.
/// - Proximal point: the projection, whatever the scale: w where the constraint holds, bit for bit, else
///   sign(wᵢ)·max(|wᵢ| − μ, 0) with the μ that makes the sum r.
/// - Metric: diagonal; sign(wᵢ)·max(|wᵢ| − μtᵢ, 0). Where a group has to move, a scale below 1e-9 of the group's
///   largest counts as 1e-9 of it.
/// - Composition: convex, monotone in the magnitudes, a sum over its groups, and the same for every order of
///   a group's elements.
/// - Edge cases: the value is 0 up to r(1 + 1e-5), for rounding; NaN in a group makes the group NaN; a group
///   with an infinite element stays as it is; a radius of 0 makes zeros; an empty group satisfies the constraint.
/// - Complexity: O(n) for the value; about ten passes over the groups that move. Without memory on the heap.
/// - Source: Duchi et al., "Efficient Projections onto the ℓ1-Ball for Learning in High Dimensions", 2008.
public struct L1Ball: MetricProximalRegularizer, Hashable, Codable {
    /// The division of the elements into groups.
    public let groups: Groups
    /// The largest sum r of the magnitudes of a group.
    public let radius: Double

    /// Makes the constraint; traps unless the radius is 0 or more and at most the largest Float.
    public init(_ groups: Groups = .whole, radius: Double) {
        self = trapping(try Self(checking: groups, radius))
    }

    /// Reads `radius` and, where they are given, `groups`; throws a `DecodingError` if the radius is out of range.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self = try values.checked(
            Self(checking: values.decode(.groups, default: .whole), values.decode(.radius)))
    }

    private init(checking groups: Groups, _ radius: Double) throws(ArgumentError) {
        self.groups = try groups.checked()
        self.radius = try Constraint.checked(radius: radius)
    }

    /// `L1Ball(rows, radius 2.0)`.
    public var name: String { "L1Ball(\(groups), radius \(radius))" }

    /// `.grouped` by its groups, since each of them is constrained by itself.
    public var structure: Structure { .grouped(groups) }

    /// Convex, monotone in magnitudes and the same for every order of a group's elements and for all groups of one
    /// size.
    public var properties: CompositionProperties {
        [.convex, .monotoneInMagnitudes, .permutationInvariant, .groupsAlike]
    }

    /// Flat, unless the radius is 0, which permits zero alone.
    public var kink: Kink { radius > 0 ? .flat : .unknown }

    /// Accepts the shapes that the groups divide.
    public func check(_ shape: Shape) throws { try groups.check(shape) }

    /// 0 where the constraint holds, else infinite; NaN where an element of a group is NaN.
    public func value(at weights: Weights) -> Double {
        weights.sum(over: groups) { group in
            Constraint.value(weights.sumOfMagnitudes(of: group), atMost: radius)
        }
    }

    /// Projects every group; traps if the counts of weights and scales differ.
    public func applyProx(to weights: inout MutableWeights, scales: Scales) {
        require(weights.count == scales.count, "The weights and the scales differ in count.")
        if scales.uniform != nil {
            return weights.forEach(of: groups) { group, weights in
                guard isOutside(group, &weights) else { return }
                _ = weights.projectOntoSimplex(group, total: radius, ofMagnitudes: true) { _ in 1 }
            }
        }
        weights.forEach(of: groups) { group, weights in _ = move(group, of: &weights, scales: scales) }
    }

    /// Whether a group has to move, unless an element is infinite; if it contains NaN, makes all of it NaN and returns
    /// false.
    private func isOutside(_ group: Group, _ weights: inout MutableWeights) -> Bool {
        let sum = weights.readOnly.sumOfMagnitudes(of: group)
        if sum.isNaN { weights.fill(group, with: .nan) }
        return sum > radius * Constraint.projectionTolerance && sum < .infinity
    }
}

extension L1Ball: NewtonRegularizer {
    package func move(_ group: Group, of weights: inout MutableWeights, scales: Scales) -> Int {
        guard isOutside(group, &weights) else { return 0 }
        let scales = ProjectionScales(scales, group)
        return weights.projectOntoSimplex(group, total: radius, ofMagnitudes: true) { scales[$0] }
    }
}
