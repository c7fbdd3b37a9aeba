/// A complete regularizer Σ φ(wᵢ), to be edited.
func elementwiseSource(_ name: String) -> String {
    """
    import Regularization

    // An example that works: a multiple of L1. Replace the formula, in the documentation and in the functions; what
    // the documentation says must stay true. `swift test --filter \(name)Tests` tells whether the parts agree.

    /// What it is and what it does to weights, as one noun phrase.
    ///
    ///     R(w) = Σ φ(wᵢ),  φ(w) = a|w|
    ///
    /// - Shape: any.
    /// - Gradient: a·sign(w), 0 at 0.
    /// - Proximal point: sign(w)·max(|w| − ta, 0).
    /// - Metric: diagonal.
    /// - Composition: convex, positively homogeneous, monotone in magnitudes, elementwise.
    /// - Edge cases: NaN stays NaN; infinity stays infinite; a zero is +0.
    /// - Complexity: O(n).
    /// - Source: author, title, year, section.
    public struct \(name):
        DifferentiableElementwiseRegularizer, ProximalElementwiseRegularizer, Hashable, Codable
    {
        /// The factor a.
        public let factor: Double

        /// Makes the regularizer; traps unless the factor is positive and finite.
        public init(factor: Double = 1) { self = trapping(try Self(checking: factor)) }

        /// Reads the regularizer from a configuration; throws where the other initializer traps.
        public init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            self = try values.checked(
                Self(checking: values.decodeIfPresent(Double.self, forKey: .factor) ?? 1))
        }

        private init(checking factor: Double) throws(ArgumentError) {
            self.factor = try ArgumentError.positive(factor, "factor", of: Self.self)
        }

        /// What is proven of R, which decides with what a proximal step composes; the laws check it.
        public var properties: CompositionProperties {
            [.convex, .positivelyHomogeneous, .monotoneInMagnitudes]
        }

        /// φ(w).
        public func value(at weight: Float) -> Double { factor * Double(abs(weight)) }

        /// φ′(w); a subgradient at kinks, 0 at 0.
        public func derivative(at weight: Float) -> Float {
            let factor = Float(factor)
            return weight > 0 ? factor : weight < 0 ? -factor : weight
        }

        /// argmin over p of ½(p − w)² + t·φ(p), t the scale; a comparison with NaN is false.
        public func proximalPoint(of weight: Float, scale: Float) -> Float {
            let threshold = scale * Float(factor)
            return abs(weight) <= threshold ? 0 : weight > 0 ? weight - threshold : weight + threshold
        }
    }

    """
}
