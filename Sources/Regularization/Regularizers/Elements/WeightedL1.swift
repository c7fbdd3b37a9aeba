/// The sum of absolute values, each times a factor of its own, as in the adaptive lasso.
///
///     R(w) = Σ ωᵢ|wᵢ|
///
/// - Shape: one with as many elements as there are factors ω, which are row-major; weights of another count trap.
/// - Gradient: ω·sign(w), 0 at 0.
/// - Proximal point: the soft threshold of each element at tωᵢ.
/// - Metric: diagonal.
/// - Composition: convex, positively homogeneous, monotone in magnitudes, separable.
/// - Edge cases: NaN stays NaN; infinity stays infinite; a zero is +0; an element with ω = 0 stays.
/// - Complexity: O(n).
/// - Source: Zou, "The Adaptive Lasso and Its Oracle Properties", 2006.
public struct WeightedL1: DifferentiableRegularizer, MetricProximalRegularizer, Hashable, Codable {
    /// The factor ω of each element, row-major.
    public let factors: [Float]

    /// Makes the regularizer; traps unless every factor is 0 or more and finite.
    public init(_ factors: [Float]) { self = trapping(try Self(checking: factors)) }

    /// Reads `factors`; throws a `DecodingError` unless each is 0 or more and finite.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self = try values.checked(Self(checking: values.decode(.factors)))
    }

    private init(checking factors: [Float]) throws(ArgumentError) {
        for factor in factors { _ = try checked(factor: Double(factor), at: "factors") }
        self.factors = factors
    }

    /// `.separable`, since the function differs from element to element.
    public var structure: Structure { .separable }

    /// Convex, positively homogeneous and monotone in magnitudes.
    public var properties: CompositionProperties { [.convex, .positivelyHomogeneous, .monotoneInMagnitudes] }

    /// K(w) = R(w), with the factors ω.
    public var kink: Kink { .elements { [factors] element in Double(factors[element]) } }

    /// Accepts the shapes with one element for each factor.
    public func check(_ shape: Shape) throws {
        guard shape.count == factors.count else {
            throw ShapeError("\(factors.count) factors are given for the \(shape.count) elements of \(shape)")
        }
    }

    /// Σ ωᵢ|wᵢ|.
    public func value(at weights: Weights) -> Double {
        requireCount(weights.count)
        var sum = 0.0
        for index in 0..<weights.count {
            let (factor, size) = (factors[index], abs(weights.elements[unchecked: index]))
            sum += factor == 0 && size == .infinity ? 0 : Double(factor) * Double(size)
        }
        return sum
    }

    /// Adds scale · ωᵢ·sign(wᵢ) to each element of the gradient.
    public func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        requireCount(weights.count)
        requireCount(gradient.count)
        for index in 0..<weights.count {
            let derivative = L1().derivative(at: weights.elements[unchecked: index])
            gradient.elements[unchecked: index] += scale * factors[index] * derivative
        }
    }

    /// The soft threshold of every element at its own scale.
    public func applyProx(to weights: inout MutableWeights, scales: Scales) {
        requireCount(weights.count)
        requireCount(scales.count)
        scales.forEach { index, scale in
            // In Double, since tω may be more than Float holds.
            let threshold = Double(scale) * Double(factors[index])
            weights.elements[unchecked: index] = weights.elements[unchecked: index].withMagnitude { size in
                size <= threshold ? 0 : size - threshold
            }
        }
    }

    private func requireCount(_ count: Int) {
        require(count == factors.count, "\(factors.count) factors are given for \(count) elements.")
    }
}
