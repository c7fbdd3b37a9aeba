/// Half the squared distance from given weights, such as those of a pretrained network from which training begins.
///
///     R(w) = ½ Σ (wᵢ − aᵢ)²
///
/// - Shape: one with as many elements as the center a, which is row-major; weights of another count trap.
/// - Gradient: w − a.
/// - Proximal point: (w + ta)/(1 + t).
/// - Metric: diagonal.
/// - Composition: convex, a ridge about a: folds into any other regularizer's proximal point.
/// - Edge cases: NaN stays NaN; infinity stays infinite; t = 0 leaves w as it is.
/// - Complexity: O(n).
/// - Source: Li, Grandvalet, Davoine, "Explicit Inductive Bias for Transfer Learning with Convolutional
///   Networks", 2018, where it is L2-SP.
public struct SquaredDistance: DifferentiableRegularizer, MetricProximalRegularizer, Hashable, Codable {
    /// The center a, row-major.
    public let center: [Float]

    /// Makes the regularizer; traps unless every element of the center is finite.
    public init(to center: [Float]) { self = trapping(try Self(checking: center)) }

    /// Reads `center`; throws a `DecodingError` unless every element is finite.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self = try values.checked(Self(checking: values.decode(.center)))
    }

    private init(checking center: [Float]) throws(ArgumentError) {
        guard center.allSatisfy(\.isFinite) else {
            throw ArgumentError("The center of a SquaredDistance is finite in every element.", at: "center")
        }
        self.center = center
    }

    /// A ridge with coefficient 1 about the center.
    public var structure: Structure { .ridge(1, center: center) }

    /// Convex.
    public var properties: CompositionProperties { .convex }

    /// Accepts the shapes with as many elements as the center.
    public func check(_ shape: Shape) throws {
        guard shape.count == center.count else {
            throw ShapeError(
                "a center of \(center.count) elements is given for the \(shape.count) of \(shape)")
        }
    }

    /// ½ Σ (wᵢ − aᵢ)².
    public func value(at weights: Weights) -> Double {
        requireCount(weights.count)
        var sum = 0.0
        for index in 0..<weights.count {
            let distance = Double(weights.elements[unchecked: index]) - Double(center[index])
            sum += distance * distance
        }
        return sum / 2
    }

    /// Adds scale · (wᵢ − aᵢ) to each element of the gradient.
    public func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        requireCount(weights.count)
        requireCount(gradient.count)
        for index in 0..<weights.count {
            let distance = weights.elements[unchecked: index] - center[index]
            gradient.elements[unchecked: index] += scale * distance
        }
    }

    /// Moves every element to (w + ta)/(1 + t) with its own scale.
    public func applyProx(to weights: inout MutableWeights, scales: Scales) {
        requireCount(weights.count)
        requireCount(scales.count)
        scales.forEach { index, scale in
            let (scale, weight) = (Double(scale), Double(weights.elements[unchecked: index]))
            let point = Float((weight + scale * Double(center[index])) / (1 + scale))
            weights.elements[unchecked: index] = point + 0
        }
    }

    private func requireCount(_ count: Int) {
        require(count == center.count, "A center of \(center.count) elements is given for \(count).")
    }
}
