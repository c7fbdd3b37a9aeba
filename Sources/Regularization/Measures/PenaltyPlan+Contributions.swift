extension PenaltyPlan {
    /// The contribution of one penalty, given by its index, at the strength of a step.
    func contribution(of penalty: Int, at parameters: Parameters, step: Int) -> Contribution {
        let strength = strength(of: penalty, at: step)
        let own = attachments(of: penalty)
        var (exactZeros, count) = (0, 0)
        for tensor in Set(own.flatMap(\.view.tensors)) {
            let weights = parameters.weights(tensor)
            count += weights.count
            exactZeros += weights.exactZeros
        }
        let (value, gradientNorm) = unitValueAndGradientNorm(of: own, at: parameters)
        return Contribution(
            label: penalties[penalty].label,
            stage: Contribution.Stage(penalties[penalty].stage),
            strength: strength,
            value: value,
            gradientNorm: gradientNorm.map { strength * $0 },
            exactZeros: exactZeros,
            count: count,
            deadGroups: deadGroups(of: own, at: parameters))
    }

    /// The tensors of rank 2 or more under proximal steps whose weights are all zero, by name, with the labels of
    /// those penalties; traps if the parameters are not those that the penalties were attached to.
    package func zeroedTensors(at parameters: Parameters) -> [String: [String]] {
        requireLayout(parameters.layout)
        var zeroed: [String: [String]] = [:]
        for (index, tensor) in layout.tensors.enumerated() where tensor.shape.rank >= 2 {
            let steps = attachments.filter { $0.stage == .proximalStep && $0.view.tensors.contains(index) }
            let elements = parameters.weights(index).elements
            if steps.isEmpty || elements.isEmpty || elements.indices.contains(where: { elements[$0] != 0 }) {
                continue
            }
            zeroed[tensor.name] = steps.map(\.label)
        }
        return zeroed
    }

    /// The sum of the values at strength 1, and the norm of its gradient; no norm if a regularizer has no gradient.
    private func unitValueAndGradientNorm(
        of attachments: ArraySlice<Attachment>, at parameters: Parameters
    ) -> (Double, Double?) {
        if attachments.contains(where: { $0.differentiable == nil }) {
            return (attachments.reduce(0) { $0 + $1.value(at: parameters) }, nil)
        }
        var gradients = Gradients(like: parameters)
        var scratch = ViewScratch(for: attachments.map(\.view))
        let value = attachments.reduce(0) {
            $0 + $1.valueAddingGradient(at: parameters, strength: 1, to: &gradients, &scratch)
        }
        return (value, gradients.elements.sumOfSquares.squareRoot())
    }

    /// The number of dead groups on all views of a penalty; nil if its regularizer has no groups.
    private func deadGroups(of attachments: ArraySlice<Attachment>, at parameters: Parameters) -> Int? {
        guard let groups = attachments.first?.regularizer.structureGroups else { return nil }
        var dead = 0
        for attachment in attachments {
            attachment.forEach(in: parameters) { dead += $0.deadGroups(groups) }
        }
        return dead
    }
}

extension Regularizer {
    /// The groups of the first summand that is a sum over groups; nil if there is none.
    var structureGroups: Groups? {
        summands().lazy.compactMap(\.regularizer.structure.groups).first
    }
}

extension Weights {
    /// The number of elements that are exactly zero.
    package var exactZeros: Int {
        let elements = elements
        var zeros = elements.count
        // In parts that 32 bits count, which are as wide as the weights: so the loop is one of vectors.
        for start in stride(from: 0, to: elements.count, by: 1 << 30) {
            var others: UInt32 = 0
            for index in start..<min(start + (1 << 30), elements.count) {
                // But for the sign's bit a zero has no bit; of any other number, or its negative, the first bit is 1.
                let bits = elements[unchecked: index].bitPattern << 1
                others &+= (bits | (0 &- bits)) >> 31
            }
            zeros -= Int(others)
        }
        return zeros
    }

    /// The number of nonempty groups whose elements are all exactly zero.
    func deadGroups(_ groups: Groups) -> Int {
        var dead = 0
        for index in 0..<groups.count(in: shape) {
            let group = groups.group(index, in: shape)
            if group.size > 0, group.allSatisfy({ self[$0] == 0 }) { dead += 1 }
        }
        return dead
    }
}
