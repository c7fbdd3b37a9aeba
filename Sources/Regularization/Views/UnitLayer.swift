/// An axis of a tensor along which the units of a layer are counted.
///
/// Each unit has `block` neighboring indices of the axis (a flattened feature map, the rows of an attention head), and
/// the sequence of all units occurs `repeats` times (the gates of a recurrent layer), so the dimension is repeats ×
/// units × block.
public struct UnitAxis: Sendable, Hashable, CustomStringConvertible {
    /// The tensor's name.
    public let tensor: String
    /// The index of the dimension along which the units are, from 0.
    public let axis: Int
    /// How many times the sequence of all units occurs along the axis, 1 or more.
    public let repeats: Int
    /// How many neighboring indices belong to one unit in each sequence, 1 or more.
    public let block: Int

    /// Makes an axis; traps if the index is negative, or if `repeats` or `block` is less than 1.
    public init(_ tensor: String, axis: Int, repeats: Int = 1, block: Int = 1) {
        self = trapping(try Self(checking: tensor, axis, repeats, block))
    }

    private init(checking tensor: String, _ axis: Int, _ repeats: Int, _ block: Int) throws(ParameterError) {
        if axis < 0 { throw ParameterError("An axis is counted from 0, not \(axis).", at: "axis") }
        for (name, count) in [("repeats", repeats), ("block", block)] where count < 1 {
            throw ParameterError("Units occur once or more along an axis, not \(count) times.", at: name)
        }
        (self.tensor, self.axis, self.repeats, self.block) = (tensor, axis, repeats, block)
    }

    /// The tensor's name with the axis, as `fully.1.weight axis 1`.
    public var description: String {
        "\(tensor) axis \(axis)" + (repeats == 1 ? "" : ", \(repeats) times")
            + (block == 1 ? "" : ", blocks of \(block)")
    }
}

extension UnitAxis: Codable {
    /// Reads `tensor`, `axis` and, where they are given, `repeats` and `block`; throws a `DecodingError` for one that
    /// is out of range.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self = try values.checked(
            Self(
                checking: values.decode(.tensor), values.decode(.axis), values.decode(.repeats, default: 1),
                values.decode(.block, default: 1)))
    }
}

/// The weights by which a later layer takes the outputs of a layer's units, and the outputs that it computes from them.
public struct UnitEdge: Sendable, Hashable {
    /// The axis of the later layer's weights that counts these units: the weights that multiply a unit's output.
    public let weights: UnitAxis
    /// The index of the dimension of these weights that counts the later layer's own outputs.
    public let outputAxis: Int
    /// The name of the bias of the later layer's outputs, if the constant output of a removed unit can be added to it;
    /// nil where that is not exact, as behind padding or a normalization, or where there is no bias.
    public let foldsInto: String?

    /// Makes an edge; nothing is checked here.
    public init(_ weights: UnitAxis, outputAxis: Int = 0, foldingInto bias: String? = nil) {
        self.weights = weights
        self.outputAxis = outputAxis
        foldsInto = bias
    }
}

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
