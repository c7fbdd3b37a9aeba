public import Regularization

extension FeedForwardNetwork: UnitStructured {
    /// The hidden layers, in order: `units[0]` is that of `fully.0`.
    ///
    ///     .proximalStep(GroupLasso(.rows), strength: 1e-3, on: network.units[0])
    public var units: [UnitLayer] {
        hidden.indices.map { layer in
            UnitLayer(
                "fully.\(layer)", incoming: [UnitAxis("fully.\(layer).weight", axis: 0)],
                biases: [UnitAxis("fully.\(layer).bias", axis: 0)],
                outgoing: [
                    UnitEdge(
                        UnitAxis("fully.\(layer + 1).weight", axis: 1),
                        foldingInto: "fully.\(layer + 1).bias")
                ])
        }
    }

    /// The inputs: a row of the view is what leads away from one input.
    public var inputUnits: [UnitLayer] {
        [
            UnitLayer(
                "inputs",
                outgoing: [UnitEdge(UnitAxis("fully.0.weight", axis: 1), foldingInto: "fully.0.bias")])
        ]
    }
}
