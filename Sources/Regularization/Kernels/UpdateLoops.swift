internal import CKernels

/// Some neighbouring weights in an optimizer's update, and what belongs to them.
struct UpdateRange {
    let count: Int
    let weights: UnsafeMutablePointer<Float>
    let gradient: UnsafeMutablePointer<Float>
    /// The optimizer's states, if it has them.
    let first: UnsafeMutablePointer<Float>?
    let second: UnsafeMutablePointer<Float>?
    /// Where the step sizes are to be written, if they are needed.
    let stepSizes: UnsafeMutablePointer<Float>?

    /// The weights from an offset on.
    fileprivate func part(_ range: Range<Int>, stepSizes: UnsafeMutablePointer<Float>? = nil) -> UpdateRange {
        UpdateRange(
            count: range.count, weights: weights + range.lowerBound, gradient: gradient + range.lowerBound,
            first: first.map { $0 + range.lowerBound }, second: second.map { $0 + range.lowerBound },
            stepSizes: stepSizes)
    }
}

/// Runs an optimizer's loop over all weights, on several threads where they are many.
func updateInRanges(
    _ parameters: inout Parameters, along gradients: inout Gradients,
    _ first: inout [Float], _ second: inout [Float], _ loop: (UpdateRange) -> Void
) {
    withUpdateRange(&parameters, &gradients, &first, &second) { all in
        concurrently(over: all.count, grain: longPass) { range in loop(all.part(range)) }
    }
}

extension [Float] {
    /// Runs a loop that makes step sizes of a range of an optimizer's state, which is empty before its first update.
    func writeStepSizes(
        of range: Range<Int>, to sizes: inout MutableSpan<Float>,
        _ loop: (_ count: Int, UnsafePointer<Float>?, UnsafeMutablePointer<Float>?) -> Void
    ) {
        require(!isEmpty, "An optimizer has step sizes of its own after its first update.")
        require(
            sizes.count == range.count, "\(range.count) step sizes need as many places, not \(sizes.count).")
        sizes.withUnsafeMutableBufferPointer { sizes in
            span.extracting(range).withUnsafeBufferPointer {
                loop($0.count, $0.baseAddress, sizes.baseAddress)
            }
        }
    }
}

extension PenaltyPlan {
    /// Runs an optimizer's loop with the penalties around it, piece by piece.
    ///
    /// The gradients of elementwise loss terms before the loop and elementwise proximal steps after it find the
    /// weights in cache, and the step sizes too. What needs whole tensors comes before and after all of it.
    mutating func update(
        _ parameters: inout Parameters, along gradients: inout Gradients,
        _ first: inout [Float], _ second: inout [Float], step: Int,
        learningRate: Float, metric: Metric, kind: MetricKind, _ loop: (UpdateRange) -> Void
    ) {
        requireLayout(parameters.layout)
        requireLayout(gradients.layout)
        requireMetric(kind)
        setStrengths(at: step)
        addWholeGradients(at: parameters, to: &gradients)
        // Taken out, since with a second owner it would be copied at the first change.
        var state = exchange(&self.state, with: State())
        let plan = self
        let strengths = state.strengths
        state.stepSizes.withUnsafeMutableBufferPointer { sizes in
            let kept = sizes.baseAddress
            withUpdateRange(&parameters, &gradients, &first, &second) { all in
                let grain = all.count < longPass ? plan.pieces.count : longPass / Piece.limit
                concurrently(over: plan.pieces.count, grain: max(1, grain)) { pieces in
                    var scratch = Piece.Scratch(repeating: 0)
                    var span = scratch.mutableSpan
                    span.withUnsafeMutableBufferPointer { scratch in
                        for piece in plan.pieces[pieces] {
                            plan.update(
                                piece, of: all, learningRate, metric, strengths, kept, scratch.baseAddress,
                                loop)
                        }
                    }
                }
            }
        }
        // Moved: with two owners it would be copied at the next change.
        self.state = consume state
        applyWholeProximalSteps(to: &parameters, learningRate: learningRate, metric: metric)
    }

    private func update(
        _ piece: Piece, of all: UpdateRange, _ learningRate: Float, _ metric: Metric,
        _ strengths: [Double], _ kept: UnsafeMutablePointer<Float>?, _ scratch: UnsafeMutablePointer<Float>?,
        _ loop: (UpdateRange) -> Void
    ) {
        let plan = proximalSteps.piecewise[piece.tensor]
        let isKept = keepsStepSizes[piece.tensor]
        let needsSizes = plan?.needsStepSizes(in: metric) ?? false
        let sizes = isKept ? kept.map { $0 + piece.range.lowerBound } : needsSizes ? scratch : nil
        let part = all.part(piece.range, stepSizes: sizes)
        let count = part.count
        if !elementwiseTerms[piece.tensor].isEmpty {
            var gradient = MutableWeights(
                shape: piece.shape, MutableSpan(_unsafeStart: part.gradient, count: count))
            addElementwiseGradients(
                of: piece,
                at: Weights(shape: piece.shape, Span(_unsafeStart: part.weights, count: count)),
                to: &gradient, strengths)
        }
        loop(part)
        var weights = MutableWeights(
            shape: piece.shape, MutableSpan(_unsafeStart: part.weights, count: count))
        applyDecay(to: &weights, piece, learningRate: learningRate, strengths)
        guard let plan else { return }
        let stepSizes = UnsafeMutableBufferPointer(start: sizes, count: needsSizes ? count : 0)
        if isKept {
            var stepSizes = MutableSpan(_unsafeElements: stepSizes)
            plan.apply(
                to: &weights, learningRate: learningRate, metric: metric, keeping: &stepSizes,
                strengths: strengths)
        } else {
            plan.apply(
                to: &weights, learningRate: learningRate, metric: metric,
                stepSizes: Span(_unsafeElements: stepSizes), strengths: strengths)
        }
    }
}

private func withUpdateRange(
    _ parameters: inout Parameters, _ gradients: inout Gradients,
    _ first: inout [Float], _ second: inout [Float], _ body: (UpdateRange) -> Void
) {
    let count = parameters.count
    require(gradients.elements.count == count, "Parameters and gradients differ in count.")
    require(
        (first.isEmpty || first.count == count) && (second.isEmpty || second.count == count),
        "An optimizer's state belongs to one model; make a new optimizer for another.")
    var weights = parameters.mutableElements
    var slopes = gradients.mutableElements
    weights.withUnsafeMutableBufferPointer { weights in
        slopes.withUnsafeMutableBufferPointer { slopes in
            first.withUnsafeMutableBufferPointer { first in
                second.withUnsafeMutableBufferPointer { second in
                    guard let weights = weights.baseAddress, let slopes = slopes.baseAddress else { return }
                    body(
                        UpdateRange(
                            count: count, weights: weights, gradient: slopes,
                            first: first.isEmpty ? nil : first.baseAddress,
                            second: second.isEmpty ? nil : second.baseAddress, stepSizes: nil))
                }
            }
        }
    }
}
