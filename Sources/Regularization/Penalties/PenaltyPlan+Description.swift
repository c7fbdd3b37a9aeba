extension PenaltyPlan: CustomStringConvertible {
    /// A table with a line for each penalty on each parameter; what is not in it is not applied.
    public var description: String {
        var table = TextTable(["parameter", "shape", "penalty", "stage", "strength", "order"])
        for (index, tensor) in layout.tensors.enumerated() {
            let lines = lines(for: index)
            for (number, line) in lines.enumerated() {
                table.append([number == 0 ? tensor.name : "", number == 0 ? "\(tensor.shape)" : ""] + line)
            }
            if lines.isEmpty { table.append([tensor.name, "\(tensor.shape)", "none", "", "", ""]) }
        }
        return table.description
    }

    private func lines(for tensor: Int) -> [[String]] {
        let plan = proximalSteps[tensor]
        return penalties.indices.filter { targets[$0].contains(tensor) }.map { index in
            let penalty = penalties[index]
            var strength = penalty.strength.description
            if penalty.scaling != .one {
                strength += " × \(factor(of: index, for: tensor)) (\(penalty.scaling))"
            }
            if case .coupled = penalty.subject { return coupledLine(for: index, tensor, strength) }
            guard penalty.stage == .proximalStep, let plan else {
                return [penalty.label, "loss term", strength, "gradient added"]
            }
            let isDecay = plan.decay?.ridges.contains { $0.term.source == index } ?? false
            let stage = penalty.metric == .euclidean ? "proximal step, euclidean" : "proximal step"
            var order = isDecay ? "decoupled weight decay, before the others" : plan.main.explanation
            if let iteration = lastIterations[tensor], !isDecay {
                order += "; last \(iteration.count) rounds, residual \(iteration.residual)"
            }
            return [penalty.label, stage, strength, order]
        }
    }

    private func coupledLine(for penalty: Int, _ tensor: Int, _ strength: String) -> [String] {
        let places = couplings.first { $0.penalty == penalty }?.places ?? []
        let others = places.filter { $0.contains(tensor) }.joined().filter { $0 != tensor }
        let names = others.map { layout.tensors[$0].name }.joined(separator: ", ")
        let isLossTerm = penalties[penalty].stage == .lossTerm
        let isEuclidean = penalties[penalty].metric == .euclidean
        return [
            penalties[penalty].label,
            isLossTerm ? "loss term" : isEuclidean ? "proximal step, euclidean" : "proximal step", strength,
            (isLossTerm ? "gradient added" : "one proximal point") + (names.isEmpty ? "" : ", with \(names)"),
        ]
    }
}
