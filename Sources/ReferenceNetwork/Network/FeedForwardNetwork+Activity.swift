import Regularization

extension FeedForwardNetwork {
    /// Penalizes the outputs of layers in training, instead of what was penalized before.
    ///
    ///     try network.regularizeActivity(by: [ActivityPenalty(L1(), strength: 1e-3, on: "fully.0")])
    ///
    /// The layers are `fully.0`, `fully.1`, …, and the last one counts: `fully.*` is all of them. What is
    /// penalized are the outputs after the activation and before dropout, on all units whether dropout keeps them or
    /// not; of the last layer, which has neither, the logits that the loss is computed from, where Keras would
    /// penalize the softmax that ends its network.
    ///
    /// `loss(on:at:gradients:)` adds the penalties' gradients to the others, at the strengths of its place's
    /// step, and returns the data loss alone; `contributions` has the penalties. Evaluation knows nothing of
    /// them.
    ///
    /// Schedules count from the first update; of an optimizer that has made updates, `firstStep:
    /// optimizer.state.updates` begins them anew.
    ///
    /// - Throws: `PenaltyError` for a pattern that matches no layer, or an invalid strength.
    public mutating func regularizeActivity(
        by penalties: [ActivityPenalty], firstStep: Int = 0
    ) throws(PenaltyError) {
        let layers = widths.enumerated().map { (name: "fully.\($0)", units: $1) }
        activity = try ActivityPlan(penalties, over: layers, firstStep: firstStep)
    }

    /// What each penalty on outputs added to the last call of `loss(on:at:gradients:)`.
    public var contributions: [Contribution] { activity.contributions }

    /// The step from which on the strengths of the penalties on outputs stay the same.
    public var scheduleEnd: Int { activity.scheduleEnd }
}

extension Activation {
    /// Multiplies every gradient by the derivative of the activation, given the activation's values.
    func multiplyByDerivative(_ gradients: inout MutableSpan<Float>, at values: Span<Float>) {
        if let curve { return curve.multiplyByDerivative(&gradients, at: values) }
        if negativeSlope == 1 { return }
        require(gradients.count == values.count, "The gradients and the values differ in count.")
        let negativeSlope = negativeSlope
        for index in 0..<gradients.count {
            let gradient = gradients[unchecked: index]
            gradients[unchecked: index] = values[unchecked: index] > 0 ? gradient : negativeSlope * gradient
        }
    }
}
