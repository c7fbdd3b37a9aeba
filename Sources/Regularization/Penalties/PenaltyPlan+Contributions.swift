extension PenaltyPlan {
    func contribution(of penalty: Int, at parameters: Parameters, step: Int) -> Contribution {
        let strength = strength(of: penalty, at: step)
        var exactZeros = 0
        var count = 0
        for tensor in targets[penalty] {
            let weights = parameters.weights(tensor)
            count += weights.count
            for index in 0..<weights.count where weights[index] == 0 { exactZeros += 1 }
        }
        return Contribution(
            label: penalties[penalty].label,
            stage: penalties[penalty].stage,
            strength: strength,
            value: unitValue(of: penalty, at: parameters),
            gradientNorm: unitGradientNorm(of: penalty, at: parameters).map { strength * $0 },
            exactZeros: exactZeros,
            count: count,
            deadGroups: deadGroups(of: penalty, at: parameters))
    }

    private func unitGradientNorm(of penalty: Int, at parameters: Parameters) -> Double? {
        guard let regularizer = penalties[penalty].regularizer as? any DifferentiableRegularizer else {
            return nil
        }
        var gradients = Gradients(like: parameters)
        for tensor in targets[penalty] {
            var gradient = gradients.mutableWeights(tensor)
            regularizer.addGradient(
                at: parameters.weights(tensor), scale: Float(factor(of: penalty, for: tensor)), to: &gradient)
        }
        var squares = 0.0
        let elements = gradients.elements
        for index in elements.indices { squares += Double(elements[index]) * Double(elements[index]) }
        return squares.squareRoot()
    }

    private func deadGroups(of penalty: Int, at parameters: Parameters) -> Int? {
        let groupings = penalties[penalty].regularizer.parts().compactMap { part -> Groups? in
            if case .radial(let groups) = part.regularizer.structure { groups } else { nil }
        }
        guard let groups = groupings.first else { return nil }
        return targets[penalty].reduce(0) { sum, tensor in
            let weights = parameters.weights(tensor)
            var dead = 0
            for index in 0..<groups.count(in: weights.shape) {
                let group = groups.group(index, in: weights.shape)
                if group.size > 0, group.allSatisfy({ weights[$0] == 0 }) { dead += 1 }
            }
            return sum + dead
        }
    }
}
