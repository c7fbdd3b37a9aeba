import Regularization

/// What a file says about a network beside its weights; the names are the keys in JSON.
struct NetworkDescription: Codable, Equatable {
    let activation: Activation
    let bias: Bool
    let dropout: Float
    let hidden: [Int]
    let inputs: Int
    let loss: Loss
    let outputs: Int
    let seed: UInt64

    init(of network: FeedForwardNetwork) {
        activation = network.activation
        bias = network.bias
        dropout = network.dropout
        hidden = network.hidden
        inputs = network.inputs
        loss = network.loss
        outputs = network.outputs
        seed = network.seed
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        activation = try values.named(.activation)
        bias = try values.decode(Bool.self, forKey: .bias)
        let dropout = try values.decode(Float.self, forKey: .dropout)
        self.dropout = try values.checked(
            try ArgumentError.belowOne(dropout, "dropout", of: FeedForwardNetwork.self))
        hidden = try values.decode([Int].self, forKey: .hidden)
        inputs = try values.decode(Int.self, forKey: .inputs)
        loss = try values.named(.loss)
        outputs = try values.decode(Int.self, forKey: .outputs)
        seed = try values.decode(UInt64.self, forKey: .seed)
        for (key, widths) in [(CodingKeys.inputs, [inputs]), (.hidden, hidden), (.outputs, [outputs])] {
            guard let width = widths.first(where: { $0 < 0 }) else { continue }
            throw DecodingError.dataCorruptedError(
                forKey: key, in: values, debugDescription: "A layer's width is not negative: \(width).")
        }
    }

    /// The names and dimensions of the parameters, in the order of the layers.
    ///
    /// They are no shapes, since the elements that a file states may be more than an Int counts.
    var tensors: [(name: String, dimensions: [Int])] {
        zip([inputs] + hidden, hidden + [outputs]).enumerated().flatMap { layer, widths in
            let weight = ("fully.\(layer).weight", [widths.1, widths.0])
            return bias ? [weight, ("fully.\(layer).bias", [widths.1])] : [weight]
        }
    }
}

extension KeyedDecodingContainer {
    /// The case of that name.
    fileprivate func named<Case: CaseIterable & RawRepresentable<String>>(_ key: Key) throws -> Case {
        let name = try decode(String.self, forKey: key)
        if let value = Case(rawValue: name) { return value }
        let names = Case.allCases.map(\.rawValue).joined(separator: ", ")
        throw DecodingError.dataCorruptedError(
            forKey: key, in: self,
            debugDescription: "There is no \(quoted(name)) here. The names here are \(names).")
    }
}
