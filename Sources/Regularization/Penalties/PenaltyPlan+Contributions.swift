extension PenaltyPlan {
    func contribution(of penalty: Int, at parameters: Parameters, step: Int) -> Contribution {
        let strength = strength(of: penalty, at: step)
        var exactZeros = 0
        var count = 0
        for tensor in targets[penalty] {
            let weights = parameters.weights(tensor)
            count += weights.count
            exactZeros += weights.exactZeros
        }
        return Contribution(
            label: penalties[penalty].label,
            stage: Contribution.Stage(penalties[penalty].stage),
            strength: strength,
            value: unitValue(of: penalty, at: parameters),
            gradientNorm: unitGradientNorm(of: penalty, at: parameters).map { strength * $0 },
            exactZeros: exactZeros,
            count: count,
            deadGroups: deadGroups(of: penalty, at: parameters))
    }

    private func unitGradientNorm(of penalty: Int, at parameters: Parameters) -> Double? {
        var gradients = Gradients(like: parameters)
        if let coupling = couplings.first(where: { $0.penalty == penalty }) {
            if coupling.differentiable == nil { return nil }
            coupling.addGradient(at: parameters, scale: 1, to: &gradients)
        } else if let regularizer = penalties[penalty].regularizer as? any DifferentiableRegularizer {
            for tensor in targets[penalty] {
                var gradient = gradients.mutableWeights(tensor)
                regularizer.addGradient(
                    at: parameters.weights(tensor), scale: Float(factor(of: penalty, for: tensor)),
                    to: &gradient)
            }
        } else {
            return nil
        }
        var squares = 0.0
        let elements = gradients.elements
        for index in elements.indices { squares += Double(elements[index]) * Double(elements[index]) }
        return squares.squareRoot()
    }

    private func deadGroups(of penalty: Int, at parameters: Parameters) -> Int? {
        if let coupling = couplings.first(where: { $0.penalty == penalty }) {
            return coupling.deadUnits(at: parameters)
        }
        guard let groups = penalties[penalty].regularizer?.structureGroups else { return nil }
        return targets[penalty].reduce(0) { $0 + parameters.weights($1).deadGroups(groups) }
    }
}

extension Coupling {
    /// The number of units of which every weight is exactly zero; nil if the regularizer is not one of units.
    fileprivate func deadUnits(at parameters: Parameters) -> Int? {
        guard let units = regularizer as? any UnitwiseRegularizer else { return nil }
        return slots.reduce(0) { $0 + units.deadUnits(of: CoupledWeights($1, in: parameters.elements)) }
    }
}

extension Regularizer {
    /// The groups of the first part that is a sum over groups.
    var structureGroups: Groups? {
        parts().lazy.compactMap(\.regularizer.structure.groups).first
    }
}

extension Weights {
    /// The number of elements that are exactly zero.
    var exactZeros: Int {
        var zeros = 0
        for index in 0..<count where self[index] == 0 { zeros += 1 }
        return zeros
    }

    /// The number of groups of which every element is exactly zero.
    func deadGroups(_ groups: Groups) -> Int {
        var dead = 0
        for index in 0..<groups.count(in: shape) {
            let group = groups.group(index, in: shape)
            if group.size > 0, group.allSatisfy({ self[$0] == 0 }) { dead += 1 }
        }
        return dead
    }
}
