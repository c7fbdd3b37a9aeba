/// The penalties that act on a piece of a tensor alone, for each tensor: sums over elements, in all three stages.
///
/// An object, since each piece of each step asks for it.
final class PiecePenalties: Sendable {
    /// The loss terms that are sums over elements.
    let terms: [[Attachment]]
    /// Weight decay.
    let decays: [[Attachment]]
    /// The proximal steps that act element by element.
    let steps: [ViewPlan?]
    /// Whether the step sizes of all of the tensor are needed at once, for the steps on whole views that follow.
    let keepsStepSizes: [Bool]

    init(_ attachments: [Attachment], _ proximalSteps: ProximalStepOrder, in layout: Layout) {
        let tensors = layout.tensors.indices
        terms = tensors.map { tensor in
            attachments.filter {
                $0.stage == .lossTerm && $0.isElementwise && $0.view.tensors.contains(tensor)
            }
        }
        decays = tensors.map { tensor in
            attachments.filter { $0.stage == .decay && $0.view.tensors.contains(tensor) }
        }
        steps = proximalSteps.piecewise
        keepsStepSizes = tensors.map { proximalSteps.keepsStepSizes(of: $0) }
    }

    /// One update: the strength of each penalty, and how far the optimizer steps.
    struct Step {
        let strengths: [Double]
        let learningRate: Float
        let metric: Metric
        /// Whether the gradients of the loss terms are still to be added.
        let addsGradients: Bool
    }

    /// Which step sizes of a tensor are needed.
    enum StepSizes { case none, ofPiece, ofTensor }

    func stepSizes(of tensor: Int, in metric: Metric) -> StepSizes {
        if keepsStepSizes[tensor] { return .ofTensor }
        return steps[tensor]?.needsStepSizes(in: metric) ?? false ? .ofPiece : .none
    }

    /// Adds the gradients of the loss terms.
    func addGradients(of tensor: Int, at weights: Weights, to gradient: inout MutableWeights, _ step: Step) {
        if !step.addsGradients { return }
        for index in terms[tensor].indices {
            terms[tensor][index].addGradient(
                at: weights, strength: step.strengths[terms[tensor][index].penalty], to: &gradient)
        }
    }

    /// w ← (1 − ηλ)w for each decay.
    func decay(_ weights: inout MutableWeights, of tensor: Int, _ step: Step) {
        for index in decays[tensor].indices {
            let rate = decays[tensor][index].decayRate(step.strengths)
            if rate != 0 { weights.elements.scale(by: Float(1 - Double(step.learningRate) * rate)) }
        }
    }

    /// Moves a piece to its proximal points; where they are kept, its step sizes become those for the steps on whole views
    /// that follow.
    ///
    /// A squared L2 on the piece leaves sᵢ/(1 + ρsᵢ) of a step size for what comes after it.
    func applyProximalSteps(
        to weights: inout MutableWeights, of tensor: Int, stepSizes: inout MutableSpan<Float>, _ step: Step
    ) {
        guard let plan = steps[tensor] else { return }
        let needsSizes = plan.needsStepSizes(in: step.metric)
        plan.apply(
            to: &weights, learningRate: step.learningRate, metric: step.metric,
            stepSizes: stepSizes.span.extracting(first: needsSizes ? stepSizes.count : 0),
            strengths: step.strengths)
        if needsSizes, keepsStepSizes[tensor] { plan.fold(&stepSizes, step.strengths) }
    }
}

extension [Attachment] {
    /// Throws if two views of a decay share a tensor, which it would shrink twice.
    func checkDecays(of penalty: Penalty, index: Int) throws(PenaltyError) {
        if penalty.stage != .decay { return }
        var seen: Set<Int> = []
        for attachment in self where attachment.penalty == index {
            for (tensor, name) in zip(attachment.view.tensors, attachment.view.names)
            where !seen.insert(tensor).inserted {
                throw .view(
                    penalty: penalty.label,
                    reason: "two of its views share \(name), which would decay twice; give it a filter")
            }
        }
    }
}

extension Attachment {
    /// λ of a decay.
    func decayRate(_ strengths: [Double]) -> Double { strengths[penalty] * factor }
}
