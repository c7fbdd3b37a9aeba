import Regularization
import Testing

/// Compares the proximal points of Σ φ(|wᵢ|), where φ need not be convex, with the minimizer between 0 and each weight,
/// for every weight at every scale: all in one tensor with a metric, and one scale at a time.
///
/// A point far from the minimizer is accepted if it is as good: at a jump there are two.
func expectScalarMinimizers(
    _ regularizer: some MetricProximalRegularizer, weights: [Float], scales: [Float],
    sourceLocation: SourceLocation = #_sourceLocation, of function: @escaping (Double) -> Double
) {
    let all = scales.flatMap { scale in weights.map { (weight: $0, scale: scale) } }
    let metric = Tensor([all.count], all.map(\.weight)).proximalPoint(
        regularizer, stepSizes: all.map { 4 * $0.scale }, factor: 0.25)
    let euclidean = scales.flatMap {
        Tensor([weights.count], weights).proximalPoint(regularizer, scale: $0)
    }
    for (index, (weight, scale)) in all.enumerated() {
        let (weight, scale) = (Double(weight), Double(scale))
        let objective = { (point: Double) in
            (point - weight) * (point - weight) / 2 + scale * function(abs(point))
        }
        let best = minimizer(between: 0, and: weight, steps: 500, of: objective)
        for found in [Double(metric[index]), Double(euclidean[index])] {
            let distance = abs(found - best) / abs(weight)
            let isAsGood = abs(objective(found) - objective(best)) <= 1e-7 * weight * weight
            #expect(
                distance <= 1e-5 || distance > 0.02 && isAsGood,
                "\(regularizer.name) of \(weight) at scale \(scale) is \(found), not \(best)",
                sourceLocation: sourceLocation)
        }
    }
}

/// Weights of both signs from small to large, none on a round number.
let scalarWeights: [Float] = (1...32).map { index in
    (index % 2 == 0 ? 1 : -1) * 0.0137 * Float(index) * (1 + Float(index) / 6)
}
