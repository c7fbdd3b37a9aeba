/// The constraint that each group's elements are nonnegative and have a given sum: shares of a total, or probabilities.
///
///     R(w) = 0 if wᵢ ≥ 0 and Σ_{i ∈ g} wᵢ = total for every group g, else ∞
///
/// - Shape: one that the groups divide.
/// - Gradient: not offered; use it as a proximal step.
/// - Proximal point: the projection, whatever the scale: max(wᵢ − μ, 0) with the μ for which the sum is the total.
/// - Metric: diagonal; max(wᵢ − μtᵢ, 0). Where a group has to move, a scale below 1e-9 of the group's largest counts as
///   1e-9 of it.
/// - Composition: convex, a sum over its groups, and the same for every order of a group's elements.
/// - Edge cases: the value is 0 within 1e-5 of the total, for rounding; NaN or infinity in a group makes
///   the group NaN; an empty group, which has no such sum, has value 0 and stays.
/// - Complexity: O(n) for the value; about ten passes over the groups that move. Without memory on the heap.
/// - Source: Duchi et al., "Efficient Projections onto the ℓ1-Ball for Learning in High Dimensions", 2008,
///   §3.
public struct Simplex: MetricProximalRegularizer, Hashable, Codable {
    /// The division of the elements into groups.
    public let groups: Groups
    /// The sum of the elements of each group.
    public let total: Double

    /// Makes the constraint; traps unless the total is 0 or more and at most the largest Float.
    public init(_ groups: Groups = .rows, total: Double = 1) {
        self = trapping(try Self(checking: groups, total))
    }

    /// Reads `groups` and `total` where they are given; throws a `DecodingError` if the total is out of range.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self = try values.checked(
            Self(checking: values.decode(.groups, default: .rows), values.decode(.total, default: 1)))
    }

    private init(checking groups: Groups, _ total: Double) throws(ArgumentError) {
        self.groups = try groups.checked()
        guard Constraint.isBound(total) else {
            throw ArgumentError(
                "A total is 0 or more, from 1.4e-45 to 3.4e38 if not 0, unlike \(total).", at: "total")
        }
        self.total = total
    }

    /// `Simplex(rows, total 1.0)`.
    public var name: String { "Simplex(\(groups), total \(total))" }

    /// `.grouped` by its groups, since each of them is constrained by itself.
    public var structure: Structure { .grouped(groups) }

    /// Convex, and the same for every order of a group's elements and for all groups of one size.
    public var properties: CompositionProperties { [.convex, .permutationInvariant, .groupsAlike] }

    /// Accepts the shapes that the groups divide.
    public func check(_ shape: Shape) throws { try groups.check(shape) }

    /// 0 where the constraint holds, else infinite; NaN where an element of a group is NaN.
    public func value(at weights: Weights) -> Double {
        weights.sum(over: groups) { group in
            if group.size == 0 { return 0 }
            let (sum, smallest) = weights.sumAndSmallest(of: group)
            return Constraint.value(smallest < -1e-5 * total ? .infinity : sum, equalTo: total)
        }
    }

    /// Projects every group; traps if the counts of weights and scales differ.
    public func applyProx(to weights: inout MutableWeights, scales: Scales) {
        require(weights.count == scales.count, "The weights and the scales differ in count.")
        if scales.uniform != nil {
            return weights.forEach(of: groups) { group, weights in
                guard isOutside(group, &weights) else { return }
                _ = weights.projectOntoSimplex(group, total: total, ofMagnitudes: false) { _ in 1 }
            }
        }
        weights.forEach(of: groups) { group, weights in _ = move(group, of: &weights, scales: scales) }
    }

    /// Whether a group has to move; if it contains NaN or infinity, makes all of it NaN and returns false.
    private func isOutside(_ group: Group, _ weights: inout MutableWeights) -> Bool {
        if group.size == 0 { return false }
        let (sum, smallest) = weights.readOnly.sumAndSmallest(of: group)
        if !sum.isFinite {
            weights.fill(group, with: .nan)
            return false
        }
        return smallest < 0 || !Constraint.isRounded(sum, equalTo: total)
    }
}

extension Simplex: NewtonRegularizer {
    package func move(_ group: Group, of weights: inout MutableWeights, scales: Scales) -> Int {
        guard isOutside(group, &weights) else { return 0 }
        let scales = ProjectionScales(scales, group)
        return weights.projectOntoSimplex(group, total: total, ofMagnitudes: false) { scales[$0] }
    }
}

extension Weights {
    /// The sum of a group and its smallest element; with NaN in the group, or with both infinities, the sum is NaN.
    fileprivate func sumAndSmallest(of group: Group) -> (sum: Double, smallest: Double) {
        var sum = 0.0
        var smallest = Double.infinity
        group.forEach { element in
            let weight = Double(self[element])
            sum += weight
            smallest = min(smallest, weight)
        }
        return (sum.isNaN ? .nan : sum, sum.isNaN ? 0 : smallest)
    }
}
