public import Regularization

extension FeedForwardNetwork: UnitStructured {
    /// The hidden layers, in order: `units[0]` is the layer `fully.0`.
    ///
    ///     .proximalStep(GroupLasso(.rows), strength: 1e-3, on: network.units[0])
    ///
    /// As a view, a layer is a matrix with a row for each unit: its incoming weights, and its bias if there is one.
    public var units: [UnitLayer] {
        hidden.indices.map { layer in
            UnitLayer(
                "fully.\(layer)", incoming: [UnitAxis("fully.\(layer).weight", axis: 0)],
                biases: bias ? [UnitAxis("fully.\(layer).bias", axis: 0)] : [],
                outgoing: [edge(to: layer + 1)])
        }
    }

    /// The inputs as one layer; as a view, a matrix with a row for each input: its outgoing weights.
    public var inputUnits: [UnitLayer] {
        [UnitLayer("inputs", outgoing: [edge(to: 0)])]
    }

    /// The weights that lead to a layer, a column for each unit before it.
    private func edge(to layer: Int) -> UnitEdge {
        UnitEdge(
            UnitAxis("fully.\(layer).weight", axis: 1), foldingInto: bias ? "fully.\(layer).bias" : nil)
    }
}
