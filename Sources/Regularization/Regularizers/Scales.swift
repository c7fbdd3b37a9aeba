/// One proximal scale for each element of a tensor, computed from an optimizer's step sizes sᵢ.
///
///     tᵢ = f·sᵢ / (1 + ρ·f·sᵢ)
///
/// f is the strength and ρ a squared L2 that was folded in. Multiples and folded squared L2 change f and ρ
/// alone, so neither needs a buffer.
public struct Scales: ~Escapable {
    /// The optimizer's step sizes sᵢ.
    public let stepSizes: Span<Float>
    /// The factor f.
    public let factor: Float
    /// The folded squared L2 ρ.
    public let ridge: Float

    /// Views step sizes as scales.
    @inlinable
    @_lifetime(copy stepSizes)
    public init(_ stepSizes: Span<Float>, factor: Float, ridge: Float = 0) {
        self.stepSizes = stepSizes
        self.factor = factor
        self.ridge = ridge
    }

    /// The number of elements.
    @inlinable public var count: Int { stepSizes.count }

    /// The scale tᵢ of an element.
    @inlinable public subscript(_ index: Int) -> Float {
        let scale = factor * stepSizes[index]
        return ridge == 0 ? scale : scale / (1 + ridge * scale)
    }

    /// The scales of c·R where these are those of R; c is positive.
    @inlinable
    @_lifetime(copy self)
    public func scaled(by c: Float) -> Scales {
        // An infinite ridge would make NaN of a scale of 0.
        Scales(stepSizes, factor: factor * c, ridge: min(ridge / c, .greatestFiniteMagnitude))
    }

    /// The scales that are left for R when R + ½·ρ‖w‖² is minimised and the ρ has been folded into the weights.
    @inlinable
    @_lifetime(copy self)
    public func folding(ridge more: Float) -> Scales {
        Scales(stepSizes, factor: factor, ridge: ridge + more)
    }
}
