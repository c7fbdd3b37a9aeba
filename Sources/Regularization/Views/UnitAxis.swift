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

    private init(checking tensor: String, _ axis: Int, _ repeats: Int, _ block: Int) throws(ArgumentError) {
        if axis < 0 { throw ArgumentError("An axis is counted from 0, not \(axis).", at: "axis") }
        for (name, count) in [("repeats", repeats), ("block", block)] where count < 1 {
            throw ArgumentError("Units occur once or more along an axis, not \(count) times.", at: name)
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

extension UnitAxis {
    var inWords: String {
        "axis \(axis)" + (repeats == 1 ? "" : ", \(repeats) times")
            + (block == 1 ? "" : ", in blocks of \(block)")
    }
}
