extension Optimizer {
    /// The first number that is NaN or infinite in one update of the parameters along the gradients; nil if every one
    /// is finite.
    ///
    ///     if optimizer.state.isFinite == false {
    ///         (parameters, optimizer) = before
    ///         // … the gradients of the data loss once more, to which the update added …
    ///         print(optimizer.firstNonfinite(updating: parameters, along: gradients))
    ///     }
    ///
    /// The update is made on copies, with the penalties of this optimizer one by one: parameters and gradients first,
    /// then the loss terms, the update alone, and the decays and proximal steps. The gradients are those of the data
    /// loss alone. Traps where `update` does.
    ///
    /// - Complexity: that of two updates and of one more pass for each loss term, with copies of all buffers.
    public func firstNonfinite(
        updating parameters: Parameters, along gradients: Gradients
    ) -> NonfiniteNumber? {
        if let found = parameters.firstNonfinite {
            return NonfiniteNumber(.parameter(found.name), value: found.value)
        }
        if let found = gradients.firstNonfinite {
            return NonfiniteNumber(.gradient(of: found.name), value: found.value)
        }
        guard let plan = attachedPlan else { return firstNonfinite(moving: parameters, along: gradients) }
        var sum = gradients
        if let found = plan.firstNonfinite(at: parameters, addingTo: &sum, step: state.updates) {
            return found
        }
        let base: any Optimizer = (self as? any PenalizedOptimizer)?.unpenalized ?? self
        if let found = base.firstNonfinite(moving: parameters, along: sum) { return found }
        var (moved, copy, full) = (parameters, self, gradients)
        copy.update(&moved, along: &full)
        return moved.firstNonfinite.map { name, value in
            NonfiniteNumber(.proximalStep(plan.movingPenalties(of: name), of: name), value: value)
        }
    }

    /// The first number that is not finite after an update by this optimizer alone.
    private func firstNonfinite(moving parameters: Parameters, along gradients: Gradients) -> NonfiniteNumber?
    {
        var (moved, copy, gradients) = (parameters, self, gradients)
        copy.update(&moved, along: &gradients)
        if let found = moved.firstNonfinite {
            return NonfiniteNumber(.update(of: found.name), value: found.value)
        }
        if let found = copy.state.firstNonfinite(in: parameters.layout) { return found }
        return copy.state.isFinite == false ? .overflow(along: gradients) : nil
    }
}

/// An optimizer that consists of another one and penalties.
protocol PenalizedOptimizer {
    /// The optimizer that makes the update, without penalties.
    var unpenalized: any Optimizer { get }
}

extension RegularizedOptimizer: PenalizedOptimizer {
    var unpenalized: any Optimizer { base }
}

extension PenaltyPlan {
    /// Adds the gradients of the loss terms one by one, and returns the first value or gradient that is not finite.
    fileprivate func firstNonfinite(
        at parameters: Parameters, addingTo gradients: inout Gradients, step: Int
    ) -> NonfiniteNumber? {
        var found: NonfiniteNumber?
        forEachLossTerm(at: step, of: parameters, &gradients) { term, strength, gradients, scratch in
            if found != nil { return }
            let value = strength.times(
                term.valueAddingGradient(at: parameters, strength: strength, to: &gradients, &scratch))
            if let gradient = gradients.firstNonfinite {
                found = NonfiniteNumber(
                    .penaltyGradient(term.label, of: gradient.name), value: gradient.value)
            } else if !value.isFinite {
                found = NonfiniteNumber(.penaltyValue(term.label), value: value)
            }
        }
        return found
    }

    /// The labels of the penalties that move the weights of a parameter in decays and proximal steps.
    fileprivate func movingPenalties(of name: String) -> [String] {
        attachments.filter { $0.stage != .lossTerm && $0.view.names.contains(name) }.map(\.label)
    }
}

extension OptimizerState {
    /// The first number of a buffer that is not finite; nil if all are.
    package func firstNonfinite(in layout: Layout) -> NonfiniteNumber? {
        if count != layout.count { return nil }
        for (index, name) in names.enumerated() {
            let buffer = storage.span.extracting(index * bufferDistance..<index * bufferDistance + count)
            if buffer.isFinite { continue }
            for tensor in layout.tensors {
                if let value = buffer.extracting(tensor.range).firstNonfinite {
                    return NonfiniteNumber(.buffer(name, of: tensor.name), value: value)
                }
            }
        }
        return nil
    }
}

extension NonfiniteNumber {
    /// An update that overflowed on the way, as the square of a gradient times the correction of its bias.
    ///
    /// It leaves weights alone, and no number of it stays. It is said of the parameter with the largest gradient.
    fileprivate static func overflow(along gradients: Gradients) -> NonfiniteNumber {
        let tensors = gradients.layout.tensors.indices.map { index in
            let elements = gradients.weights(index).elements
            return (index: index, largest: elements.indices.reduce(Float(0)) { max($0, abs(elements[$1])) })
        }
        let tensor = tensors.max { $0.largest < $1.largest }?.index ?? 0
        return NonfiniteNumber(.update(of: gradients.layout.tensors[tensor].name), value: .infinity)
    }
}
