public import Regularization

/// A model that states which of its weights belong to which unit, so that penalties can act on units.
///
///     var units: [UnitLayer] {
///         [
///             UnitLayer(
///                 "hidden", incoming: [UnitAxis("hidden.weight", axis: 0)],
///                 biases: [UnitAxis("hidden.bias", axis: 0)],
///                 outgoing: [UnitEdge(UnitAxis("output.weight", axis: 1), foldingInto: "output.bias")])
///         ]
///     }
public protocol UnitStructured: Model {
    /// The hidden layers in order, whose units penalties can remove.
    var units: [UnitLayer] { get }

    /// The layer of inputs, as units that have outgoing weights alone; empty unless given.
    var inputUnits: [UnitLayer] { get }
}

extension UnitStructured {
    /// Empty: inputs are no units that penalties act on.
    public var inputUnits: [UnitLayer] { [] }
}
