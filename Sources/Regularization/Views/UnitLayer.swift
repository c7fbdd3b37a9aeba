/// The units of one layer of a model: which elements of which tensors belong to each.
///
///     UnitLayer(
///         "hidden", incoming: [UnitAxis("hidden.weight", axis: 0)], biases: [UnitAxis("hidden.bias", axis: 0)],
///         outgoing: [UnitEdge(UnitAxis("output.weight", axis: 1), foldingInto: "output.bias")])
///
/// A penalty on a layer, `on: network.units[0]`, acts on a matrix with a row for each unit: its incoming weights and
/// its bias. So the views of two layers share an element only if the layers share a tensor, and a unit whose row is
/// zero has a constant output, which is all that its removal needs. `withOutgoing` adds the outgoing weights. They are
/// incoming weights of the next layer, so that proximal steps on such views are possible for every other layer only.
/// Units that have outgoing weights alone, such as a network's inputs, have these as their rows.
///
/// A tensor that is named twice with the same axis, such as the weights that an encoder and a decoder share, counts
/// once.
public struct UnitLayer: WeightsView, Hashable {
    /// The name of the layer in reports.
    public var name: String
    /// The axes of the weights that lead to the units; a unit whose incoming weights are all zero has a constant
    /// output.
    public var incoming: [UnitAxis]
    /// The axes of the biases, which alone determine that constant output.
    public var biases: [UnitAxis]
    /// The edges to the layers that take the units' outputs.
    public var outgoing: [UnitEdge]
    /// Whether units may be removed: false where something outside of these tensors depends on their number.
    public var isRemovable: Bool

    /// Makes a layer; nothing is checked before a penalty is attached.
    public init(
        _ name: String, incoming: [UnitAxis] = [], biases: [UnitAxis] = [], outgoing: [UnitEdge] = [],
        isRemovable: Bool = true
    ) {
        self.name = name
        self.incoming = incoming
        self.biases = biases
        self.outgoing = outgoing
        self.isRemovable = isRemovable
    }

    /// The matrix with a row for each unit: its incoming weights and biases, or its outgoing weights where it has
    /// neither.
    public var view: ParameterView {
        let own = incoming + biases
        return ParameterView(form: .axes(own.isEmpty ? outgoing.map(\.weights) : own))
    }

    /// The matrix with a row for each unit: its incoming weights, biases and outgoing weights.
    public var withOutgoing: ParameterView {
        ParameterView(form: .axes(incoming + biases + outgoing.map(\.weights)))
    }
}
