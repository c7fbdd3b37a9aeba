import Foundation
import Testing

/// The minimization of Σ (pᵢ − zᵢ)²/(2tᵢ) + R(p), which defines a proximal point, and searches that know no formula for
/// it.
///
/// An element with tᵢ = 0 has no part in the distance: some constraints move it, and other tests see that it stays.
struct ProximalProblem {
    let weights: [Float]
    let scales: [Float]
    let penalty: ([Double]) -> Double

    /// Without a penalty the objective is the distance.
    init(_ weights: [Float], scales: [Float], penalty: @escaping ([Double]) -> Double = { _ in 0 }) {
        (self.weights, self.scales, self.penalty) = (weights, scales, penalty)
    }

    func distance(to point: [Double]) -> Double {
        var sum = 0.0
        for index in point.indices where scales[index] != 0 {
            let difference = point[index] - Double(weights[index])
            sum += difference * difference / (2 * Double(scales[index]))
        }
        return sum
    }

    func distance(to point: [Float]) -> Double { distance(to: point.map { Double($0) }) }

    func objective(at point: [Double]) -> Double { distance(to: point) + penalty(point) }

    /// That the objective at a point is not above another one, but for what rounding makes of it.
    func expect(
        _ found: [Float], isAsLowAs lowest: Double, relative: Double = 0, absolute: Double = 0,
        of name: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let objective = objective(at: found.map { Double($0) })
        #expect(
            objective <= lowest * (1 + relative) + absolute,
            "\(name) of \(weights) at scales \(scales) is \(found), where the objective is \(objective), not \(lowest)",
            sourceLocation: sourceLocation)
    }
}

/// The lowest objective of some points.
extension ProximalProblem {
    func lowestObjective(at points: [[Double]]) -> Double {
        points.reduce(.infinity) { min($0, objective(at: $1)) }
    }

    /// A grid between 0 and the weights; elements with scale 0 stay.
    func grid(steps: Int) -> [[Double]] {
        var points: [[Double]] = [[]]
        for (weight, scale) in zip(weights, scales) {
            let numbers = scale == 0 ? [1] : (0...steps).map { Double($0) / Double(steps) }
            points = points.flatMap { point in numbers.map { point + [Double(weight) * $0] } }
        }
        return points
    }

    /// zᵢ/(1 + ctᵢ) for many c: one of them is next to the minimizer of any function of the norm, unless that is 0.
    var shrunkenPoints: [[Double]] {
        stride(from: -25.0, to: 25, by: 0.05).map { exponent in
            zip(weights, scales).map { Double($0) / (1 + Double($1) * exp(exponent)) }
        }
    }

    /// The weights with all but so many groups at 0, in every choice.
    func points(keeping count: Int, of groups: [[Int]]) -> [[Double]] {
        (0..<1 << groups.count).filter { $0.nonzeroBitCount <= count }.map { kept in
            var point = weights.map { Double($0) }
            for (index, group) in groups.enumerated() where kept >> index & 1 == 0 {
                for element in group { point[element] = 0 }
            }
            return point
        }
    }

    /// On a sphere in three dimensions, by a net that is refined four times around its best point.
    func lowestObjective(onSphereOfRadius radius: Double) -> Double {
        var best = (objective: Double.infinity, height: 0.0, angle: 0.0)
        var (center, spread) = ((0.0, 0.0), 1.0)
        for _ in 0..<5 {
            for i in -50...50 {
                for j in -50...50 {
                    let height = min(max(center.0 + spread * Double(i) / 50, -1), 1)
                    let angle = center.1 + spread * Double(j) / 50
                    let ring = (1 - height * height).squareRoot()
                    // A rational parametrization of half a circle; the other half is by the sign below.
                    let cosine = (1 - angle * angle) / (1 + angle * angle)
                    let sine = 2 * angle / (1 + angle * angle)
                    for sign in [1.0, -1.0] {
                        let point = [height, sign * ring * cosine, sign * ring * sine].map { radius * $0 }
                        let objective = objective(at: point)
                        if objective < best.objective { best = (objective, height, angle) }
                    }
                }
            }
            center = (best.height, best.angle)
            spread *= 0.1
        }
        return best.objective
    }
}

extension ProximalProblem {
    /// The minimizer for a convex penalty that shrinks toward 0, along one coordinate after the other.
    ///
    /// A penalty on a group may be kinked at 0 of the whole group, where coordinates alone lead nowhere; so the
    /// descent starts lower than 0, or 0 is the minimizer.
    var convexMinimizer: [Double] {
        let weights = weights.map { Double($0) }
        let zero = weights.map { _ in 0.0 }
        let starts = [1, 0.3, 0.1, 0.03, 0.01, 0.001].map { share in weights.map { share * $0 } }
        var point = starts.min { objective(at: $0) < objective(at: $1) }!
        for _ in 0..<100 {
            let previous = point
            for index in point.indices {
                point[index] = minimizer(between: 0, and: weights[index]) { candidate in
                    var probe = point
                    probe[index] = candidate
                    return objective(at: probe)
                }
            }
            if zip(point, previous).allSatisfy({ abs($0 - $1) <= 1e-9 * abs($0) }) { break }
        }
        return objective(at: point) < objective(at: zero) ? point : zero
    }

    /// The same for the sum of the penalty over groups, each by itself.
    func convexMinimizer(byGroup groups: [[Int]]) -> [Double] {
        var point = weights.map { Double($0) }
        for group in groups {
            let problem = ProximalProblem(
                group.map { weights[$0] }, scales: group.map { scales[$0] }, penalty: penalty)
            for (element, number) in zip(group, problem.convexMinimizer) { point[element] = number }
        }
        return point
    }
}

func norm(_ point: [Double]) -> Double {
    point.reduce(0) { $0 + $1 * $1 }.squareRoot()
}
