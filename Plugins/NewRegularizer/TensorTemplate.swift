/// A complete regularizer of a whole tensor, to be edited.
func tensorSource(_ name: String) -> String {
    """
    import Regularization

    // An example that works: the squared mean. Replace the formula, in the documentation and in the functions; what
    // the documentation says must stay true. `swift test --filter \(name)Tests` tells whether the parts agree.

    /// What it is and what it does to weights, as one noun phrase.
    ///
    ///     R(w) = ½a·n·m²,  m = Σ wᵢ/n
    ///
    /// - Shape: any with elements.
    /// - Gradient: a·m for each element.
    /// - Proximal point: w − m·ta/(1 + ta).
    /// - Metric: Euclidean only; in a diagonal one too with a conformance to `MetricProximalRegularizer`.
    /// - Composition: convex.
    /// - Edge cases: a tensor without elements is refused; one NaN makes every element NaN.
    /// - Complexity: O(n).
    /// - Source: author, title, year, section.
    public struct \(name):
        DifferentiableRegularizer, ProximalRegularizer, Hashable, Codable
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
        public var properties: CompositionProperties { .convex }

        /// Throws for shapes on which R is not defined; penalties are checked by it before the first step.
        public func check(_ shape: Shape) throws {
            if shape.count == 0 { throw ShapeError("a tensor without elements has no mean") }
        }

        /// R(w).
        public func value(at weights: Weights) -> Double {
            let mean = mean(of: weights)
            return factor * Double(weights.count) * mean * mean / 2
        }

        /// Adds scale · ∇R(w) to what the gradient holds.
        public func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
            let derivative = Float(factor * mean(of: weights))
            for index in 0..<weights.count { gradient[index] += scale * derivative }
        }

        /// Moves w to argmin over p of ½‖p − w‖² + t·R(p), t the scale.
        public func applyProx(to weights: inout MutableWeights, scale: Float) {
            let strength = Double(scale) * factor
            let shift = mean(of: weights.readOnly) * strength / (1 + strength)
            for index in 0..<weights.count { weights[index] = Float(Double(weights[index]) - shift) }
        }

        private func mean(of weights: Weights) -> Double {
            var sum = 0.0
            for index in 0..<weights.count { sum += Double(weights[index]) }
            return sum / Double(weights.count)
        }
    }

    """
}
