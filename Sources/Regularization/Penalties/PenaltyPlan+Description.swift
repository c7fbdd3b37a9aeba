extension PenaltyPlan: CustomStringConvertible {
    /// A table with a line for each penalty on each parameter; what is not in it is not applied.
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

    private func line(for attachment: Attachment, on tensor: Int) -> [String] {
        let penalty = penalties[attachment.penalty]
        var strength = penalty.strength.description
        if penalty.scaling != .one { strength += " × \(attachment.factor) (\(penalty.scaling))" }
        let stage =
            penalty.stage == .lossTerm
            ? "loss term" : penalty.metric == .euclidean ? "proximal step, euclidean" : "proximal step"
        let others = zip(attachment.view.tensors, attachment.view.names).filter { $0.0 != tensor }.map(\.1)
        let isGathered = !attachment.isElementwise && !others.isEmpty
        return [
            penalty.label, stage, strength,
            order(of: attachment, on: tensor)
                + (isGathered ? ", with \(others.joined(separator: ", "))" : ""),
        ]
    }

    private func order(of attachment: Attachment, on tensor: Int) -> String {
        if attachment.stage == .lossTerm { return "gradient added" }
        let whole = proximalSteps.whole.indices.first { index in
            let plan = proximalSteps.whole[index]
            return plan.view.tensors.contains(tensor) && plan.penalties.contains(attachment.penalty)
        }
        guard let plan = whole.map({ proximalSteps.whole[$0] }) ?? proximalSteps.piecewise[tensor] else {
            return ""
        }
        if plan.decay?.ridges.contains(where: { $0.term.source == attachment.penalty }) ?? false {
            return "decoupled weight decay, before the others"
        }
        var order = plan.main.explanation
        if plan.isPreceded {
            order += ", after those on parts (\(CompositionRule.elementwiseFirst.rawValue))"
        }
        if whole == nil, let later = proximalSteps.whole.first(where: { $0.view.tensors.contains(tensor) }) {
            order += ", before the steps on \(later.view.name)"
        }
        if let iteration = whole.flatMap({ state.iterations[$0] }) {
            order += "; last \(iteration.count) rounds, residual \(iteration.residual)"
        }
        return order
    }
}
