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
    /// The layers of units whose number is the model's own affair: the hidden ones.
    var units: [UnitLayer] { get }

    /// The inputs, as units that have outgoing weights alone; none unless given.
    var inputUnits: [UnitLayer] { get }
}

extension UnitStructured {
    /// None.
    public var inputUnits: [UnitLayer] { [] }
}
