extension ProximalPlan {
    /// Moves the weights to the proximal point in the Euclidean metric.
    ///
    /// `strengths` are those of the sources, all 1 if empty. Returns how an iteration went, if there was one.
    @discardableResult
    func apply(to weights: inout MutableWeights, scale: Float, strengths: [Double] = []) -> Iteration? {
        var scale = scale
        for ridge in ridges {
            let strength = Float(total([ridge.term], strengths))
            if strength != 0 { scale = weights.fold(ridge.center, strength: strength, scale: scale) }
        }
        guard chains.count > 1, let tolerance else {
            if let chain = chains.first { apply(chain, to: &weights, scale: scale, strengths) }
            return nil
        }
        var iteration = DykstraIteration(from: weights, parts: chains.count, tolerance: tolerance)
        while iteration.beginRound() {
            for (index, chain) in chains.enumerated() {
                iteration.beginPart(index, &weights)
                apply(chain, to: &weights, scale: scale, strengths)
                iteration.endPart(index, weights)
            }
        }
        return iteration.result
    }

    /// Moves the weights to the proximal point in a diagonal metric.
    @discardableResult
    func apply(to weights: inout MutableWeights, scales: Scales, strengths: [Double] = []) -> Iteration? {
        var folded: Float = 0
        for ridge in ridges {
            let strength = Float(total([ridge.term], strengths))
            if strength == 0 { continue }
            weights.fold(ridge.center, strength: strength, scales: scales.folding(ridge: folded))
            folded += strength
        }
        let scales = scales.folding(ridge: folded)
        guard chains.count > 1, let tolerance else {
            if let chain = chains.first { apply(chain, to: &weights, scales: scales, strengths) }
            return nil
        }
        var iteration = DykstraIteration(from: weights, parts: chains.count, tolerance: tolerance)
        while iteration.beginRound() {
            for (index, chain) in chains.enumerated() {
                iteration.beginPart(index, &weights)
                apply(chain, to: &weights, scales: scales, strengths)
                iteration.endPart(index, weights)
            }
        }
        return iteration.result
    }

    private func apply(_ chain: [Step], to weights: inout MutableWeights, scale: Float, _ strengths: [Double])
    {
        for step in chain {
            let factor = Float(total(step.terms, strengths))
            if factor != 0 { step.regularizer.applyProx(to: &weights, scale: scale * factor) }
        }
    }

    private func apply(
        _ chain: [Step], to weights: inout MutableWeights, scales: Scales, _ strengths: [Double]
    ) {
        for step in chain {
            if !step.merged.isEmpty {
                RadialSum(of: step, strengths: strengths).applyProx(to: &weights, scales: scales)
                continue
            }
            let factor = Float(total(step.terms, strengths))
            if factor != 0 { step.metric?.applyProx(to: &weights, scales: scales.scaled(by: factor)) }
        }
    }

    private func total(_ terms: [Term], _ strengths: [Double]) -> Double { terms.total(at: strengths) }
}

extension [ProximalPlan.Term] {
    /// The sum of the factors times the strengths of their sources, all 1 if empty.
    func total(at strengths: [Double]) -> Double {
        reduce(0) { $0 + $1.factor * (strengths.isEmpty ? 1 : strengths[$1.source]) }
    }
}

extension MutableWeights {
    /// Moves w to (w + tρa)/(1 + tρ) and returns t/(1 + tρ).
    fileprivate mutating func fold(_ center: [Float], strength: Float, scale: Float) -> Float {
        // In Double, since products may be more than Float holds.
        let product = Double(scale) * Double(strength)
        if center.isEmpty {
            elements.divide(by: Float(1 + product))
        } else {
            for index in 0..<count { move(index, to: center[index], product) }
        }
        return Float(Double(scale) / (1 + product))
    }

    /// The same in a diagonal metric.
    fileprivate mutating func fold(_ center: [Float], strength: Float, scales: Scales) {
        if center.isEmpty { return elements.divide(byOnePlus: strength, times: scales) }
        for index in 0..<count {
            move(index, to: center[index], Double(scales[index]) * Double(strength))
        }
    }

    @inline(__always)
    private mutating func move(_ index: Int, to center: Float, _ product: Double) {
        self[index] = Float((Double(self[index]) + product * Double(center)) / (1 + product)) + 0
    }
}
