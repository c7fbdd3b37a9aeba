/// A complete regularizer Σ_g φ(‖w_g‖₂), to be edited.
func groupwiseSource(_ name: String) -> String {
    """
    import Regularization

    // An example that works: a multiple of the group lasso. Replace the formula, in the documentation and in the
    // functions; what the documentation says must stay true. `swift test --filter \(name)Tests` tells whether the
    // parts agree.

    /// What it is and what it does to groups of weights, as one noun phrase.
    ///
    ///     R(w) = Σ_g φ(‖w_g‖₂),  φ(r) = a√|g|·r
    ///
    /// - Shape: one that the groups divide.
    /// - Gradient: φ′(‖w_g‖)·w_g/‖w_g‖, 0 where the group is 0.
    /// - Proximal point: max(0, 1 − ta√|g|/‖w_g‖)·w_g.
    /// - Metric: diagonal, by the default of groupwise regularizers.
    /// - Composition: convex, positively homogeneous, radial on its groups.
    /// - Edge cases: NaN in a group makes the group NaN; infinity stays infinite; a zero is +0.
    /// - Complexity: O(n); in a metric a root for each group.
    /// - Source: author, title, year, section.
    public struct \(name):
        DifferentiableGroupwiseRegularizer, ProximalGroupwiseRegularizer, Hashable, Codable
    {
        /// How elements form groups: `.rows` are the incoming weights of a unit, `.columns` the outgoing ones.
        public let groups: Groups
        /// The factor a.
        public let factor: Double

        /// Makes the regularizer; traps unless the factor is positive and finite.
        public init(_ groups: Groups = .rows, factor: Double = 1) {
            self = trapping(try Self(checking: groups, factor))
        }

        /// Reads the regularizer from a configuration; throws where the other initializer traps.
        public init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            self = try values.checked(
                Self(
                    checking: values.decodeIfPresent(Groups.self, forKey: .groups) ?? .rows,
                    values.decodeIfPresent(Double.self, forKey: .factor) ?? 1))
        }

        private init(checking groups: Groups, _ factor: Double) throws(ArgumentError) {
            self.groups = groups
            self.factor = try ArgumentError.positive(factor, "factor", of: Self.self)
        }

        /// What plans and messages call it.
        public var name: String { "\(name)(\\(groups))" }

        /// What is proven of R, which decides with what a proximal step composes; the laws check it.
        public var properties: CompositionProperties { [.convex, .positivelyHomogeneous] }

        /// φ(r), nondecreasing with φ(0) = 0.
        public func value(atNorm norm: Double, of group: Group) -> Double { weight(of: group) * norm }

        /// φ′(r) at a positive norm.
        public func derivative(atNorm norm: Double, of group: Group) -> Double { weight(of: group) }

        /// argmin over r ≥ 0 of ½(r − norm)² + t·φ(r), t the scale.
        public func proximalNorm(of norm: Double, scale: Double, in group: Group) -> Double {
            let threshold = scale * weight(of: group)
            return norm <= threshold ? 0 : norm - threshold
        }

        private func weight(of group: Group) -> Double { factor * Double(group.size).squareRoot() }
    }

    """
}
