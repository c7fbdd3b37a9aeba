extension PenaltyPlan: CustomStringConvertible {
    /// A table with a line for each penalty on each parameter; a parameter without penalties has the line "none".
    public var description: String {
        var table = TextTable(["parameter", "shape", "penalty", "stage", "strength", "order"])
        for (index, tensor) in layout.tensors.enumerated() {
            let lines = attachments.filter { $0.view.tensors.contains(index) }.map {
                line(for: $0, on: index)
            }
            for (number, line) in lines.enumerated() {
                table.append([number == 0 ? tensor.name : "", number == 0 ? "\(tensor.shape)" : ""] + line)
            }
            if lines.isEmpty { table.append([tensor.name, "\(tensor.shape)", "none", "", "", ""]) }
        }
        return table.description
    }

    /// The cells of a line behind the parameter's name and shape: label, stage, strength and order.
    private func line(for attachment: Attachment, on tensor: Int) -> [String] {
        let penalty = penalties[attachment.penalty]
        var strength = penalty.strength.description
        if penalty.strengthFactor != .one {
            strength += " × \(attachment.factor) (\(penalty.strengthFactor))"
        }
        let stage =
            switch penalty.stage {
            case .lossTerm: "loss term"
            case .decay: "decay"
            case .proximalStep: penalty.metric == .euclidean ? "proximal step, euclidean" : "proximal step"
            }
        let others = zip(attachment.view.tensors, attachment.view.names).filter { $0.0 != tensor }.map(\.1)
        let isGathered = !attachment.isElementwise && !others.isEmpty
        return [
            penalty.label, stage, strength,
            order(of: attachment, on: tensor)
                + (isGathered ? ", with \(others.joined(separator: ", "))" : ""),
        ]
    }

    /// The order of a penalty's step among the others on a tensor, and why it is exact.
    private func order(of attachment: Attachment, on tensor: Int) -> String {
        if attachment.stage == .lossTerm { return "gradient added" }
        if attachment.stage == .decay { return "times 1 − learning rate · strength, before the update" }
        let piecewise = piecePenalties.viewPlans[tensor]
        let whole = proximalSteps.whole.firstIndex { $0.view.tensors.contains(tensor) }
        guard let whole, case let plan = proximalSteps.whole[whole],
            plan.penalties.contains(attachment.penalty)
        else {
            let later = whole.map { ", before the steps on \(proximalSteps.whole[$0].view.name)" }
            return (piecewise?.proximalPlan.explanation ?? "") + (later ?? "")
        }
        var order = plan.proximalPlan.explanation
        if plan.view.tensors.contains(where: { piecePenalties.viewPlans[$0] != nil }) {
            order += ", after those on parts (\(CompositionRule.elementwiseFirst.rawValue))"
        }
        if let iteration = state.iterations[whole] {
            order += "; last \(iteration.count) rounds, residual \(iteration.residual)"
        }
        return order
    }
}
