/// The scale tᵢ of the proximal point for each element: one for all, or one for each, made of step sizes sᵢ.
///
///     tᵢ = f,  or  tᵢ = f·sᵢ / (1 + ρ·f·sᵢ)
///
/// f is the strength, and in the first form, the Euclidean metric, strength × step size. ρ is the coefficient of a
/// squared L2 that was folded in. Multiples and folded squared L2 change f and ρ alone, so neither needs a buffer.
/// Scales are 0 or more.
///
/// `scales[index]` is right for both forms. Where a loop does little else, or one scale permits a simpler algorithm,
/// ask once:
///
///     if let scale = scales.uniform {
///         for index in 0..<weights.count { … scale … }
///     } else {
///         for index in 0..<weights.count { … scales[index] … }
///     }
public struct Scales: ~Escapable {
    /// The step sizes sᵢ of an optimizer; empty where the scale is uniform.
    @usableFromInline package let stepSizes: Span<Float>
    /// The factor f; where the scale is uniform, the scale itself.
    @usableFromInline package let factor: Float
    /// The coefficient ρ of the folded squared L2; 0 where the scale is uniform.
    @usableFromInline package let ridge: Float
    @usableFromInline let isUniform: Bool

    /// The number of elements.
    public let count: Int

    /// Makes one scale for all elements: the Euclidean metric.
    @inlinable
    @_lifetime(immortal)
    public init(uniform scale: Float, count: Int) {
        stepSizes = Span()
        factor = scale
        ridge = 0
        isUniform = true
        self.count = count
    }

    /// Makes scales of step sizes, without a copy: a diagonal metric, even where all are equal.
    @inlinable
    @_lifetime(copy stepSizes)
    public init(_ stepSizes: Span<Float>, factor: Float, ridge: Float = 0) {
        self.stepSizes = stepSizes
        self.factor = factor
        self.ridge = ridge
        isUniform = false
        count = stepSizes.count
    }

    /// The scale of all elements in the Euclidean metric; nil in a diagonal one.
    @inlinable public var uniform: Float? { isUniform ? factor : nil }

    /// The scale tᵢ of an element; traps if the metric is diagonal and the index out of bounds.
    @inlinable public subscript(_ index: Int) -> Float { isUniform ? factor : self[ofEach: index] }

    /// The scale tᵢ of an element where the metric is known to be diagonal, for loops in which the test would take
    /// time.
    @inlinable subscript(ofEach index: Int) -> Float {
        let scale = factor * stepSizes[index]
        return ridge == 0 ? scale : scale / (1 + ridge * scale)
    }

    /// These scales times c, which is positive: the proximal point of c·R at these scales is that of R at the result.
    @inlinable
    @_lifetime(copy self)
    public func multiplied(by c: Float) -> Scales {
        if isUniform { return Scales(uniform: factor * c, count: count) }
        // An infinite ridge would make NaN of a scale of 0.
        return Scales(stepSizes, factor: factor * c, ridge: min(ridge / c, .greatestFiniteMagnitude))
    }

    /// The scales that are left for R when R + ½·ρ‖w‖² is minimized and the squared L2 has been folded into the
    /// weights.
    @_lifetime(copy self)
    func folding(ridge more: Float) -> Scales {
        if !isUniform { return Scales(stepSizes, factor: factor, ridge: ridge + more) }
        // In Double, since the product may be more than Float holds.
        return Scales(
            uniform: Float(Double(factor) / (1 + Double(factor) * Double(more))), count: count)
    }
}

extension Scales {
    /// Calls a function with the index and the scale of each element, in order, by loops that test nothing for each
    /// element.
    @inlinable
    @inline(__always)
    func forEach(_ body: (Int, Float) -> Void) {
        let (sizes, factor, ridge) = (stepSizes, factor, ridge)
        if isUniform {
            for index in 0..<count { body(index, factor) }
        } else if ridge == 0 {
            for index in 0..<count { body(index, factor * sizes[unchecked: index]) }
        } else {
            for index in 0..<count {
                let scale = factor * sizes[unchecked: index]
                body(index, scale / (1 + ridge * scale))
            }
        }
    }
}
