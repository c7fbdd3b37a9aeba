/// One regularizer in a sum, with its factor.
struct Summand: Sendable {
    let regularizer: any Regularizer
    let factor: Double
    /// Where an iteration may end, if one is allowed.
    var tolerance: Double?
}

/// A regularizer made of others, which the planner looks into.
protocol CompositeRegularizer: Regularizer {
    var summands: [Summand] { get }
}

extension Regularizer {
    /// The parts of a composite, or the regularizer itself, each multiplied by the factor.
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
    /// The regularizers that it is made of, or itself.
    package var leaves: [any Regularizer] { summands().map(\.regularizer) }
}
