internal import CKernels

/// The sum of logarithms log(1 + |w|/ε), which shrinks large weights ever less.
///
///     R(w) = Σ log(1 + |wᵢ|/ε)
///
/// As ε grows, ε·R tends to L1; as ε falls, R/log(1 + 1/ε) tends to the number of weights that are not zero.
///
/// - Shape: any.
/// - Gradient: sign(w)/(ε + |w|), 0 at 0.
/// - Proximal point: with |w| = x, 0 or p = (x − ε + √((x + ε)² − 4t))/2, the larger root of
///   p² + (ε − x)p + t − εx, with the sign of w. For t ≤ ε²: p where x > t/ε, else 0. For t > ε² it jumps: p
///   where its objective is lower than that of 0, else 0, so 0 where the two are equal.
/// - Metric: diagonal; each element is in the case of its own scale.
/// - Composition: not convex; monotone in magnitudes, elementwise. ½w² + t·R(w) is convex for t ≤ ε².
/// - Edge cases: NaN stays NaN; infinity stays infinite; a zero is +0.
/// - Complexity: O(n), with one logarithm for each weight, in the proximal point only where t > ε².
/// - Source: Candès, Wakin, Boyd, "Enhancing Sparsity by Reweighted ℓ1 Minimization", 2008; Prater-Bennette,
///   Shen, Tripp, "The Proximity Operator of the Log-Sum Penalty", 2022.
public struct LogSum: ConcaveElementwiseRegularizer, Hashable, Codable {
    /// The magnitude ε around which φ turns from nearly linear to logarithmic.
    public let epsilon: Double

    /// Makes the regularizer; traps unless ε is positive and finite.
    public init(epsilon: Double) { self = trapping(try Self(checking: epsilon)) }

    /// Reads `epsilon`; throws a `DecodingError` if it is out of range.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self = try values.checked(Self(checking: values.decode(.epsilon)))
    }

    private init(checking epsilon: Double) throws(ArgumentError) {
        self.epsilon = try ArgumentError.positive(epsilon, "epsilon", of: Self.self)
    }

    /// ε².
    public var largestConvexScale: Double { epsilon * epsilon }

    /// log(1 + r/ε).
    public func value(atMagnitude magnitude: Double) -> Double { ck_log1p(magnitude / epsilon) }

    /// 1/(ε + r).
    public func derivative(atMagnitude magnitude: Double) -> Double { 1 / (epsilon + magnitude) }

    /// 0 or the larger root, computed in Double; 0 where both are equally good.
    public func proximalMagnitude(of size: Double, scale: Double) -> Double {
        if size == .infinity { return size }
        let isConvex = scale <= epsilon * epsilon
        let square = (size + epsilon) * (size + epsilon) - 4 * scale
        if isConvex ? size * epsilon <= scale : square < 0 { return 0 }
        // Where x < ε the root is that of the product of both, lest digits cancel.
        let distance = size - epsilon
        let point =
            distance < 0
            ? 2 * (size * epsilon - scale) / (square.squareRoot() - distance)
            : (square.squareRoot() + distance) / 2
        if isConvex { return min(point, size) }
        if point <= 0 { return 0 }
        let gain = point * (point / 2 - size) + scale * ck_log1p(point / epsilon)
        return gain >= 0 ? 0 : min(point, size)
    }
}
