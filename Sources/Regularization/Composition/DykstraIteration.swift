/// The proximal point of a sum of convex functions, found by iteration with the proximal points of the summands.
///
///     yₖ = prox_k(x + qₖ),  qₖ ← x + qₖ − yₖ,  x ← yₖ   for one summand k after the other, until all yₖ agree
///
/// The iteration ends after a round, the second or a later one, in which each yₖ differs from the point before it by at
/// most the tolerance, relative to the largest magnitude of the last summand's point, or by at most 1e-7 of the largest
/// magnitude of the initial weights, which is what Float32 resolves. A correction qₖ changes by just that difference.
/// The last summand's point is the result, so that its zeros are exact.
///
/// Source: Bauschke, Combettes, "A Dykstra-like algorithm for two monotone operators", 2008. For more summands it is
/// block coordinate descent for the dual problem, min ½‖w − Σ qₖ‖² + Σ fₖ*(qₖ), each block strongly convex:
/// Tibshirani, "Dykstra's Algorithm, ADMM, and Coordinate Descent", 2017; Tseng, "Convergence of a Block Coordinate
/// Descent Method for Nondifferentiable Minimization", 2001.
struct DykstraIteration {
    /// The largest number of rounds.
    private static let limit = 10_000

    private let tolerance: Double
    /// The largest magnitude of the initial weights; NaN if one of them is.
    private let size: Float
    /// The largest magnitude of the last summand's point.
    private var pointSize: Float = 0
    /// The corrections qₖ, one summand's after the other's.
    private var corrections: [Float]
    /// The weights x before the proximal point of the present summand.
    private var before: [Float]
    /// The number of rounds begun.
    private var rounds = 0
    /// The largest change of an element, in this round, from one summand's point to the next one's.
    private var difference: Float = 0

    init(from weights: borrowing MutableWeights, blocks: Int, tolerance: Double) {
        self.tolerance = tolerance
        size = weights.elements.span.largestMagnitude
        corrections = Array(repeating: 0, count: blocks * weights.count)
        before = Array(repeating: 0, count: weights.count)
    }

    /// Begins a round and returns true, or returns false if the summands agree or the limit is reached.
    ///
    /// Initial weights that are not finite get one round.
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

    /// Updates qₖ and the difference after the weights have been moved from x + qₖ to yₖ.
    mutating func endBlock(_ block: Int, _ weights: borrowing MutableWeights) {
        let start = block * weights.count
        pointSize = 0
        for index in 0..<weights.count {
            corrections[start + index] -= weights[index]
            difference = max(difference, abs(weights[index] - before[index]))
            pointSize = max(pointSize, abs(weights[index]))
        }
    }

    /// The number of rounds and the difference that is left.
    var result: Iteration {
        let whole = pointSize == 0 ? size : pointSize
        return Iteration(count: rounds, residual: difference == 0 ? 0 : Double(difference / whole))
    }
}

extension Span<Float> {
    /// The largest magnitude of the elements, 0 if there are none; NaN if one of them is.
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
