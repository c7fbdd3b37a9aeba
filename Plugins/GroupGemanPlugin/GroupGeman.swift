import Regularization

/// A smooth count of the groups that are not zero: a group far from zero counts as 1, one of norm ε as ½.
///
///     R(w) = Σ_g φ(‖w_g‖₂),  φ(r) = r/(r + ε)
///
/// It zeroes whole groups and hardly shrinks the large ones. (1 + ε)·φ is the transformed L1 of the norm.
///
/// - Shape: one that the groups divide.
/// - Gradient: ε/(‖w_g‖ + ε)² · w_g/‖w_g‖, 0 where the group is 0.
/// - Proximal point: with x = ‖w_g‖, 0 where x ≤ t/ε (t ≤ ε²/2) or x ≤ √(2t) − ε/2 (t > ε²/2); otherwise the group
///   scaled to the norm r that is the largest root of (r − x)(r + ε)² + tε. For t > ε²/2 the point jumps at the
///   threshold, where 0 and that root are equally good: 0 is taken.
/// - Metric: diagonal, by the default of groupwise regularizers. Exact where the scales of a group are equal or none
///   exceeds ε²/2; otherwise the better of zero and the stationary point nearest to the weights, which need not be the
///   best point.
/// - Composition: not convex; radial on its groups, which are alike. ½‖w‖² + t·R(w) is convex for t ≤ ε²/2.
/// - Edge cases: NaN in a group makes the group NaN; a group with an infinite weight stays as it is, with an infinite
///   value; a zero is +0.
/// - Complexity: O(n); in a metric a root for each group.
/// - Source: Geman, Yang, "Nonlinear image recovery with half-quadratic regularization", 1995, for φ; Zhang, Xin,
///   "Minimization of transformed L1 penalty: theory, difference of convex function algorithm, and robust application
///   in compressed sensing", 2018, for the thresholds.
public struct GroupGeman: DifferentiableGroupwiseRegularizer, ProximalGroupwiseRegularizer, Hashable, Codable
{
    /// The groups whose norms are penalized.
    public let groups: Groups
    /// The norm ε > 0 that counts as one half.
    public let epsilon: Double

    /// Makes the regularizer; traps unless ε is positive and finite.
    public init(_ groups: Groups, epsilon: Double) {
        self = trapping(try Self(checking: groups, epsilon))
    }

    /// Reads the regularizer; throws unless ε is positive and finite.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self = try values.checked(
            Self(
                checking: values.decode(Groups.self, forKey: .groups),
                values.decode(Double.self, forKey: .epsilon)))
    }

    private init(checking groups: Groups, _ epsilon: Double) throws(ArgumentError) {
        self.groups = try groups.checked()
        self.epsilon = try ArgumentError.positive(epsilon, "epsilon", of: Self.self)
    }

    /// `GroupGeman(columns, epsilon 0.1)`.
    public var name: String { "GroupGeman(\(groups), epsilon \(epsilon))" }

    /// States that the same function applies to all groups.
    public var properties: CompositionProperties { .groupsAlike }

    /// r/(r + ε).
    public func value(atNorm norm: Double, of group: Group) -> Double {
        norm / (norm + epsilon)
    }

    /// ε/(r + ε)².
    public func derivative(atNorm norm: Double, of group: Group) -> Double {
        epsilon / ((norm + epsilon) * (norm + epsilon))
    }

    /// The proximal point of φ at a norm: 0 up to the threshold, then the largest stationary point.
    public func proximalNorm(of norm: Double, scale: Double, in group: Group) -> Double {
        let isConvex = 2 * scale <= epsilon * epsilon
        let threshold = isConvex ? scale / epsilon : (2 * scale).squareRoot() - epsilon / 2
        if norm <= threshold { return 0 }
        // The derivative r − x + tε/(r + ε)² of the objective is convex in r, so that Newton's method falls from x to
        // its largest root.
        var point = norm
        for _ in 0..<100 {
            let shifted = point + epsilon
            let force = scale * epsilon / (shifted * shifted)
            let next = point - (point - norm + force) / (1 - 2 * force / shifted)
            guard next < point else { break }
            point = next
        }
        return max(point, 0)
    }
}
