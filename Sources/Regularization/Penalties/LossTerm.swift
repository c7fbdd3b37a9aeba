/// A loss term as the training step needs it.
struct LossTerm: Sendable {
    /// Which penalty it comes from.
    let penalty: Int
    let regularizer: any DifferentiableRegularizer
    /// Whether it is a sum over elements, so that any part of a tensor can be had alone.
    let isElementwise: Bool

    init?(_ penalty: Penalty, index: Int) {
        guard penalty.stage == .lossTerm,
            let regularizer = penalty.regularizer as? any DifferentiableRegularizer
        else { return nil }
        self.penalty = index
        self.regularizer = regularizer
        isElementwise = regularizer.isElementwise
    }

    /// Adds strength · ∇R, nothing at strength 0.
    func addGradient(at weights: Weights, strength: Double, to gradient: inout MutableWeights) {
        let scale = Float(strength)
        if scale != 0 { regularizer.addGradient(at: weights, scale: scale, to: &gradient) }
    }
}

extension Regularizer {
    /// Whether all of its parts treat every weight alone and alike, which `ElementwiseRegularizer` promises.
    var isElementwise: Bool {
        parts().allSatisfy { $0.regularizer is any ElementwiseRegularizer }
    }
}
