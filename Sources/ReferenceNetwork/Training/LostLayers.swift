import Regularization

/// Finds tensors of weights that lose every weight in the first epochs of a penalty, before they could learn anything.
///
/// A strength that is right for a trained network can be too much for one that starts: its gradients are still small. The
/// outputs are constant from then on, and no gradient brings the weights back.
struct LostLayers {
    /// Those that are known.
    private var empty: Set<String>
    private let stepsPerEpoch: Int
    /// The epochs of a penalty in which losing a layer is a warning, and over which its strength should rise.
    private static let epochs = 10

    init(before parameters: Parameters, _ plan: PenaltyPlan?, stepsPerEpoch: Int) {
        empty = Set(plan?.emptyTensors(at: parameters).keys ?? [:].keys)
        self.stepsPerEpoch = stepsPerEpoch
    }

    /// A sentence for each tensor that is newly lost.
    mutating func warnings(
        at parameters: Parameters, _ optimizer: some Optimizer, epoch: Int
    ) -> [String] {
        guard let plan = optimizer.attachedPlan,
            optimizer.state.updates - plan.firstStep <= Self.epochs * stepsPerEpoch
        else { return [] }
        let lost = plan.emptyTensors(at: parameters).filter { !empty.contains($0.key) }
        empty.formUnion(lost.keys)
        return lost.sorted { $0.key < $1.key }.map { name, penalties in
            let labels = penalties.map { "\"\($0)\"" }.joined(separator: ", ")
            return """
                Every weight of \(name) is zero after epoch \(epoch), among the first of the penalty \(labels). Let its strength \
                rise, as .warmUp(to: …, over: \(Self.epochs * stepsPerEpoch)), or lower it.
                """
        }
    }
}
