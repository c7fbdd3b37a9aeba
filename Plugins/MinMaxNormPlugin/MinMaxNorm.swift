import Regularization

/// The constraint that each group's L2 norm is in a range.
///
///     R(w) = 0 if l ≤ ‖w_g‖₂ ≤ u for every group g, else ∞
///
/// - Shape: one that the groups divide.
/// - Proximal point: the projection, whatever the scale: a group for which the constraint holds stays, bit for bit,
///   another is scaled to the nearer bound; a group of zeros becomes l in its first element if l > 0, where every point
///   of the sphere is equally near.
/// - Metric: Euclidean only.
/// - Composition: a sum over its groups, and the same for every order of a group's elements. With l = 0 it is the L2
///   ball, which is convex and radial; otherwise it is neither.
/// - Edge cases: the value is 0 up to 2.4e-7 relative beyond a bound, for rounding; NaN in a group makes the group NaN;
///   a group with an infinite weight stays as it is; an empty group, which has no norm above 0, has value 0.
/// - Complexity: O(n), without memory on the heap.
/// - Source: Keras, `MinMaxNorm`, at the rate 1 and without the 1e-7 that it adds to the norm.
public struct MinMaxNorm: ProximalRegularizer, Hashable, Codable {
    /// The groups whose norms are constrained.
    public let groups: Groups
    /// The norms l and u that a group may have, 0 ≤ l ≤ u.
    public let range: ClosedRange<Double>

    /// Makes the constraint; traps if the range has a negative norm or one that is too large for Float.
    public init(_ groups: Groups, _ range: ClosedRange<Double>) {
        self = trapping(try Self(checking: groups, range.lowerBound, range.upperBound))
    }

    private init(checking groups: Groups, _ smallest: Double, _ largest: Double) throws(ArgumentError) {
        if smallest != 0 { _ = try ArgumentError.positive(smallest, "smallest", of: Self.self) }
        if largest != 0 { _ = try ArgumentError.positive(largest, "largest", of: Self.self) }
        guard smallest <= largest else {
            throw ArgumentError(
                "The norms of MinMaxNorm rise, not from \(smallest) to \(largest).", at: "largest")
        }
        (self.groups, range) = (try groups.checked(), smallest...largest)
    }

    private enum CodingKeys: CodingKey {
        case groups, smallest, largest
    }

    /// Reads `groups`, `smallest` and `largest`; throws for norms that the initializer traps for.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self = try values.checked(
            Self(
                checking: values.decode(Groups.self, forKey: .groups),
                values.decode(Double.self, forKey: .smallest), values.decode(Double.self, forKey: .largest)))
    }

    /// Writes what `init(from:)` reads.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(groups, forKey: .groups)
        try container.encode(range.lowerBound, forKey: .smallest)
        try container.encode(range.upperBound, forKey: .largest)
    }

    /// `MinMaxNorm(rows, 0.5...2.0)`.
    public var name: String { "MinMaxNorm(\(groups), \(range))" }

    /// `.radial` if l = 0; otherwise `.grouped`, since the value does not rise with the norm.
    public var structure: Structure { range.lowerBound == 0 ? .radial(groups) : .grouped(groups) }

    /// Permutation-invariant with groups alike, and convex if l = 0.
    public var properties: CompositionProperties {
        range.lowerBound == 0
            ? [.convex, .permutationInvariant, .groupsAlike] : [.permutationInvariant, .groupsAlike]
    }

    /// Flat if l = 0 < u, where the value is 0 near zero.
    public var kink: Kink { range.lowerBound == 0 && range.upperBound > 0 ? .flat : .unknown }

    /// Accepts the shapes that the groups divide.
    public func check(_ shape: Shape) throws { try groups.check(shape) }

    /// 0 where the constraint holds for every group, NaN where a norm is NaN, else infinite.
    public func value(at weights: Weights) -> Double {
        var sum = 0.0
        for index in 0..<groups.count(in: weights.shape) {
            let group = groups.group(index, in: weights.shape)
            let norm = weights.norm(of: group)
            sum += norm.isNaN ? .nan : group.size == 0 || holds(norm) ? 0 : .infinity
        }
        return sum
    }

    /// Projects every group, whatever the scale.
    public func applyProx(to weights: inout MutableWeights, scale: Float) {
        for index in 0..<groups.count(in: weights.shape) {
            project(groups.group(index, in: weights.shape), of: &weights)
        }
    }

    private func project(_ group: Group, of weights: inout MutableWeights) {
        let norm = weights.readOnly.norm(of: group)
        if group.size == 0 || holds(norm) || norm == .infinity { return }
        if norm == 0 {
            var first = true
            group.forEach { element in
                weights[element] = first ? Float(range.lowerBound) : 0
                first = false
            }
            return
        }
        let share = (norm < range.lowerBound ? range.lowerBound : range.upperBound) / norm
        group.forEach { element in
            weights[element] = norm.isNaN ? .nan : Float(Double(weights[element]) * share) + 0
        }
    }

    /// Whether a norm is in the range, up to the rounding of a projection to Float.
    ///
    /// With a wider tolerance a point beside the range would win over the projection of weights far below it.
    private func holds(_ norm: Double) -> Bool {
        norm >= range.lowerBound * (1 - 0x1p-22) && norm <= range.upperBound * (1 + 0x1p-22)
    }
}
