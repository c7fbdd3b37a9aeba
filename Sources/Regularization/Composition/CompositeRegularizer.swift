/// One regularizer in a sum, with its factor.
struct Part: Sendable {
    let regularizer: any Regularizer
    let factor: Double
    /// Where an iteration may end, if one is allowed.
    var tolerance: Double?
}

/// A regularizer made of others, which the planner looks into.
protocol CompositeRegularizer: Regularizer {
    var parts: [Part] { get }
}

extension Regularizer {
    /// The parts of a composite, or the regularizer itself, each multiplied by the factor.
    func parts(scaledBy factor: Double = 1) -> [Part] {
        guard let composite = self as? any CompositeRegularizer else {
            return [Part(regularizer: self, factor: factor)]
        }
        return composite.parts.map {
            Part(regularizer: $0.regularizer, factor: factor * $0.factor, tolerance: $0.tolerance)
        }
    }
}

extension Regularizer {
    /// The regularizers that it is made of, or itself.
    package var leaves: [any Regularizer] { parts().map(\.regularizer) }
}
