/// Half the sum of squares, which makes weights small.
///
///     R(w) = ½ Σ wᵢ²
///
/// As a loss term it is coupled L2, PyTorch's `weight_decay` of SGD and Adam. Decoupled weight decay, AdamW's, is
/// `Penalty.decay`.
///
/// - Shape: any.
/// - Gradient: w.
/// - Proximal point: w / (1 + t).
/// - Metric: diagonal.
/// - Composition: convex; folds into any other regularizer's proximal point.
/// - Edge cases: NaN stays NaN; infinity stays infinite.
/// - Complexity: O(n).
/// - Source: Parikh, Boyd, "Proximal Algorithms", 2013, §6.1.1.
public struct SquaredL2: DifferentiableElementwiseRegularizer, ProximalElementwiseRegularizer, Hashable,
    Codable
{
    /// Makes the regularizer.
    public init() {}

    /// A ridge with coefficient 1 around zero.
    public var structure: Structure { .ridge(1) }

    /// Convex.
    public var properties: CompositionProperties { .convex }

    /// ½w².
    @inlinable
    public func value(at weight: Float) -> Double { 0.5 * Double(weight) * Double(weight) }

    /// w, the derivative of ½w².
    @inlinable
    public func derivative(at weight: Float) -> Float { weight }

    /// w / (1 + t).
    @inlinable
    public func proximalPoint(of weight: Float, scale: Float) -> Float { weight / (1 + scale) }

    /// ½ Σ wᵢ².
    public func value(at weights: Weights) -> Double { 0.5 * weights.elements.sumOfSquares }

    /// Adds scale · wᵢ to each element of the gradient.
    public func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        gradient.elements.add(.weights, of: weights.elements, scale: scale)
    }

    /// Adds the gradient and returns the value, in one pass.
    public func valueAddingGradient(
        at weights: Weights, scale: Float, to gradient: inout MutableWeights
    ) -> Double {
        0.5 * gradient.elements.addSumming(.weights, of: weights.elements, scale: scale)
    }

    /// Divides every element by 1 + its own scale.
    public func applyProx(to weights: inout MutableWeights, scales: Scales) {
        weights.elements.divide(byOnePlus: 1, times: scales)
    }
}
