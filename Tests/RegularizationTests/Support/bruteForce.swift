/// The minimizer of Σ (pᵢ − wᵢ)²/(2tᵢ) + penalty(p) for a convex penalty that shrinks toward 0, by golden
/// sections along one coordinate after the other, in Double.
///
/// A penalty on a group may be kinked at 0 of the whole group, where coordinates alone lead nowhere; so the
/// descent starts lower than 0, or 0 is the minimizer.
func bruteForceMinimizer(
    of weights: [Float], scales: [Double], penalty: ([Double]) -> Double
) -> [Double] {
    let weights = weights.map { Double($0) }
    func objective(_ point: [Double]) -> Double {
        point.indices.reduce(penalty(point)) { sum, index in
            sum + (point[index] - weights[index]) * (point[index] - weights[index]) / (2 * scales[index])
        }
    }
    let zero = weights.map { _ in 0.0 }
    let starts = [1, 0.3, 0.1, 0.03, 0.01, 0.001].map { share in weights.map { share * $0 } }
    var point = starts.min { objective($0) < objective($1) }!
    for _ in 0..<100 {
        let previous = point
        for index in point.indices {
            point[index] = goldenSection(between: 0, weights[index]) { candidate in
                var probe = point
                probe[index] = candidate
                return objective(probe)
            }
        }
        if zip(point, previous).allSatisfy({ abs($0 - $1) <= 1e-9 * abs($0) }) { break }
    }
    return objective(point) < objective(zero) ? point : zero
}

/// The same, one group after the other, for a penalty that is a sum over groups.
func bruteForceMinimizer(
    of weights: [Float], scales: [Double], groups: [[Int]], penalty: ([Double]) -> Double
) -> [Double] {
    var point = weights.map { Double($0) }
    for group in groups {
        let minimizer = bruteForceMinimizer(
            of: group.map { weights[$0] }, scales: group.map { scales[$0] }, penalty: penalty)
        for (index, element) in group.enumerated() { point[element] = minimizer[index] }
    }
    return point
}

private func goldenSection(between a: Double, _ b: Double, _ function: (Double) -> Double) -> Double {
    let ratio = (5.0.squareRoot() - 1) / 2
    var (low, high) = (a, b)
    var (left, right) = (high - ratio * (high - low), low + ratio * (high - low))
    var (leftValue, rightValue) = (function(left), function(right))
    for _ in 0..<45 {
        if leftValue < rightValue {
            (high, right, rightValue) = (right, left, leftValue)
            left = high - ratio * (high - low)
            leftValue = function(left)
        } else {
            (low, left, leftValue) = (left, right, rightValue)
            right = low + ratio * (high - low)
            rightValue = function(right)
        }
    }
    let middle = (low + high) / 2
    return function(a) <= function(middle) ? a : middle
}

func norm(_ point: [Double]) -> Double {
    point.reduce(0) { $0 + $1 * $1 }.squareRoot()
}
