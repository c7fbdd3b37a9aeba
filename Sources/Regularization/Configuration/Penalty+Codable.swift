extension Penalty: Codable {
    private enum CodingKeys: CodingKey {
        case stage, regularizer, strength, on, metric, label, strengthFactor
    }

    /// Reads a penalty.
    ///
    ///     {
    ///       "stage": "proximalStep",
    ///       "regularizer": {"sum": ["L1", {"GroupLasso": {"groups": "columns"}}]},
    ///       "strength": 0.0003,
    ///       "on": "weights"
    ///     }
    ///
    /// Required are `stage` and `regularizer`; for a `decay`, which has no regularizer, `stage` and `strength`.
    /// Optional are `strength`, `on` (a filter or another view), `metric`, `label` and `strengthFactor`, with the
    /// same defaults as in code. The types of regularizers are found in the decoder's `RegularizerRegistry`.
    ///
    /// - Throws: `DecodingError`, with the place, for an unknown name or key, a value of another type or out of
    ///   range, and a regularizer without the gradient or the proximal point that its stage needs.
    public init(from decoder: any Decoder) throws {
        self = try decoder.namingMisspelledKey { try Penalty(reading: decoder) }
        try decoder.refuseKeys(notEncodedBy: self)
    }

    private init(reading decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        stage = try values.decode(CaseName<Stage>.self, forKey: .stage).value
        regularizer =
            try stage == .decay
            ? SquaredL2() : values.decode(CodableRegularizer.self, forKey: .regularizer).regularizer
        if stage == .decay, values.contains(.regularizer) {
            throw DecodingError.dataCorruptedError(
                forKey: .regularizer, in: values,
                debugDescription: "A decay shrinks the weights and has no regularizer; leave it out.")
        }
        if let flaw = stage.flaw(of: regularizer) {
            throw DecodingError.dataCorruptedError(forKey: .regularizer, in: values, debugDescription: flaw)
        }
        strength = try values.checked(
            checked(
                strength: stage == .decay ? values.decode(.strength) : values.decode(.strength, default: 1)))
        view = try values.decode(.on, default: ParameterFilter.weights.view)
        label = try values.decode(.label, default: stage == .decay ? "decay" : regularizer.name)
        metric =
            try values.decodeIfPresent(CaseName<ProximalMetric>.self, forKey: .metric)?.value ?? .optimizer
        if stage != .proximalStep && metric != .optimizer {
            let what = stage == .decay ? "decay" : "loss term"
            throw DecodingError.dataCorruptedError(
                forKey: .metric, in: values, debugDescription: "A \(what) has no metric; leave it out.")
        }
        strengthFactor = try values.decode(.strengthFactor, default: .one)
    }

    /// Writes what `init(from:)` reads, with every default spelled out.
    ///
    /// - Throws: `EncodingError` for a regularizer whose type is not `Codable` or not in the encoder's registry, and
    ///   for a strength that is negative, too large for Float, or given as a closure.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(stage, forKey: .stage)
        try values.encode(encoder.checked(checked(strength: strength)), forKey: .strength)
        if stage != .decay { try values.encode(CodableRegularizer(regularizer), forKey: .regularizer) }
        try values.encode(view, forKey: .on)
        if stage != .decay { try values.encode(metric, forKey: .metric) }
        try values.encode(label, forKey: .label)
        try values.encode(strengthFactor, forKey: .strengthFactor)
    }
}

extension Penalty.Stage {
    /// A sentence that names the part of a regularizer that lacks what the stage needs; nil if no part does.
    fileprivate func flaw(of regularizer: any Regularizer) -> String? {
        switch self {
        case .decay: nil
        case .lossTerm:
            regularizer.summandRegularizers.first { !($0 is any DifferentiableRegularizer) }.map {
                "\($0.name) has no gradient, so that it cannot be a loss term; make it a proximalStep."
            }
        case .proximalStep:
            regularizer.summandRegularizers.first { !($0 is any ProximalRegularizer) }.map {
                "\($0.name) has no proximal point, so that it cannot be a proximal step; make it a lossTerm."
            }
        }
    }
}

extension ActivityPenalty: Codable {
    private enum CodingKeys: CodingKey {
        case regularizer, strength, on, label
    }

    /// Reads a penalty on the outputs of layers.
    ///
    /// Required are `regularizer` and `on`, a list of patterns for the names of layers; optional are `strength` and
    /// `label`.
    ///
    /// - Throws: `DecodingError`, with the place, for what `Penalty` throws it for, for a regularizer without a
    ///   gradient, and for an empty list of layers.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let regularizer = try values.decode(CodableRegularizer.self, forKey: .regularizer).regularizer
        guard let regularizer = regularizer as? any DifferentiableRegularizer else {
            throw DecodingError.dataCorruptedError(
                forKey: .regularizer, in: values,
                debugDescription: "A regularizer without a gradient cannot penalize activity.")
        }
        self.regularizer = regularizer
        strength = try values.checked(checked(strength: values.decode(.strength, default: 1)))
        layers = try values.decode(.on)
        if layers.isEmpty {
            throw DecodingError.dataCorruptedError(
                forKey: .on, in: values, debugDescription: "A penalty on activity names a layer or more.")
        }
        label = try values.decode(.label, default: Self.label(of: regularizer, on: layers))
        try decoder.refuseKeys(notEncodedBy: self)
    }

    /// Writes what `init(from:)` reads, with every default spelled out; throws as `Penalty.encode(to:)` does.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(CodableRegularizer(regularizer), forKey: .regularizer)
        try values.encode(encoder.checked(checked(strength: strength)), forKey: .strength)
        try values.encode(layers, forKey: .on)
        try values.encode(label, forKey: .label)
    }
}
