internal import CKernels

/// The sum of square roots of the magnitudes, between the count of L0 and the sum of L1.
///
///     R(w) = Σ √|wᵢ|
///
/// - Shape: any.
/// - Gradient: not offered; the derivative at zero is infinite.
/// - Proximal point: 0 where |w| ≤ 1.5·t^(2/3), else ⅔w·(1 + cos(⅔(π − arccos(¼t·(|w|/3)^(−3/2))))), which is
///   at least ⅔|w| in magnitude. At |w| = 1.5·t^(2/3) both are equally good.
/// - Metric: diagonal.
/// - Composition: not convex; monotone in magnitudes, elementwise.
/// - Edge cases: NaN stays NaN; infinity stays infinite; a zero is +0.
/// - Complexity: O(n), with an arc cosine and a cosine for each weight that stays.
/// - Source: Xu, Chang, Xu, Zhang, "L1/2 Regularization: A Thresholding Representation Theory and a Fast
///   Solver", 2012, theorem 1, with λ = 2t.
public struct LHalf: ProximalElementwiseRegularizer, Hashable, Codable {
    /// Makes the regularizer.
    public init() {}

    /// Monotone in magnitudes.
    public var properties: CompositionProperties { .monotoneInMagnitudes }

    /// √|w|.
    public func value(at weight: Float) -> Double { Double(abs(weight)).squareRoot() }

    /// 0 up to the threshold 1.5·t^(2/3), else the point of the formula above, computed in Double.
    public func proximalPoint(of weight: Float, scale: Float) -> Float {
        let scale = Double(scale)
        return weight.withMagnitude { size in
            if size * size * size <= 3.375 * scale * scale { return 0 }
            if size == .infinity { return size }
            let third = size / 3
            let angle = ck_arccosine(scale / 4 / (third * third.squareRoot()))
            return min(size, 2 * third * (1 + ck_cosine((.pi - angle) * 2 / 3)))
        }
    }
}
