internal import CKernels

extension Span<Float> {
    /// Whether no element is NaN or infinite; found on several threads where the elements are many.
    @usableFromInline package var isFinite: Bool {
        withUnsafeBufferPointer { all in
            sumConcurrently(over: all.count) { range in
                ck_all_finite(range.count, all.baseAddress! + range.lowerBound) ? 0 : 1
            } == 0
        }
    }

    /// Σ|xᵢ|, summed in Double, on several threads where the elements are many.
    var sumOfMagnitudes: Double {
        withUnsafeBufferPointer { all in
            sumConcurrently(over: all.count) { range in
                ck_sum_of_magnitudes(range.count, all.baseAddress! + range.lowerBound)
            }
        }
    }

    /// Σ xᵢ², summed in Double, on several threads where the elements are many.
    var sumOfSquares: Double {
        withUnsafeBufferPointer { all in
            sumConcurrently(over: all.count) { range in
                ck_sum_of_squares(range.count, all.baseAddress! + range.lowerBound)
            }
        }
    }
}

/// The function of the weights that a loop adds to a gradient, and the sum that it can return beside it.
enum GradientLoop {
    /// The sign of each weight, 0 at 0 and NaN at NaN; the sum is Σ|wᵢ|.
    case signs
    /// Each weight itself; the sum is Σ wᵢ².
    case weights
}

extension MutableSpan<Float> {
    /// Adds a multiple of the weights' signs, or of the weights, to these gradients; traps if the counts differ.
    mutating func add(_ loop: GradientLoop, of weights: Span<Float>, scale: Float) {
        requireCount(weights.count)
        let add = loop == .signs ? ck_add_signs : ck_add_multiple
        forEachLongRange { range, gradient in
            weights.withUnsafeBufferPointer {
                add(range.count, $0.baseAddress! + range.lowerBound, scale, gradient)
            }
        }
    }

    /// Adds a multiple of the weights' signs, or of the weights, to these gradients, and returns Σ|wᵢ| or Σ wᵢ².
    ///
    /// Traps if the counts differ.
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

    /// Moves each element toward 0 by its threshold, to exactly 0 where the element is not larger; traps if the
    /// counts differ.
    mutating func softThreshold(_ thresholds: Scales) {
        requireCount(thresholds.count)
        if let threshold = thresholds.uniform {
            return forEachLongRange { range, weights in ck_soft_threshold(range.count, weights, threshold) }
        }
        forEachLongRange { range, weights in
            thresholds.withKernelScales(from: range) { ck_soft_threshold_each(range.count, weights, $0) }
        }
    }

    /// Multiplies each element by a factor.
    mutating func scale(by factor: Float) {
        forEachLongRange { range, elements in ck_scale(range.count, elements, factor) }
    }

    /// Divides each element by 1 + multiple · its scale; traps if the counts differ.
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

    /// Calls a function with ranges that cover all elements and with a pointer to the first element of each range.
    ///
    /// The calls come on several threads where the elements are many.
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
    /// Calls a function with the scales from the start of a range on, in the form in which kernels take them.
    fileprivate func withKernelScales(from range: Range<Int>, _ body: (CKScales) -> Void) {
        stepSizes.withUnsafeBufferPointer {
            body(CKScales(sizes: $0.baseAddress! + range.lowerBound, factor: factor, ridge: ridge))
        }
    }
}
