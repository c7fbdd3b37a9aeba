/// The constraint that each group has a given L2 norm, 1 unless another is given.
///
///     R(w) = 0 if ‖w_g‖₂ = r for every group g, else ∞
///
/// - Shape: one that the groups divide.
/// - Gradient: not offered; use it as a proximal step.
/// - Proximal point: the projection, whatever the scale: r·w/‖w‖; for a group of zeros, where every point of
///   the sphere is as near, r in the first element.
/// - Metric: diagonal; the global minimizer wᵢ/(1 + tᵢc), by Newton's method on the secular equation. Where all
///   elements with the largest scale are 0, there may be several minimizers, of which the one is taken that makes the
///   first of these elements positive. Where a group has to move, a scale below 1e-9 of the group's largest counts as
///   1e-9 of it.
/// - Composition: a sum over its groups, and the same for every order of a group's elements; not convex.
/// - Edge cases: the value is 0 within 1e-5 of r, for rounding; NaN in a group makes the group NaN; a group
///   with an infinite element stays as it is; an empty group, which has no such norm, has value 0 and stays.
/// - Complexity: O(n); in a diagonal metric about six passes over the groups that move. Without memory on the heap.
/// - Source: Moré, Sorensen, "Computing a trust region step", 1983, for the metric.
public struct L2Sphere: MetricProximalRegularizer, Hashable, Codable {
    /// The division of the elements into groups.
    public let groups: Groups
    /// The norm r of each group.
    public let radius: Double

    /// Makes the constraint; traps unless the radius is positive and at most the largest Float.
    public init(_ groups: Groups, radius: Double = 1) { self = trapping(try Self(checking: groups, radius)) }

    /// Reads `groups` and, where it is given, `radius`; throws a `DecodingError` if the radius is out of range.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self = try values.checked(Self(checking: values.decode(.groups), values.decode(.radius, default: 1)))
    }

    private init(checking groups: Groups, _ radius: Double) throws(ArgumentError) {
        self.groups = try groups.checked()
        guard Constraint.isBound(radius) && radius > 0 else {
            throw ArgumentError(
                "The radius of a sphere is positive, from 1.4e-45 to 3.4e38, not \(radius).", at: "radius")
        }
        self.radius = radius
    }

    /// `L2Sphere(columns, radius 1.0)`.
    public var name: String { "L2Sphere(\(groups), radius \(radius))" }

    /// `.grouped` by its groups, not `.radial`: R is no nondecreasing function of the norms, since it is infinite below
    /// r.
    public var structure: Structure { .grouped(groups) }

    /// The same for every order of a group's elements and for all groups of one size.
    public var properties: CompositionProperties { [.permutationInvariant, .groupsAlike] }

    /// Accepts the shapes that the groups divide.
    public func check(_ shape: Shape) throws { try groups.check(shape) }

    /// 0 where the constraint holds, else infinite; NaN where an element of a group is NaN.
    public func value(at weights: Weights) -> Double {
        weights.sum(over: groups) { group in
            group.size == 0 ? 0 : Constraint.value(weights.norm(of: group), equalTo: radius)
        }
    }

    /// Projects every group; traps if the counts of weights and scales differ.
    public func applyProx(to weights: inout MutableWeights, scales: Scales) {
        require(weights.count == scales.count, "The weights and the scales differ in count.")
        if scales.uniform != nil {
            return weights.forEach(of: groups) { group, weights in
                guard isOutside(group, &weights) else { return }
                _ = weights.projectOntoSphere(group, radius: radius) { _ in 1 }
            }
        }
        weights.forEach(of: groups) { group, weights in _ = move(group, of: &weights, scales: scales) }
    }

    /// Whether a group has to move, unless an element is infinite; if it contains NaN, makes all of it NaN and returns
    /// false.
    private func isOutside(_ group: Group, _ weights: inout MutableWeights) -> Bool {
        if group.size == 0 { return false }
        let norm = weights.readOnly.norm(of: group)
        if norm.isNaN {
            weights.fill(group, with: .nan)
            return false
        }
        return norm < .infinity && !Constraint.isRounded(norm, equalTo: radius)
    }
}

extension L2Sphere: NewtonRegularizer {
    package func move(_ group: Group, of weights: inout MutableWeights, scales: Scales) -> Int {
        guard isOutside(group, &weights) else { return 0 }
        let scales = ProjectionScales(scales, group)
        return weights.projectOntoSphere(group, radius: radius) { scales[$0] }
    }
}
