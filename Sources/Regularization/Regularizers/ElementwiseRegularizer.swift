/// A sum of one function over all elements: R(w) = Σ φ(wᵢ).
///
/// A complete regularizer for both stages is three short functions:
///
///     struct L1: DifferentiableElementwiseRegularizer, ProximalElementwiseRegularizer {
///         func value(at weight: Float) -> Double { Double(abs(weight)) }
///         func derivative(at weight: Float) -> Float { weight > 0 ? 1 : weight < 0 ? -1 : weight }
///         func proximalPoint(of weight: Float, scale: Float) -> Float {
///             abs(weight) <= scale ? 0 : weight > 0 ? weight - scale : weight + scale
///         }
///     }
///
/// It accepts every shape. State `properties` to let it compose with others as a proximal step.
///
/// φ is the same for every weight. An optimizer relies on that: it takes elementwise penalties along piece by
/// piece while it updates the weights, so that they may be given any part of a tensor, on any thread. A sum of
/// functions that differ from weight to weight conforms to the core protocols instead.
public protocol ElementwiseRegularizer: Regularizer {
    /// φ at one weight.
    func value(at weight: Float) -> Double
}

extension ElementwiseRegularizer {
    /// Σ φ(wᵢ); infinite if a weight is, unless one is NaN.
    @inlinable
    public func value(at weights: Weights) -> Double {
        if !weights.elements.isFinite { return weights.valueOfNonfinite }
        return weights.elements.sum(of: { value(at: $0) })
    }

    /// Accepts every shape.
    @inlinable public func check(_ shape: Shape) {}

    /// `.elementwise`, since φ is the same for every weight.
    @inlinable public var structure: Structure { .elementwise }
}

/// An elementwise regularizer with a derivative, which can be a loss term.
public protocol DifferentiableElementwiseRegularizer: ElementwiseRegularizer, DifferentiableRegularizer {
    /// φ′ at one weight; at a kink a subgradient, which is 0 at weight 0.
    func derivative(at weight: Float) -> Float
}

extension DifferentiableElementwiseRegularizer {
    /// Adds scale · φ′(wᵢ) to each element of the gradient; traps if the counts differ.
    @inlinable
    public func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        require(weights.count == gradient.count, "The weights and the gradient differ in count.")
        let elements = weights.elements
        for index in 0..<elements.count {
            gradient.elements[unchecked: index] += scale * derivative(at: elements[unchecked: index])
        }
    }
}

extension DifferentiableElementwiseRegularizer {
    /// Adds scale · φ′(wᵢ) to each element of the gradient and returns Σ φ(wᵢ), in one pass over the memory.
    ///
    /// Traps if the counts differ.
    @inlinable
    public func valueAddingGradient(
        at weights: Weights, scale: Float, to gradient: inout MutableWeights
    ) -> Double {
        require(weights.count == gradient.count, "The weights and the gradient differ in count.")
        let elements = weights.elements
        var (sum, found) = (0.0, Finiteness())
        for start in stride(from: 0, to: elements.count, by: 1024) {
            let end = min(start + 1024, elements.count)
            for index in start..<end {
                let weight = elements[unchecked: index]
                gradient.elements[unchecked: index] += scale * derivative(at: weight)
                found.look(at: weight)
            }
            sum += elements.extracting(start..<end).sum(of: { value(at: $0) })
        }
        return found.isFinite ? sum : weights.valueOfNonfinite
    }
}

/// An elementwise regularizer with a proximal point: it can be a proximal step, in every diagonal metric.
public protocol ProximalElementwiseRegularizer: ElementwiseRegularizer, MetricProximalRegularizer {
    /// argmin over p of ½(p − w)² + scale · φ(p).
    ///
    /// Compare so that NaN stays NaN: "zero where |w| ≤ t", not "keep where |w| > t". An infinite weight has diverged
    /// and becomes no number either: where a limit would make one of it, add w − w, which is 0 or NaN.
    func proximalPoint(of weight: Float, scale: Float) -> Float
}

extension ProximalElementwiseRegularizer {
    /// Moves every element to its proximal point at its own scale.
    @inlinable
    public func applyProx(to weights: inout MutableWeights, scales: Scales) {
        require(weights.count == scales.count, "The weights and the scales differ in count.")
        scales.forEach { index, scale in
            let weight = weights.elements[unchecked: index]
            weights.elements[unchecked: index] = proximalPoint(of: weight, scale: scale)
        }
    }
}

extension Span<Float> {
    /// Σ f(x), in four parts, since the processor can add several at once but each only after the one before.
    @inlinable
    @inline(__always)
    func sum(of function: (Float) -> Double) -> Double {
        var (a, b, c, d) = (0.0, 0.0, 0.0, 0.0)
        var index = 0
        while index &+ 4 <= count {
            a += function(self[unchecked: index])
            b += function(self[unchecked: index &+ 1])
            c += function(self[unchecked: index &+ 2])
            d += function(self[unchecked: index &+ 3])
            index &+= 4
        }
        while index < count {
            a += function(self[unchecked: index])
            index &+= 1
        }
        return (a + b) + (c + d)
    }
}
