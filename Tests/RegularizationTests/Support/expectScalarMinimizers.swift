import Regularization
import Testing

/// Compares the proximal points of Σ φ(|wᵢ|), where φ need not be convex, with the best of a fine grid
/// between 0 and each weight, for every weight at every scale: all in one tensor with a metric, and one scale
/// at a time.
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
        let problem = ScalarProblem(weight: Double(weight), scale: Double(scale), function: function)
        let best = problem.minimizer
        for found in [metric[index], euclidean[index]] {
            #expect(
                problem.accepts(Double(found), instead: best),
                "\(weight) at scale \(scale): \(found), not \(best)", sourceLocation: sourceLocation)
        }
    }
}

/// ½(p − x)² + t·φ(|p|).
private struct ScalarProblem {
    let weight: Double
    let scale: Double
    let function: (Double) -> Double

    func objective(_ point: Double) -> Double {
        (point - weight) * (point - weight) / 2 + scale * function(abs(point))
    }

    var minimizer: Double {
        let steps = 500
        let grid = (0...steps).map { weight * Double($0) / Double(steps) }
        let best = grid.indices.min { objective(grid[$0]) < objective(grid[$1]) }!
        var (low, high) = (grid[max(best - 1, 0)], grid[min(best + 1, steps)])
        for _ in 0..<60 {
            let (left, right) = (low + (high - low) / 3, high - (high - low) / 3)
            if objective(left) < objective(right) { high = right } else { low = left }
        }
        let refined = (low + high) / 2
        return objective(refined) < objective(grid[best]) ? refined : grid[best]
    }

    /// Whether a point is at the minimizer, or far from it and as good.
    func accepts(_ found: Double, instead best: Double) -> Bool {
        let size = abs(weight)
        if abs(found - best) <= 1e-5 * size { return true }
        return abs(found - best) > 0.02 * size
            && abs(objective(found) - objective(best)) <= 1e-7 * size * size
    }
}

/// Weights of both signs from small to large, none on a round number.
let scalarWeights: [Float] = (1...32).map { index in
    (index % 2 == 0 ? 1 : -1) * 0.0137 * Float(index) * (1 + Float(index) / 6)
}
