import Regularization

/// The proximal problem of a sum of regularizers, constraints and non-convex ones among them, with a search that moves
/// by the proximal points of the parts.
struct CompositionProblem {
    let shape: Shape
    let parts: [any ProximalRegularizer]
    let isDiagonal: Bool
    let problem: ProximalProblem

    var weights: [Float] { problem.weights }
    var scales: [Float] { problem.scales }

    /// Weights of about 1 in size, and scales that are equal or differ by up to a factor of 80.
    init(_ shape: Shape, _ parts: [any ProximalRegularizer], seed: UInt64, isDiagonal: Bool) {
        var generator = SeededGenerator(seed: seed)
        let size: Float = [1, 4, 0.4, 2][Int(seed % 4)]
        let weights = (0..<shape.count).map { _ in size * (2 * generator.nextUnitFloat() - 1) }
        let scale: Float = [0.25, 1, 3, 0.06][Int(seed / 4 % 4)]
        let scales = (0..<shape.count).map { _ in
            isDiagonal ? scale * [0.1, 1, 8][Int(generator.next() % 3)] : scale
        }
        self.init(shape, parts, weights: weights, scales: scales, isDiagonal: isDiagonal)
    }

    /// A problem with given weights and scales; equal ones in the Euclidean metric.
    init(
        _ shape: Shape, _ parts: [any ProximalRegularizer], weights: [Float], scales: [Float],
        isDiagonal: Bool
    ) {
        (self.shape, self.parts, self.isDiagonal) = (shape, parts, isDiagonal)
        problem = ProximalProblem(weights, scales: scales)
    }

    func objective(at point: [Float]) -> Double {
        var sum = problem.distance(to: point)
        for part in parts { sum += part.value(at: Weights(shape: shape, point.span)) }
        return sum
    }

    /// The proximal points of the parts, one after the other.
    func composition(of order: [Int]) -> [Float] {
        order.reduce(weights) { moved($0, by: parts[$1], times: 1) }
    }

    /// A proximal point at the problem's scales times a factor.
    private func moved(_ point: [Float], by part: any ProximalRegularizer, times factor: Float) -> [Float] {
        let scales = scales
        var point = point
        var view = MutableWeights(shape: shape, point.mutableSpan)
        if isDiagonal, let part = part as? any MetricProximalRegularizer {
            part.applyProx(to: &view, scales: Scales(scales.span, factor: factor))
        } else {
            part.applyProx(to: &view, scale: scales[0] * factor)
        }
        return point
    }

    /// How much lower than at a point the objective gets in a search from it and from other points; 0 if nowhere, and
    /// infinite at an impossible point.
    ///
    /// A search steps along elements and at random, makes zeros of any of them, and takes proximal points at a tiny
    /// scale, which are feasible for constraints and nearby for anything else.
    func excess(at point: [Float], stoppingAbove limit: Double = .infinity) -> Double {
        let value = objective(at: point)
        if value == .infinity { return .infinity }
        var lowest = Double.infinity
        var generator = SeededGenerator(seed: 1)
        var starts = [point, weights, weights.map { _ in 0 }]
        for part in parts { starts.append(moved(weights, by: part, times: 1)) }
        let compositions = parts.indices.orders.map { composition(of: $0) }.map { (objective(at: $0), $0) }
        starts += compositions.sorted { $0.0 < $1.0 }.prefix(4).map(\.1)
        for start in starts {
            lowest = min(lowest, search(from: start, &generator))
            if value - lowest > limit { break }
        }
        return max(0, value - lowest)
    }

    private func search(from start: [Float], _ generator: inout SeededGenerator) -> Double {
        var best = start
        var lowest = objective(at: best)
        func attempt(_ candidate: [Float]) {
            let value = objective(at: candidate)
            if value < lowest { (best, lowest) = (candidate, value) }
        }
        func attemptFeasible(_ candidate: [Float]) {
            attempt(candidate)
            let forward = parts.reduce(candidate) { moved($0, by: $1, times: 1e-6) }
            attempt(forward)
            attempt(parts.reversed().reduce(candidate) { moved($0, by: $1, times: 1e-6) })
        }
        attemptFeasible(best)
        for zeros in 1..<(1 << start.count) {
            attempt(start.enumerated().map { zeros & 1 << $0 != 0 ? 0 : $1 })
        }
        var radius: Float = 1
        while radius > 2e-3 {
            let before = lowest
            for index in best.indices {
                for step in [radius, -radius] {
                    var candidate = best
                    candidate[index] += step
                    attemptFeasible(candidate)
                }
            }
            for _ in 0..<6 {
                attemptFeasible(best.map { $0 + radius * (2 * generator.nextUnitFloat() - 1) })
            }
            attemptFeasible(zip(best, weights).map { $0 + radius * ($1 - $0) })
            attempt(best.map { $0 * (1 - radius / 2) })
            if !(lowest < before - 1e-3 * Double(radius)) { radius /= 2 }
        }
        return lowest
    }
}

extension Collection {
    /// The elements in every order.
    var orders: [[Element]] {
        guard !isEmpty else { return [[]] }
        return indices.flatMap { index -> [[Element]] in
            let rest = Array(self[..<index]) + Array(self[self.index(after: index)...])
            return rest.orders.map { [self[index]] + $0 }
        }
    }
}
