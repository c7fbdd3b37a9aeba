/// The constraint that each group's L2 norm is at most a radius, known as max-norm.
///
///     R(w) = 0 if ‖w_g‖₂ ≤ r for every group g, else ∞
///
/// - Shape: one that the groups divide.
/// - Gradient: not offered; use it as a proximal step.
/// - Proximal point: the projection, whatever the scale: w where the constraint holds, bit for bit, else
///   r·w/‖w‖.
/// - Metric: diagonal; wᵢ/(1 + tᵢc) with the c that makes the norm r, by Newton's method. Where a group has to move, a
///   scale below 1e-9 of the group's largest counts as 1e-9 of it.
/// - Composition: convex, radial on its groups.
/// - Edge cases: the value is 0 up to r(1 + 1e-5), for rounding; NaN in a group makes the group NaN; a group
///   with an infinite element stays as it is; a radius of 0 makes zeros; an empty group satisfies the constraint.
/// - Complexity: O(n); in a diagonal metric about six passes over the groups that move. Without memory on the heap.
/// - Source: Srivastava et al., "Dropout", 2014, §5.1; Parikh, Boyd, "Proximal Algorithms", 2013, §6.5.1.
public struct L2Ball: ProximalGroupwiseRegularizer, Hashable, Codable {
    /// The division of the elements into groups.
    public let groups: Groups
    /// The largest norm r of a group.
    public let radius: Double

    /// Makes the constraint; traps unless the radius is 0 or more and at most the largest Float.
    public init(_ groups: Groups, radius: Double) { self = trapping(try Self(checking: groups, radius)) }

    /// Reads `groups` and `radius`; throws a `DecodingError` if the radius is out of range.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self = try values.checked(Self(checking: values.decode(.groups), values.decode(.radius)))
    }

    private init(checking groups: Groups, _ radius: Double) throws(ArgumentError) {
        self.groups = try groups.checked()
        self.radius = try Constraint.checked(radius: radius)
    }

    /// `L2Ball(columns, radius 3.0)`.
    public var name: String { "L2Ball(\(groups), radius \(radius))" }

    /// Convex, and the same for all groups.
    public var properties: CompositionProperties { [.convex, .groupsAlike] }

    /// Flat, unless the radius is 0, which permits zero alone.
    public var kink: Kink { radius > 0 ? .flat : .unknown }

    /// 0 up to the radius, else infinite; NaN at NaN.
    public func value(atNorm norm: Double, of group: Group) -> Double {
        Constraint.value(norm, atMost: radius)
    }

    /// The norm, or the radius if that is smaller.
    public func proximalNorm(of norm: Double, scale: Double, in group: Group) -> Double {
        norm.isNaN ? .nan : isOutside(norm) ? radius : norm
    }

    /// Projects every group; traps if the counts of weights and scales differ.
    public func applyProx(to weights: inout MutableWeights, scales: Scales) {
        require(weights.count == scales.count, "The weights and the scales differ in count.")
        if scales.uniform != nil { return multiplyGroups(of: &weights, scale: 1) }
        weights.forEach(of: groups) { group, weights in _ = move(group, of: &weights, scales: scales) }
    }

    private func isOutside(_ norm: Double) -> Bool {
        norm > radius * Constraint.projectionTolerance && norm < .infinity
    }
}

extension L2Ball: NewtonRegularizer {
    package func move(_ group: Group, of weights: inout MutableWeights, scales: Scales) -> Int {
        let norm = weights.readOnly.norm(of: group)
        if norm.isNaN { weights.fill(group, with: .nan) }
        guard isOutside(norm) else { return 0 }
        if radius == 0 {
            weights.fill(group, with: 0)
            return 0
        }
        let scales = ProjectionScales(scales, group)
        return weights.projectOntoSphere(group, radius: radius) { scales[$0] }
    }
}
