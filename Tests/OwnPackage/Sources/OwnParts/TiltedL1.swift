import Regularization

/// The absolute value with a factor for each sign: Σ max(rise·wᵢ, −fall·wᵢ), the pinball loss of the weights.
package struct TiltedL1: DifferentiableElementwiseRegularizer, ProximalElementwiseRegularizer, Codable {
    let rise: Float
    let fall: Float
    package init(rise: Float = 1, fall: Float = 1) { (self.rise, self.fall) = (rise, fall) }

    package var properties: CompositionProperties { [.convex, .positivelyHomogeneous] }
    package func value(at weight: Float) -> Double { Double(weight) * Double(weight < 0 ? -fall : rise) }
    package func derivative(at weight: Float) -> Float { weight > 0 ? rise : weight < 0 ? -fall : weight }
    package func proximalPoint(of weight: Float, scale: Float) -> Float {
        let (low, high) = (-scale * fall, scale * rise)
        return weight >= low && weight <= high ? 0 : weight > 0 ? weight - high : weight - low
    }
}
