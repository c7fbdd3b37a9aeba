/// The largest magnitude of an entry of the Gram matrix less the identity: the pair of rows or columns farthest from
/// orthonormal.
///
///     R(W) = maxᵢⱼ |(WWᵀ − I)ᵢⱼ| for m ≤ n,  maxᵢⱼ |(WᵀW − I)ᵢⱼ| for m > n
///
/// The Gram matrix is that of the smaller side of an m × n matrix. Its rows or columns are not normalized, so their
/// lengths count, too.
///
/// - Shape: rank 2 or more, read as a matrix.
/// - Gradient: that of one largest entry e = wᵢ·wⱼ − δᵢⱼ, the first in row-major order: sign(e)·wⱼ at i and sign(e)·wᵢ
///   at j, added to each other where i = j; 0 where the rows or columns are orthonormal.
/// - Proximal point: not offered; use it as a loss term.
/// - Composition: as a loss term with everything; not convex.
/// - Edge cases: an empty matrix has value 0; NaN anywhere makes everything NaN; an infinite element makes the value
///   infinite and the gradient NaN.
/// - Complexity: O(m·n·min(m, n)), without memory on the heap; slower by far where a product of two weights is too
///   large for a Float.
/// - Source: Bansal, Chen, Wang, "Can We Gain More from Orthogonality Regularizations in Training Deep CNNs?", 2018,
///   §3.3.
public struct MutualCoherence: DifferentiableRegularizer, Hashable, Codable {
    /// Makes the regularizer.
    public init() {}

    /// Accepts shapes of rank 2 or more.
    public func check(_ shape: Shape) throws { try shape.checkMatrix(for: "mutual coherence") }

    /// The largest magnitude of an entry of the smaller Gram matrix less the identity; 0 for an empty matrix.
    public func value(at weights: Weights) -> Double {
        guard weights.isFinite else { return weights.valueOfNonfinite }
        return Pair(largestIn: weights).map { abs($0.entry) } ?? 0
    }

    /// Adds scale · sign(e)·(wⱼ at i, wᵢ at j) for the first largest entry; traps if the counts differ.
    public func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        _ = valueAddingGradient(at: weights, scale: scale, to: &gradient)
    }

    /// Adds the gradient and returns the value, from one computation of the Gram matrix; traps if the counts differ.
    public func valueAddingGradient(
        at weights: Weights, scale: Float, to gradient: inout MutableWeights
    ) -> Double {
        require(weights.count == gradient.count, "The weights and the gradient differ in count.")
        guard weights.isFinite else {
            gradient.fill(with: .nan)
            return weights.valueOfNonfinite
        }
        guard let pair = Pair(largestIn: weights) else { return 0 }
        let factor = pair.entry < 0 ? -scale : pair.entry == 0 ? 0 : scale
        let side = GramSide(weights.shape)
        for index in 0..<side.length {
            let (first, second) = (side.element(index, of: pair.first), side.element(index, of: pair.second))
            let (a, b) = (weights[first], weights[second])
            gradient[first] += factor * b
            gradient[second] += factor * a
        }
        return abs(pair.entry)
    }
}

/// Two rows or columns and their entry in the Gram matrix less the identity.
private struct Pair {
    var first, second: Int
    var entry: Double

    /// The pair whose entry has the largest magnitude, the first in row-major order of several; nil if the matrix is
    /// empty.
    ///
    /// It is searched for in single precision, and its entry is computed again in Double. Where an entry is too large
    /// for a Float, all are computed in Double.
    init?(largestIn weights: Weights) {
        let side = GramSide(weights.shape)
        if side.count == 0 { return nil }
        self.init(first: 0, second: 0, entry: 0)
        var isFinite = true
        withScratch { panel in
            var gram = GramPanels(of: weights.shape)
            while gram.computeNext(of: weights, into: &panel) {
                gram.forEachEntry(panel.span) { row, column, entry in
                    if !entry.isFinite { isFinite = false }
                    take(row, column, Double(entry))
                }
            }
        }
        if !isFinite {
            self = Pair(first: 0, second: 0, entry: side.entry(0, 0, of: weights))
            for row in 0..<side.count {
                for column in row..<side.count { take(row, column, side.entry(row, column, of: weights)) }
            }
        }
        entry = side.entry(first, second, of: weights)
    }

    private init(first: Int, second: Int, entry: Double) {
        self.first = first
        self.second = second
        self.entry = entry
    }

    /// Takes another entry in place of this one if it is larger in magnitude, or as large and before it in row-major
    /// order.
    ///
    /// The comparison of places is needed since entries come panel by panel, and a panel has several rows.
    private mutating func take(_ row: Int, _ column: Int, _ other: Double) {
        let (size, otherSize) = (abs(entry), abs(other))
        if otherSize > size || (otherSize == size && (row, column) < (first, second)) {
            self = Pair(first: row, second: column, entry: other)
        }
    }
}
