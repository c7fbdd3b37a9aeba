/// The constraint that the rank of a matrix is at most k.
///
///     R(W) = 0 if rank(W) ≤ k;  +∞ otherwise
///
/// - Shape: rank 2 or more, read as a matrix.
/// - Gradient: not offered; use it as a proximal step.
/// - Proximal point: the k largest singular values with their vectors, whatever the scale; unique unless σₖ = σₖ₊₁,
///   where it is the same for the same weights.
/// - Metric: Euclidean only.
/// - Composition: positively homogeneous, a function of the singular values; not convex.
/// - Edge cases: singular values up to 1e-6·σ₁ count as 0; weights of rank k or less, and all weights if k is not below
///   the smaller side, stay bit for bit; otherwise NaN or infinity anywhere makes all weights NaN. The value is NaN if
///   a weight is, and infinite if one is infinite.
/// - Complexity: O(m·n·min(m, n)) with a large constant, that of a singular value decomposition, which allocates
///   memory for about m·n + 2·min(m, n)² Doubles.
/// - Source: Eckart, Young, "The approximation of one matrix by another of lower rank", 1936.
public struct RankBall: ProximalRegularizer, Hashable, Codable {
    /// The largest rank k, 1 or more.
    public let rank: Int

    /// Makes the constraint; traps if the rank is less than 1.
    public init(rank: Int) { self = trapping(try Self(checking: rank)) }

    /// Reads `rank`; throws a `DecodingError` if it is less than 1.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self = try values.checked(Self(checking: values.decode(.rank)))
    }

    private init(checking rank: Int) throws(ArgumentError) {
        guard rank >= 1 else {
            throw ArgumentError("The largest rank of a matrix is 1 or more, not \(rank).", at: "rank")
        }
        self.rank = rank
    }

    /// `RankBall(3)`, with the rank.
    public var name: String { "RankBall(\(rank))" }

    /// Positively homogeneous.
    public var properties: CompositionProperties { .positivelyHomogeneous }

    /// Accepts shapes of rank 2 or more.
    public func check(_ shape: Shape) throws { try shape.checkMatrix(for: "the constraint of a rank") }

    /// 0 if all but the k largest singular values are 0 up to rounding, else infinite; see the edge cases for NaN.
    public func value(at weights: Weights) -> Double {
        if isWhole(weights.shape) { return weights.isFinite ? 0 : weights.valueOfNonfinite }
        guard let decomposition = SingularValueDecomposition(of: weights, valuesOnly: true) else {
            return weights.valueOfNonfinite
        }
        return contains(decomposition.values) ? 0 : .infinity
    }

    /// Replaces all but the k largest singular values by 0.
    public func applyProx(to weights: inout MutableWeights, scale: Float) {
        if isWhole(weights.shape) { return }
        guard let decomposition = SingularValueDecomposition(of: weights.readOnly) else {
            return weights.fill(with: .nan)
        }
        if contains(decomposition.values) { return }
        decomposition.write(Array(decomposition.values.prefix(rank)), to: &weights)
    }

    /// Whether every matrix of that shape satisfies the constraint.
    private func isWhole(_ shape: Shape) -> Bool { rank >= min(shape.rows, shape.columns) }

    /// Whether singular values, in descending order, satisfy the constraint up to rounding.
    private func contains(_ values: [Double]) -> Bool { values[rank] <= 1e-6 * values[0] }
}

extension RankBall: SpectralRegularizer {
    /// `L0Ball(count: k)`, since at most k singular values may be other than zero.
    public var ofSingularValues: any Regularizer { L0Ball(count: rank) }
}
