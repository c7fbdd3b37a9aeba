import Regularization

/// A smooth absolute value: quadratic near zero, linear far from it.
///
///     R(w) = Σ (√(wᵢ² + c²) − c)
///
/// - Shape: any.
/// - Gradient: w/√(w² + c²), smooth at zero.
/// - Proximal point: not offered, since without a kink it would leave no exact zeros; use a loss term.
/// - Edge cases: NaN stays NaN, and an infinite weight makes value and gradient NaN.
/// - Complexity: O(n).
/// - Source: Charbonnier, Blanc-Féraud, Aubert, Barlaud, "Two deterministic half-quadratic regularization
///   algorithms for computed imaging", 1994.
public struct Charbonnier: DifferentiableElementwiseRegularizer, Hashable, Codable {
    /// The width c > 0 of the quadratic part.
    public let width: Float

    /// Makes the regularizer; traps unless the width is positive and finite.
    public init(width: Float = 1e-2) { self = trapping(try Self(checking: width)) }

    /// Reads the regularizer; throws unless the width is positive and finite.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self = try values.checked(Self(checking: values.decode(Float.self, forKey: .width)))
    }

    private init(checking width: Float) throws(ArgumentError) {
        self.width = try ArgumentError.positive(width, "width", of: Self.self)
    }

    /// Convex, as a sum of convex functions.
    public var properties: CompositionProperties { .convex }

    /// Flat: the derivative at zero is 0.
    public var kink: Kink { .flat }

    /// √(w² + c²) − c, computed as w²/(√(w² + c²) + c), which keeps its digits near zero.
    public func value(at weight: Float) -> Double {
        let (square, width) = (Double(weight) * Double(weight), Double(width))
        return square / ((square + width * width).squareRoot() + width)
    }

    /// w/√(w² + c²), computed in Double, in which w² does not overflow.
    public func derivative(at weight: Float) -> Float {
        let (weight, width) = (Double(weight), Double(width))
        return Float(weight / (weight * weight + width * width).squareRoot())
    }
}
