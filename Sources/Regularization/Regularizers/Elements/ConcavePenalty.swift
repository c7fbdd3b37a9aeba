/// A function φ of a magnitude r ≥ 0 that rises from 0, concave, until it is constant.
///
/// The magnitude is that of an element or the norm of a group.
///
/// NaN gives NaN everywhere.
protocol ConcavePenalty: Sendable, Hashable, Codable {
    /// φ(r).
    func value(at magnitude: Double) -> Double

    /// φ′(r), at 0 from the right.
    func derivative(at magnitude: Double) -> Double

    /// argmin over p ≥ 0 of ½(p − r)² + t·φ(p), which is at most r; of two the smaller one.
    func proximalPoint(of magnitude: Double, scale: Double) -> Double

    /// The largest t for which ½p² + t·φ(p) is convex.
    var largestConvexScale: Double { get }
}

extension ConcavePenalty {
    /// φ′ of the magnitude of a weight, with its sign; 0 at 0.
    func derivative(at weight: Float) -> Float {
        weight == 0 ? 0 : weight.withMagnitude { derivative(at: $0) }
    }

    /// The proximal point of φ(|w|).
    func proximalPoint(of weight: Float, scale: Float) -> Float {
        weight.withMagnitude { proximalPoint(of: $0, scale: Double(scale)) }
    }
}
