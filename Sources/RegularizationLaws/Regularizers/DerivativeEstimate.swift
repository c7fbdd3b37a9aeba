/// A derivative by central differences, and how far from it the true one may be.
struct DerivativeEstimate {
    let derivative: Double
    let error: Double
}

extension Subject {
    /// The derivative of the value along one element; nil at a kink.
    ///
    /// Differences are taken at steps from 2⁻¹⁵ of the magnitude up to an eighth. From the finest outward, two
    /// neighboring steps count while the value is smooth between them: the central differences agree, and the
    /// one-sided ones differ in proportion to the step. What breaks that, a kink or a bend narrower than the step,
    /// lies within all coarser steps too, however well those agree among themselves. Of the steps that count those
    /// with the least error are taken.
    ///
    /// The value may have been computed in Float32; that much rounding is part of the error.
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

private struct OneSidedDifferences {
    let forward: Double
    let backward: Double
    let rounding: Double

    var mean: Double { (forward + backward) / 2 }
    /// Proportional to the step where the value is smooth, the jump of the derivative where it has a kink.
    var gap: Double { forward - backward }
}
