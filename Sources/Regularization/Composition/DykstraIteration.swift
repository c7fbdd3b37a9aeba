/// The proximal point of a sum of convex functions by those of the summands.
///
///     yₖ = prox_k(x + qₖ),  qₖ ← x + qₖ − yₖ,  x ← yₖ   for one summand k after the other, until all yₖ agree
///
/// It ends where no yₖ differs from the one before by more than the tolerance, relative to the last summand's point, after
/// two rounds at least, or by more than Float32 resolves of the weights before. A correction qₖ changes by just that
/// difference. The last summand's point is the result, so that its zeros are exact.
///
/// Source: Bauschke, Combettes, "A Dykstra-like algorithm for two monotone operators", 2008. For more summands it is
/// block coordinate descent for the dual problem, min ½‖w − Σ qₖ‖² + Σ fₖ*(qₖ), each block strongly convex:
/// Tibshirani, "Dykstra's Algorithm, ADMM, and Coordinate Descent", 2017; Tseng, "Convergence of a Block Coordinate
/// Descent Method for Nondifferentiable Minimization", 2001.
struct DykstraIteration {
    /// The most rounds.
    private static let limit = 10_000

    private let tolerance: Double
    /// The largest magnitude of the weights before.
    private let size: Float
    /// That of the last summand's point.
    private var pointSize: Float = 0
    private var corrections: [Float]
    /// x before a summand's proximal point.
    private var before: [Float]
    private var rounds = 0
    private var difference: Float = 0

    init(from weights: borrowing MutableWeights, blocks: Int, tolerance: Double) {
        self.tolerance = tolerance
        size = weights.elements.span.largestMagnitude
        corrections = Array(repeating: 0, count: blocks * weights.count)
        before = Array(repeating: 0, count: weights.count)
    }

    /// Begins a round, unless the summands agree; one is enough for what is not finite.
    mutating func beginRound() -> Bool {
        let least = size < .infinity ? 2 : 1
        let resolved = max(tolerance * Double(pointSize), 1e-7 * Double(size))
        let isOpen = least == 2 && Double(difference) > resolved && rounds < Self.limit
        guard rounds < least || isOpen else { return false }
        rounds += 1
        difference = 0
        return true
    }

    /// Moves the weights from x to x + qₖ.
    mutating func beginBlock(_ block: Int, _ weights: inout MutableWeights) {
        let start = block * weights.count
        for index in 0..<weights.count {
            before[index] = weights[index]
            weights[index] += corrections[start + index]
            corrections[start + index] = weights[index]
        }
    }

    /// Notes the weights, which have been moved from x + qₖ to yₖ.
    mutating func endBlock(_ block: Int, _ weights: borrowing MutableWeights) {
        let start = block * weights.count
        pointSize = 0
        for index in 0..<weights.count {
            corrections[start + index] -= weights[index]
            difference = max(difference, abs(weights[index] - before[index]))
            pointSize = max(pointSize, abs(weights[index]))
        }
    }

    /// How it went.
    var result: Iteration {
        let whole = pointSize == 0 ? size : pointSize
        return Iteration(count: rounds, residual: difference == 0 ? 0 : Double(difference / whole))
    }
}

/// How an iterative composition of proximal points went.
public struct Iteration: Sendable, Hashable, Codable {
    /// The number of rounds in which each summand's proximal point was taken once.
    public let count: Int
    /// How far the summands' last points were from each other: the largest difference of an element, as a share of the
    /// result's largest magnitude, or of that of the weights before if the result is zero.
    ///
    /// Above the tolerance where 10,000 rounds were not enough, or where the weights before were so much larger than the
    /// result that Float32 resolves no more.
    public let residual: Double
}

extension Span<Float> {
    /// NaN if one is.
    fileprivate var largestMagnitude: Float {
        var largest: Float = 0
        for index in indices {
            let magnitude = abs(self[index])
            if magnitude.isNaN { return magnitude }
            largest = Swift.max(largest, magnitude)
        }
        return largest
    }
}
