/// (zᵢ − μtᵢ)₊ with the μ that makes the sum the total, by bisection.
func bisectedSimplexPoint(_ weights: [Double], scales: [Float], total: Double) -> [Double] {
    func point(_ shift: Double) -> [Double] {
        zip(weights, scales).map { max(0, $0 - shift * Double($1)) }
    }
    let smallest = Double(scales.min()!)
    let size = weights.reduce(total) { max($0, abs($1)) }
    var (low, high) = (-2 * size / smallest, 2 * size / smallest)
    for _ in 0..<300 {
        let middle = (low + high) / 2
        if point(middle).reduce(0, +) > total { low = middle } else { high = middle }
    }
    return point(high)
}

/// The same of the magnitudes with the signs of the weights, if they sum to more.
func bisectedL1BallPoint(_ weights: [Float], scales: [Float], radius: Double) -> [Double] {
    let magnitudes = weights.map { Double(abs($0)) }
    if magnitudes.reduce(0, +) <= radius { return weights.map { Double($0) } }
    let point = bisectedSimplexPoint(magnitudes, scales: scales, total: radius)
    return zip(point, weights).map { $1 < 0 ? -$0 : $0 }
}

/// The minimizer of Σ (pᵢ − zᵢ)²/(2tᵢ) + Σ |p_{i+1} − p_i| by coordinate ascent on the dual problem:
/// pᵢ = zᵢ + tᵢ(uᵢ − uᵢ₋₁) with |uᵢ| ≤ 1, where uᵢ is 1 between rising neighbors.
func dualTotalVariationPoint(_ weights: [Float], scales: [Float]) -> [Double] {
    let scales = scales.map { Double($0) }
    var point = weights.map { Double($0) }
    var forces = [Double](repeating: 0, count: max(0, weights.count - 1))
    for _ in 0..<100_000 {
        var largest = 0.0
        for index in forces.indices {
            let stiffness = scales[index] + scales[index + 1]
            if stiffness == 0 { continue }
            let force = min(max(forces[index] + (point[index + 1] - point[index]) / stiffness, -1), 1)
            let change = force - forces[index]
            forces[index] = force
            point[index] += scales[index] * change
            point[index + 1] -= scales[index + 1] * change
            largest = max(largest, abs(change))
        }
        if largest < 1e-15 { break }
    }
    return point
}
