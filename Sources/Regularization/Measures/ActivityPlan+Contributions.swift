extension ActivityPlan {
    /// The contribution of each penalty to the last step, at its strengths and outputs, in the order of the
    /// penalties.
    ///
    /// The value is R(h)/samples summed over the layers with the outputs h, and the norm is that of its gradient.
    /// Exact zeros and dead groups are counted among the outputs, so that under ReLU they show how sparse the
    /// activations are. All is computed here, from the outputs that were recorded last, so that training steps do not
    /// pay for it.
    public var contributions: [Contribution] { penalties.indices.map(contribution) }

    private func contribution(of penalty: Int) -> Contribution {
        let regularizer = penalties[penalty].regularizer
        let groups = regularizer.structureGroups
        var (value, squares) = (0.0, 0.0)
        var (exactZeros, count, deadGroups) = (0, 0, 0)
        for layer in layers where layer.penalties.contains(penalty) && layer.isRecorded {
            let outputs = Weights(shape: layer.shape, layer.outputs.span)
            if outputs.count == 0 { continue }
            var gradient = Array(repeating: Float(0), count: outputs.count)
            var view = MutableWeights(shape: outputs.shape, gradient.mutableSpan)
            value += regularizer.valueAddingGradient(at: outputs, scale: 1, to: &view)
            squares += view.elements.span.sumOfSquares
            exactZeros += outputs.exactZeros
            count += outputs.count
            if let groups { deadGroups += outputs.deadGroups(groups) }
        }
        let divisor = Double(max(samples, 1))
        return Contribution(
            label: penalties[penalty].label, stage: .activity, strength: strengths[penalty],
            value: value / divisor, gradientNorm: strengths[penalty] * squares.squareRoot() / divisor,
            exactZeros: exactZeros, count: count, deadGroups: groups == nil ? nil : deadGroups)
    }
}
