import Regularization

/// The minimisation of Σ (pᵢ − wᵢ)²/(2tᵢ) + R(p) that defines a proximal point.
///
/// Elements with tᵢ = 0 are fixed.
struct ProximalProblem {
    let subject: Subject
    let weights: [Float]
    let scales: [Float]

    func objective(at point: [Float]) -> Double {
        point.indices.reduce(subject.value(at: point)) { sum, index in
            if scales[index] == 0 { return sum }
            let distance = Double(point[index]) - Double(weights[index])
            return sum + distance * distance / (2 * Double(scales[index]))
        }
    }

    /// How much the objective changes when every weight and the value are rounded to Float32.
    func slack(at point: [Float]) -> Double {
        let terms = point.indices.reduce(abs(subject.value(at: point))) { sum, index in
            if scales[index] == 0 { return sum }
            let (from, to) = (Double(weights[index]), Double(point[index]))
            return sum + max(abs(from), abs(to)) * abs(to - from) / Double(scales[index])
        }
        return 0x1p-20 * terms + 1e-30
    }

    /// The best of many points: the origin, the weights, points between and around, each coordinate at zero
    /// and at its weight, and what a search along the coordinates finds from the proximal point.
    func bestProbe(from point: [Float], _ generator: inout SeededGenerator) -> [Float] {
        let size = weights.reduce(0) { max($0, abs($1)) }
        var probes = [point.map { _ in 0 }, weights]
        for share in [-0.1, -0.01, 0.01, 0.1, 0.5] as [Float] {
            probes.append(zip(point, weights).map { $0 + share * ($1 - $0) })
            probes.append(point.map { $0 - share * $0 })
        }
        for spread in [0.5, 0.01] as [Float] {
            probes.append(point.map { $0 + spread * size * (2 * generator.nextUnitFloat() - 1) })
        }
        let best = probes.map(keepingFixed).min { objective(at: $0) < objective(at: $1) } ?? point
        let start = objective(at: best) < objective(at: point) ? best : point
        return searchAlongCoordinates(from: start, size: size)
    }

    private func keepingFixed(_ probe: [Float]) -> [Float] {
        probe.indices.map { scales[$0] == 0 ? weights[$0] : probe[$0] }
    }

    private func searchAlongCoordinates(from start: [Float], size: Float) -> [Float] {
        var best = start
        var lowest = objective(at: start)
        for index in best.indices where scales[index] != 0 {
            let steps = [0x1p-3, -0x1p-3, 0x1p-6, -0x1p-6, 0x1p-9, -0x1p-9].map { best[index] + $0 * size }
            for candidate in steps + [0, weights[index]] where candidate != best[index] {
                let probe = best.with(index, candidate)
                let value = objective(at: probe)
                if value < lowest { (best, lowest) = (probe, value) }
            }
        }
        return best
    }
}
