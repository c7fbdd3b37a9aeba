import Regularization

/// The problem that defines a proximal point: minimize Σ (pᵢ − wᵢ)²/(2tᵢ) + R(p) over p.
///
/// Elements with tᵢ = 0 are fixed at wᵢ.
struct ProximalProblem {
    let subject: Subject
    let weights: [Float]
    let scales: [Float]

    /// Σ (pᵢ − wᵢ)²/(2tᵢ) + R(p).
    func objective(at point: [Float]) -> Double {
        subject.value(at: point) + distance(of: point)
    }

    /// Σ (pᵢ − wᵢ)²/(2tᵢ), without the elements that are fixed.
    func distance(of point: [Float]) -> Double {
        var sum = 0.0
        for index in point.indices { sum += distance(of: point[index], at: index) }
        return sum
    }

    /// The summand (p − wᵢ)²/(2tᵢ) of one element; 0 if it is fixed.
    func distance(of number: Float, at index: Int) -> Double {
        if scales[index] == 0 { return 0 }
        let distance = Double(number) - Double(weights[index])
        return distance * distance / (2 * Double(scales[index]))
    }

    /// The change of the objective by rounding the value and every weight to Float32.
    func slack(at point: [Float]) -> Double {
        let terms = point.indices.reduce(abs(subject.value(at: point))) { sum, index in
            if scales[index] == 0 { return sum }
            let (from, to) = (Double(weights[index]), Double(point[index]))
            return sum + max(abs(from), abs(to)) * abs(to - from) / Double(scales[index])
        }
        return 0x1p-20 * terms + 1e-30
    }

    /// The decrease of the objective that a constraint's tolerance allows beside a point; 0 if the constraint also
    /// holds at points further out on all sides.
    ///
    /// Some sets, such as the matrices of a given rank, have no interior, so that every point beside the projection is
    /// feasible only by that tolerance.
    func constraintAllowance(at point: [Float]) -> Double {
        let step = Float(0x1p-14 * point.largestMagnitude)
        let isMetBeside = [2, 3, 5].allSatisfy { period in
            let beside = point.enumerated().map { $0 % period == 0 ? $1 + step : $1 - step }
            return subject.value(at: beside) < .infinity
        }
        if isMetBeside { return 0 }
        let pull = point.indices.reduce(0.0) { sum, index in
            let moved = abs(Double(point[index]) - Double(weights[index]))
            return scales[index] == 0 ? sum : sum + moved / Double(scales[index])
        }
        return 0x1p-14 * point.largestMagnitude * pull
    }

    /// The rise of the value if every nonzero element is rounded to Float32 in the worse direction.
    ///
    /// Where terms cancel it is much more than the value's own rounding: the minimizer of the square of a sum may
    /// itself lie between two Float32 numbers.
    func roundingAllowance(at point: [Float]) -> Double {
        let start = subject.value(at: point)
        var (rounded, value) = (point, start)
        for index in point.indices where point[index] != 0 && scales[index] != 0 {
            let step = 0x1p-23 * max(abs(weights[index]), abs(point[index]))
            for candidate in [point[index] - step, point[index] + step] {
                let probe = rounded.with(index, candidate)
                let raised = subject.value(at: probe)
                if raised > value && raised < .infinity { (rounded, value) = (probe, raised) }
            }
        }
        return value - start
    }

    /// The point with the lowest objective among many, with that objective.
    ///
    /// Tried are the proximal point, the origin, the weights, points on the lines between them and around them, each
    /// element at zero and at its weight, and steps along each element.
    func best(near point: [Float], _ generator: inout SeededGenerator) -> (point: [Float], objective: Double)
    {
        var search = Search(problem: self, point: point)
        let size = Float(max(weights.largestMagnitude, point.largestMagnitude))
        search.consider(point.map { _ in 0 })
        search.consider(weights)
        for share in [-0.1, -0.01, 0.01, 0.1, 0.5] as [Float] {
            search.consider(zip(point, weights).map { $0 + share * ($1 - $0) })
            search.consider(point.map { $0 - share * $0 })
        }
        for spread in [0.5, 0.01] as [Float] {
            search.consider(point.map { $0 + spread * size * (2 * generator.nextUnitFloat() - 1) })
        }
        for index in point.indices where scales[index] != 0 {
            let center = search.best[index]
            for step in [0x1p-3, -0x1p-3, 0x1p-6, -0x1p-6, 0x1p-9, -0x1p-9] as [Float] {
                search.consider(center + step * size, at: index)
            }
            search.consider(0, at: index)
            search.consider(weights[index], at: index)
        }
        return (search.best, search.lowest)
    }
}

/// The search for the point with the lowest objective.
///
/// A constraint holds up to rounding, so that a point just outside of it may have value 0 and beat the projection. If
/// the search starts at a projection onto the boundary, it therefore ignores other points on the boundary.
private struct Search {
    let problem: ProximalProblem
    private(set) var best: [Float]
    private var value: Double
    private var distance: Double
    private var startsOnBoundary = false

    var lowest: Double { value + distance }

    init(problem: ProximalProblem, point: [Float]) {
        self.problem = problem
        best = point
        value = problem.subject.value(at: point)
        distance = problem.distance(of: point)
        startsOnBoundary = value < .infinity && isOnBoundary
    }

    /// Replaces the best point by a probe, whose fixed elements keep their weights, if that lowers the objective.
    mutating func consider(_ probe: [Float]) {
        let before = self
        for index in best.indices {
            best[index] = problem.scales[index] == 0 ? problem.weights[index] : probe[index]
        }
        value = problem.subject.value(at: best)
        distance = problem.distance(of: best)
        if !isBetter(than: before.lowest) { self = before }
    }

    /// Replaces one element of the best point if that lowers the objective.
    mutating func consider(_ number: Float, at index: Int) {
        let (numberBefore, valueBefore, distanceBefore) = (best[index], value, distance)
        if number == numberBefore { return }
        best[index] = number
        distance += problem.distance(of: number, at: index) - problem.distance(of: numberBefore, at: index)
        value = problem.subject.value(at: best)
        if !isBetter(than: valueBefore + distanceBefore) {
            (best[index], value, distance) = (numberBefore, valueBefore, distanceBefore)
        }
    }

    private func isBetter(than objective: Double) -> Bool {
        value + distance < objective && !(startsOnBoundary && isOnBoundary)
    }

    /// Whether the value is infinite at the point multiplied by 1 + 2⁻¹⁴.
    private var isOnBoundary: Bool {
        problem.subject.value(at: best.map { $0 * (1 + 0x1p-14) }) == .infinity
    }
}
