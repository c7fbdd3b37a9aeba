/// The penalties on each tensor that can act on a piece of it without the rest: sums over elements, in all three
/// stages.
///
/// It is an object, since each piece in each step refers to it.
final class PiecePenalties: Sendable {
    /// The loss terms that are sums over elements, for each tensor.
    let lossTerms: [[Attachment]]
    /// The weight decays, for each tensor.
    let decays: [[Attachment]]
    /// The proximal steps that act element by element, for each tensor; nil if there are none.
    let viewPlans: [ViewPlan?]
    /// Whether the step sizes of each tensor have to be kept, for proximal steps on whole views that follow.
    let keepsStepSizes: [Bool]

    init(_ attachments: [Attachment], _ proximalSteps: ProximalSteps, in layout: Layout) {
        let tensors = layout.tensors.indices
        lossTerms = tensors.map { tensor in
            attachments.filter {
                $0.stage == .lossTerm && $0.isElementwise && $0.view.tensors.contains(tensor)
            }
        }
        decays = tensors.map { tensor in
            attachments.filter { $0.stage == .decay && $0.view.tensors.contains(tensor) }
        }
        viewPlans = proximalSteps.piecewise
        keepsStepSizes = tensors.map { proximalSteps.keepsStepSizes(of: $0) }
    }

    /// The numbers of one update: the strength of each penalty, and the metric in which the optimizer steps.
    struct UpdateNumbers {
        let strengths: [Double]
        let learningRate: Float
        let metric: Metric
        /// Whether the gradients of the loss terms have not been added yet.
        let addsGradients: Bool
    }

    /// The step sizes of a tensor that a proximal step needs: none, those of the present piece, or those of all its
    /// weights.
    enum StepSizes { case none, ofPiece, ofTensor }

    /// The step sizes that a tensor's proximal steps need in a metric.
    func stepSizes(of tensor: Int, in metric: Metric) -> StepSizes {
        if keepsStepSizes[tensor] { return .ofTensor }
        return viewPlans[tensor]?.needsStepSizes(in: metric) ?? false ? .ofPiece : .none
    }

    /// Adds the gradients of the loss terms at a piece of a tensor, unless they have been added already.
    func addGradients(
        of tensor: Int, at weights: Weights, to gradient: inout MutableWeights, _ step: UpdateNumbers
    ) {
        if !step.addsGradients { return }
        for index in lossTerms[tensor].indices {
            lossTerms[tensor][index].addGradient(
                at: weights, strength: step.strengths[lossTerms[tensor][index].penalty], to: &gradient)
        }
    }

    /// Multiplies a piece of a tensor by 1 − ηλ for each decay, with the learning rate η and the strength λ of the
    /// decay.
    func decay(_ weights: inout MutableWeights, of tensor: Int, _ step: UpdateNumbers) {
        for index in decays[tensor].indices {
            let rate = decays[tensor][index].decayRate(step.strengths)
            if rate != 0 { weights.elements.scale(by: Float(1 - Double(step.learningRate) * rate)) }
        }
    }

    /// Moves a piece of a tensor to its proximal points; where step sizes are kept, prepares them for the steps on
    /// whole views.
    ///
    /// A squared L2 on the piece leaves sᵢ/(1 + ρsᵢ) of a step size sᵢ for the steps that follow.
    func applyProximalSteps(
        to weights: inout MutableWeights, of tensor: Int, stepSizes: inout MutableSpan<Float>,
        _ step: UpdateNumbers
    ) {
        guard let plan = viewPlans[tensor] else { return }
        let needsSizes = plan.needsStepSizes(in: step.metric)
        plan.apply(
            to: &weights, learningRate: step.learningRate, metric: step.metric,
            stepSizes: stepSizes.span.extracting(first: needsSizes ? stepSizes.count : 0),
            strengths: step.strengths)
        if needsSizes, keepsStepSizes[tensor] { plan.fold(&stepSizes, step.strengths) }
    }
}
