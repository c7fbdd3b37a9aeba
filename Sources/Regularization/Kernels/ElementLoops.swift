internal import CKernels

extension Span<Float> {
    /// Σ|xᵢ|.
    var sumOfMagnitudes: Double {
        withUnsafeBufferPointer { ck_sum_of_magnitudes($0.count, $0.baseAddress) }
    }

    /// Σ xᵢ².
    var sumOfSquares: Double {
        withUnsafeBufferPointer { ck_sum_of_squares($0.count, $0.baseAddress) }
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
        withUnsafeMutableBufferPointer { gradient in
            weights.withUnsafeBufferPointer { weights in
                let add = loop == .signs ? ck_add_signs : ck_add_multiple
                add(gradient.count, weights.baseAddress, scale, gradient.baseAddress)
            }
        }
    }

    /// Adds a multiple of the signs or of the weights, and returns their sum of magnitudes or of squares.
    mutating func addSumming(_ loop: GradientLoop, of weights: Span<Float>, scale: Float) -> Double {
        requireCount(weights.count)
        return withUnsafeMutableBufferPointer { gradient in
            weights.withUnsafeBufferPointer { weights in
                let add = loop == .signs ? ck_add_signs_summing : ck_add_multiple_summing
                return add(gradient.count, weights.baseAddress, scale, gradient.baseAddress)
            }
        }
    }

    /// Moves each element towards 0 by the threshold, to exactly 0 where it is not larger.
    mutating func softThreshold(_ threshold: Float) {
        withUnsafeMutableBufferPointer { ck_soft_threshold($0.count, $0.baseAddress, threshold) }
    }

    /// Moves each element towards 0 by its own threshold.
    mutating func softThreshold(_ thresholds: Scales) {
        requireCount(thresholds.count)
        withUnsafeMutableBufferPointer { weights in
            thresholds.withKernelScales { ck_soft_threshold_each(weights.count, weights.baseAddress, $0) }
        }
    }

    /// Divides each element.
    mutating func divide(by divisor: Float) {
        withUnsafeMutableBufferPointer { ck_divide($0.count, $0.baseAddress, divisor) }
    }

    /// Divides each element by 1 + multiple · its scale.
    mutating func divide(byOnePlus multiple: Float, times scales: Scales) {
        requireCount(scales.count)
        withUnsafeMutableBufferPointer { weights in
            scales.withKernelScales { ck_divide_each(weights.count, weights.baseAddress, $0, multiple) }
        }
    }

    private func requireCount(_ other: Int) {
        require(count == other, "\(count) elements and \(other) others differ in count.")
    }
}

extension Scales {
    func withKernelScales<Result>(_ body: (CKScales) -> Result) -> Result {
        stepSizes.withUnsafeBufferPointer {
            body(CKScales(sizes: $0.baseAddress, factor: factor, ridge: ridge))
        }
    }
}
