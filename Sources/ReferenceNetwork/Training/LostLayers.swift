import Regularization

/// Finds tensors that lose every weight under a penalty.
///
/// A strength that suits a trained network can be too much at the start of training, when gradients are still small.
/// Once all weights of a layer are zero the outputs are constant, and no gradient brings the weights back.
struct LostLayers {
    /// The names of the tensors under a penalty that had no nonzero weight when they were last looked at.
    private var empty: Set<String>

    init(before parameters: Parameters, _ plan: PenaltyPlan?) {
        empty = Set(plan?.zeroedTensors(at: parameters).keys ?? [:].keys)
    }

    /// One sentence for each tensor whose weights have all become zero since the last call.
    mutating func warnings(at parameters: Parameters, _ optimizer: some Optimizer, epoch: Int) -> [String] {
        guard let plan = optimizer.attachedPlan else { return [] }
        let now = plan.zeroedTensors(at: parameters)
        let lost = now.filter { !empty.contains($0.key) }
        empty = Set(now.keys)
        let steps = optimizer.state.updates - plan.latestScheduleStart
        return lost.sorted { $0.key < $1.key }.map { name, penalties in
            let labels = penalties.map { "\"\($0)\"" }.joined(separator: ", ")
            return """
                Every weight of \(name) is zero after epoch \(epoch) under the penalty \(labels), and the outputs no \
                longer depend on the inputs through it. Let the strength rise slowly, as .warmUp(to: …, over: \
                \(2 * steps)), or lower it.
                """
        }
    }
}
