/// Which elements of a tensor belong to which unit.
///
/// Along an axis of the tensor the units follow each other, each with `block` neighbors (a flattened feature map, the
/// rows of an attention head), all of them `repeats` times (the gates of a recurrent layer): the dimension is
/// repeats × units × block.
public struct UnitAxis: Sendable, Hashable, CustomStringConvertible {
    /// The tensor's name.
    public let tensor: String
    /// The index of the dimension, from 0.
    public let axis: Int
    /// How often all units follow each other.
    public let repeats: Int
    /// How many neighbors belong to a unit each time.
    public let block: Int

    /// Makes the axis; traps if the axis is negative or one of the others is not positive.
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
    /// Reads `tensor` and `axis`, and if they are given `repeats` and `block`.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self = try values.checked(
            Self(
                checking: values.decode(.tensor), values.decode(.axis), values.decode(.repeats, default: 1),
                values.decode(.block, default: 1)))
    }
}

/// Where the outputs of a layer's units go.
public struct UnitEdge: Sendable, Hashable {
    /// The weights that multiply a unit's output.
    public let weights: UnitAxis
    /// The dimension of these weights along which their own outputs are.
    public let outputAxis: Int
    /// The bias of these outputs, which can take up a unit that is constant; nil where that is not exact, as behind
    /// padding or a normalization, or where there is none.
    public let foldsInto: String?

    /// Makes the edge.
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
/// A penalty on it, `on: network.units[0]`, sees a matrix with a row for each unit: its incoming weights and its bias.
/// So no two layers of a network share an element, but those that share a tensor, and a unit whose row is zero is constant, which is all that its
/// removal needs. `withOutgoing` adds the outgoing weights; they are incoming ones of the next layer, so that proximal
/// steps with them are for every other layer. Units that have outgoing weights alone, such as a network's inputs, are
/// seen by these.
///
/// A tensor that is named twice with the same axis, such as the weights that an encoder and a decoder share, counts
/// once.
public struct UnitLayer: WeightsView, Hashable {
    /// What people call it.
    public var name: String
    /// The weights that lead to the units; where all of a unit's are zero its output is constant.
    public var incoming: [UnitAxis]
    /// What is added to them, and is left then.
    public var biases: [UnitAxis]
    /// Where the outputs go.
    public var outgoing: [UnitEdge]
    /// Whether units may be removed: not where something else counts on their number.
    public var isRemovable: Bool

    /// Describes a layer; nothing is checked before a penalty is attached.
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

    /// A row for each unit: its incoming weights and biases, or its outgoing weights where it has neither.
    public var view: ParameterView {
        let own = incoming + biases
        return ParameterView(form: .axes(own.isEmpty ? outgoing.map(\.weights) : own))
    }

    /// A row for each unit: its incoming weights, biases and outgoing weights.
    public var withOutgoing: ParameterView {
        ParameterView(form: .axes(incoming + biases + outgoing.map(\.weights)))
    }
}
