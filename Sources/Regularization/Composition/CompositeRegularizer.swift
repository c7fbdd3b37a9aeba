/// A regularizer made of others, whose summands are planned one by one in place of it.
protocol CompositeRegularizer: Regularizer {
    /// The regularizers and their factors; R is the sum of factor · regularizer.
    var summands: [Summand] { get }
}

extension Regularizer {
    /// The summands of a composite, or the regularizer itself as the only one, each multiplied by the factor.
    func summands(multipliedBy factor: Double = 1) -> [Summand] {
        guard let composite = self as? any CompositeRegularizer else {
            return [Summand(regularizer: self, factor: factor)]
        }
        return composite.summands.map {
            Summand(regularizer: $0.regularizer, factor: factor * $0.factor, tolerance: $0.tolerance)
        }
    }
}

extension Regularizer {
    /// The regularizers of the summands without their factors, or the regularizer itself.
    package var summandRegularizers: [any Regularizer] { summands().map(\.regularizer) }
}
