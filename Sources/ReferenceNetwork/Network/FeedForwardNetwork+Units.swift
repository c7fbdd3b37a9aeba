public import Regularization

extension FeedForwardNetwork: UnitStructured {
    /// The hidden layers, in order: `units[0]` is that of `fully.0`.
    ///
    ///     .proximalStep(GroupLasso(.rows), strength: 1e-3, on: network.units[0])
    public var units: [UnitLayer] {
        hidden.indices.map { layer in
            UnitLayer(
                "fully.\(layer)", incoming: [UnitAxis("fully.\(layer).weight", axis: 0)],
                biases: bias ? [UnitAxis("fully.\(layer).bias", axis: 0)] : [],
                outgoing: [edge(to: layer + 1)])
        }
    }

    /// The inputs: a row of the view is what leads away from one input.
    public var inputUnits: [UnitLayer] {
        [UnitLayer("inputs", outgoing: [edge(to: 0)])]
    }

    private func edge(to layer: Int) -> UnitEdge {
        UnitEdge(
            UnitAxis("fully.\(layer).weight", axis: 1), foldingInto: bias ? "fully.\(layer).bias" : nil)
    }
}
