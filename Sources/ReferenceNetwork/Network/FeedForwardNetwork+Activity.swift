import Regularization

extension FeedForwardNetwork {
    /// Penalizes the outputs of layers in training; replaces penalties on outputs that were set before.
    ///
    ///     try network.regularizeActivity(by: [ActivityPenalty(L1(), strength: 1e-3, on: "fully.0")])
    ///
    /// The layers are named `fully.0`, `fully.1`, …, the last layer included: `fully.*` is all of them. The penalty
    /// acts on the outputs, samples × units, after the activation and before dropout, whether dropout keeps a unit or
    /// not. The last layer has neither: the penalty acts on the logits that the loss is computed from, where Keras
    /// would penalize the softmax that ends its network.
    ///
    /// `loss(on:at:gradients:)` adds the gradients of the penalties, at the strengths of the step of its position, and
    /// returns the data loss alone; `contributions` reports the penalties. In evaluation there are none.
    ///
    /// Schedules count steps from `firstStep`: 0 for a new optimizer, `optimizer.state.updates` to begin them at the
    /// next update of one that has made updates.
    ///
    /// - Throws: `PenaltyError` for a pattern that matches no layer, or an invalid strength.
    public mutating func regularizeActivity(
        by penalties: [ActivityPenalty], firstStep: Int = 0
    ) throws(PenaltyError) {
        let layers = widths.enumerated().map { (name: "fully.\($0)", units: $1) }
        activity = try ActivityPlan(penalties, over: layers, firstStep: firstStep)
    }

    /// The contribution of each penalty on outputs to the last call of `loss(on:at:gradients:)`.
    public var contributions: [Contribution] { activity.contributions }

    /// The first step from which on the strengths of the penalties on outputs stay constant.
    public var scheduleEnd: Int { activity.scheduleEnd }
}
