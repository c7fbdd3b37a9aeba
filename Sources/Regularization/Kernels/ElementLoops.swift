internal import CKernels

extension Span<Float> {
    /// Σ|xᵢ|.
    var sumOfMagnitudes: Double {
        withUnsafeBufferPointer { all in
            sumConcurrently(over: all.count) { range in
                ck_sum_of_magnitudes(range.count, all.baseAddress! + range.lowerBound)
            }
        }
    }

    /// Σ xᵢ².
    var sumOfSquares: Double {
        withUnsafeBufferPointer { all in
            sumConcurrently(over: all.count) { range in
                ck_sum_of_squares(range.count, all.baseAddress! + range.lowerBound)
            }
        }
    }
}

/// What a gradient is made of.
enum GradientLoop {
    /// The sign of each weight, 0 at 0 and NaN at NaN; Σ|wᵢ|.
    case signs
    /// Each weight itself; Σ wᵢ².
    case weights
}

extension MutableSpan<Float> {
    /// Adds a multiple of the signs or of the weights.
    mutating func add(_ loop: GradientLoop, of weights: Span<Float>, scale: Float) {
        requireCount(weights.count)
        let add = loop == .signs ? ck_add_signs : ck_add_multiple
        forEachLongRange { range, gradient in
            weights.withUnsafeBufferPointer {
                add(range.count, $0.baseAddress! + range.lowerBound, scale, gradient)
            }
        }
    }

    /// Adds a multiple of the signs or of the weights, and returns their sum of magnitudes or of squares.
    mutating func addSumming(_ loop: GradientLoop, of weights: Span<Float>, scale: Float) -> Double {
        requireCount(weights.count)
        let add = loop == .signs ? ck_add_signs_summing : ck_add_multiple_summing
        return withUnsafeMutableBufferPointer { gradient in
            weights.withUnsafeBufferPointer { weights in
                sumConcurrently(over: weights.count) { range in
                    add(
                        range.count, weights.baseAddress! + range.lowerBound, scale,
                        gradient.baseAddress! + range.lowerBound)
                }
            }
        }
    }

    /// Moves each element toward 0 by its threshold, to exactly 0 where it is not larger.
    mutating func softThreshold(_ thresholds: Scales) {
        requireCount(thresholds.count)
        if let threshold = thresholds.uniform {
            return forEachLongRange { range, weights in ck_soft_threshold(range.count, weights, threshold) }
        }
        forEachLongRange { range, weights in
            thresholds.withKernelScales(from: range) { ck_soft_threshold_each(range.count, weights, $0) }
        }
    }

    /// Multiplies each element.
    mutating func scale(by factor: Float) {
        forEachLongRange { range, elements in ck_scale(range.count, elements, factor) }
    }

    /// Divides each element by 1 + multiple · its scale.
    mutating func divide(byOnePlus multiple: Float, times scales: Scales) {
        requireCount(scales.count)
        if let scale = scales.uniform {
            // In Double, since the product may be more than Float holds.
            let divisor = Float(1 + Double(scale) * Double(multiple))
            return forEachLongRange { range, weights in ck_divide(range.count, weights, divisor) }
        }
        forEachLongRange { range, weights in
            scales.withKernelScales(from: range) { ck_divide_each(range.count, weights, $0, multiple) }
        }
    }

    /// Calls a function with ranges that cover all elements and with where they begin, on several threads where
    /// they are many.
    private mutating func forEachLongRange(_ body: (Range<Int>, UnsafeMutablePointer<Float>) -> Void) {
        withUnsafeMutableBufferPointer { all in
            concurrently(over: all.count, grain: longPass / 2) { range in
                body(range, all.baseAddress! + range.lowerBound)
            }
        }
    }

    private func requireCount(_ other: Int) {
        require(count == other, "\(count) elements and \(other) others differ in count.")
    }
}

extension Scales {
    fileprivate func withKernelScales(from range: Range<Int>, _ body: (CKScales) -> Void) {
        stepSizes.withUnsafeBufferPointer {
            body(CKScales(sizes: $0.baseAddress! + range.lowerBound, factor: factor, ridge: ridge))
        }
    }
}
