extension ProximalPlan {
    /// Moves the weights to the proximal point in the metric of the plan; uniform scales mean the Euclidean one.
    ///
    /// `strengths` are those of the penalties by their index, all 1 if the list is empty. The weights may begin at an
    /// offset in the tensor if each is moved by itself. Returns the result of an iteration, if there was one.
    @discardableResult
    func apply(
        to weights: inout MutableWeights, scales: Scales, strengths: [Double] = [], from offset: Int = 0
    ) -> Iteration? {
        var scales = scales
        for ridge in ridges {
            let strength = Float(total([ridge.term], strengths))
            if strength == 0 { continue }
            weights.fold(ridge.center, from: offset, strength: strength, scales)
            scales = scales.folding(ridge: strength)
        }
        guard chains.count > 1, let tolerance else {
            if let chain = chains.first { apply(chain, to: &weights, scales, strengths) }
            return nil
        }
        var iteration = DykstraIteration(from: weights, blocks: chains.count, tolerance: tolerance)
        while iteration.beginRound() {
            for (index, chain) in chains.enumerated() {
                iteration.beginBlock(index, &weights)
                apply(chain, to: &weights, scales, strengths)
                iteration.endBlock(index, weights)
            }
        }
        return iteration.result
    }

    private func apply(
        _ chain: [Step], to weights: inout MutableWeights, _ scales: Scales, _ strengths: [Double]
    ) {
        for step in chain {
            if !step.merged.isEmpty {
                RadialSum(of: step, strengths: strengths).applyProx(to: &weights, scales: scales)
                continue
            }
            let factor = Float(total(step.terms, strengths))
            if factor == 0 { continue }
            let scales = scales.multiplied(by: factor)
            if let scale = scales.uniform {
                step.regularizer.applyProx(to: &weights, scale: scale)
            } else {
                step.metric?.applyProx(to: &weights, scales: scales)
            }
        }
    }

    private func total(_ terms: [Term], _ strengths: [Double]) -> Double { terms.total(at: strengths) }
}

extension [ProximalPlan.Term] {
    /// The sum of the factors, each times the strength of its source; all strengths are 1 if the list is empty.
    func total(at strengths: [Double]) -> Double {
        reduce(0) { $0 + $1.factor * (strengths.isEmpty ? 1 : strengths[$1.source]) }
    }
}

extension MutableWeights {
    /// Moves w to (w + tρa)/(1 + tρ), where t is the scale, ρ the strength and a the center, read from an offset on.
    fileprivate mutating func fold(
        _ center: [Float], from offset: Int, strength: Float, _ scales: Scales
    ) {
        if center.isEmpty { return elements.divide(byOnePlus: strength, times: scales) }
        require(count == scales.count, "The weights and the scales differ in count.")
        scales.forEach { index, scale in
            // In Double, since products may be more than Float holds.
            let product = Double(scale) * Double(strength)
            self[index] =
                Float((Double(self[index]) + product * Double(center[offset + index])) / (1 + product)) + 0
        }
    }
}
