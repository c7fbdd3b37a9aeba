/// A derivative from finite differences, with a bound on its error.
struct DerivativeEstimate {
    let derivative: Double
    let error: Double
}

extension Subject {
    /// An estimate of ∂R/∂wᵢ from central differences of the value, i = `element`; nil at a kink.
    ///
    /// Steps are 2⁻¹⁵, 2⁻¹³, …, 2⁻³ of the magnitude. From the smallest on, two neighboring steps are used while the
    /// value is smooth between them: their central differences agree, and the difference of the one-sided ones is
    /// proportional to the step. The first pair that fails ends the search, because a kink, or a bend narrower than the
    /// step, lies within all larger steps too, however well these agree. Of the pairs that are used, the one with the
    /// smallest error gives the estimate.
    ///
    /// The error includes the rounding of a value that was computed in Float32.
    func derivative(along element: Int, at weights: [Float], _ magnitude: Float) -> DerivativeEstimate? {
        let center = value(at: weights)
        var largest = 0.0
        var finer: OneSidedDifferences?
        var best: DerivativeEstimate?
        for exponent in stride(from: 15, through: 3, by: -2) {
            let step = magnitude / Float(1 << exponent)
            let (above, below) = (weights[element] + step, weights[element] - step)
            let coarse = OneSidedDifferences(
                forward: (value(at: weights.with(element, above)) - center)
                    / (Double(above) - Double(weights[element])),
                backward: (center - value(at: weights.with(element, below)))
                    / (Double(weights[element]) - Double(below)),
                rounding: 0x1p-23 * abs(center) / Double(step))
            largest = max(largest, abs(coarse.forward), abs(coarse.backward))
            if let fine = finer {
                let roughness = abs(coarse.mean - fine.mean) + abs(4 * fine.gap - coarse.gap)
                guard roughness <= 0.02 * largest + 4 * fine.rounding else { break }
                let estimate = DerivativeEstimate(
                    derivative: (16 * fine.mean - coarse.mean) / 15, error: roughness + fine.rounding)
                if best == nil || estimate.error < best!.error { best = estimate }
            }
            finer = coarse
        }
        guard let best, best.error <= 0.02 * largest else { return nil }
        return best
    }
}

/// The forward and the backward difference quotient of the value at one step.
private struct OneSidedDifferences {
    let forward: Double
    let backward: Double
    /// The error of a quotient if the value was rounded to Float32.
    let rounding: Double

    var mean: Double { (forward + backward) / 2 }
    /// Forward minus backward: proportional to the step where the value is smooth, the jump of the derivative at a
    /// kink.
    var gap: Double { forward - backward }
}
