extension Penalty: Codable {
    private enum CodingKeys: CodingKey {
        case stage, regularizer, strength, on, metric, label, scaling
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
    /// `stage` and `regularizer` are needed; the others are `strength`, `on` (a filter, or a list of filters for a
    /// coupled regularizer), `metric`, `label` and `scaling`, and what is not given is as in code. Regularizers are found in the
    /// decoder's `RegularizerRegistry`.
    ///
    /// - Throws: `DecodingError`, with the place, for an unknown name or key, a value of another type or out of range, and
    ///   a regularizer that lacks what its stage needs.
    public init(from decoder: any Decoder) throws {
        self = try decoder.namingMisspeltKey { try Penalty(reading: decoder) }
        try decoder.refuseKeys(otherThanOf: self)
    }

    private init(reading decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        stage = try values.decode(Choices<Stage>.self, forKey: .stage).value
        subject = try Self.subject(in: values, for: stage, decoder.userInfo.registry)
        strength = try values.decodeIfPresent(.strength, flaw: strengthFlaw) ?? 1
        switch subject {
        case .tensor(let regularizer):
            if (try? values.nestedUnkeyedContainer(forKey: .on)) != nil {
                throw DecodingError.dataCorruptedError(
                    forKey: .on, in: values,
                    debugDescription:
                        "A list of filters is for a regularizer of several tensors; give one filter.")
            }
            filters = [try values.decode(.on, default: .weights)]
            label = try values.decode(.label, default: regularizer.name)
        case .coupled(let regularizer):
            let isList = (try? values.nestedUnkeyedContainer(forKey: .on))?.isAtEnd == false
            guard isList else {
                throw DecodingError.dataCorruptedError(
                    forKey: .on, in: values,
                    debugDescription: "A regularizer of several tensors has a list of filters, one for each.")
            }
            filters = try values.decode([ParameterFilter].self, forKey: .on)
            label = try values.decode(.label, default: regularizer.name)
        }
        metric =
            try values.decodeIfPresent(Choices<ProximalMetric>.self, forKey: .metric)?.value ?? .optimizer
        if stage == .lossTerm && metric != .optimizer {
            throw DecodingError.dataCorruptedError(
                forKey: .metric, in: values, debugDescription: "A loss term has no metric; leave it out.")
        }
        scaling = try values.decode(.scaling, default: .one)
    }

    private static func subject(
        in values: KeyedDecodingContainer<CodingKeys>, for stage: Stage, _ registry: RegularizerRegistry
    ) throws -> Subject {
        guard values.contains(.regularizer) else {
            let context = DecodingError.Context(
                codingPath: values.codingPath, debugDescription: "A penalty has a regularizer.")
            throw DecodingError.keyNotFound(CodingKeys.regularizer, context)
        }
        let choice = try Choice(from: values.superDecoder(forKey: .regularizer))
        let subject: Subject
        // The parts that lack what a stage needs, by their names.
        let (withoutGradient, withoutProximalPoint): ([String], [String])
        if choice.isCoupled(in: registry) {
            let read = try values.decode(CodableCoupledRegularizer.self, forKey: .regularizer)
            subject = .coupled(read.regularizer)
            withoutGradient =
                read.regularizer is any DifferentiableCoupledRegularizer ? [] : [read.regularizer.name]
            withoutProximalPoint =
                read.regularizer is any ProximalCoupledRegularizer ? [] : [read.regularizer.name]
        } else {
            let read = try values.decode(CodableRegularizer.self, forKey: .regularizer)
            subject = .tensor(read.regularizer)
            let parts = read.regularizer.leaves
            withoutGradient = parts.filter { !($0 is any DifferentiableRegularizer) }.map(\.name)
            withoutProximalPoint = parts.filter { !($0 is any ProximalRegularizer) }.map(\.name)
        }
        let flaw: String? =
            switch stage {
            case .lossTerm:
                withoutGradient.first.map {
                    "\($0) has no gradient, so that it cannot be a loss term; make it a proximalStep."
                }
            case .proximalStep:
                withoutProximalPoint.first.map {
                    "\($0) has no proximal point, so that it cannot be a proximal step; make it a lossTerm."
                }
            }
        if let flaw {
            throw DecodingError.dataCorruptedError(forKey: .regularizer, in: values, debugDescription: flaw)
        }
        return subject
    }

    /// Writes what `init(from:)` reads, everything spelled out.
    ///
    /// - Throws: `EncodingError` for a regularizer that is not in the encoder's registry, and for a strength given as a
    ///   closure.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(stage, forKey: .stage)
        try values.encode(strength, forKey: .strength)
        switch subject {
        case .tensor(let regularizer):
            try values.encode(CodableRegularizer(regularizer), forKey: .regularizer)
            try values.encode(filters[0], forKey: .on)
        case .coupled(let regularizer):
            try values.encode(CodableCoupledRegularizer(regularizer), forKey: .regularizer)
            try values.encode(filters, forKey: .on)
        }
        try values.encode(metric, forKey: .metric)
        try values.encode(label, forKey: .label)
        try values.encode(scaling, forKey: .scaling)
    }
}

extension ActivityPenalty: Codable {
    private enum CodingKeys: CodingKey {
        case regularizer, strength, on, label
    }

    /// Reads `regularizer`, and if they are given `strength` and `label`, and in `on` the patterns of layers; throws as
    /// `Penalty` does.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let regularizer = try values.decode(CodableRegularizer.self, forKey: .regularizer).regularizer
        guard let regularizer = regularizer as? any DifferentiableRegularizer else {
            throw DecodingError.dataCorruptedError(
                forKey: .regularizer, in: values,
                debugDescription: "A regularizer without a gradient cannot penalise activity.")
        }
        self.regularizer = regularizer
        strength = try values.decodeIfPresent(.strength, flaw: strengthFlaw) ?? 1
        layers = try values.decode(.on) { (layers: [String]) in
            layers.isEmpty ? "A penalty on activity names a layer or more." : nil
        }
        label = try values.decode(.label, default: Self.label(of: regularizer, on: layers))
        try decoder.refuseKeys(otherThanOf: self)
    }

    /// Writes what `init(from:)` reads, everything spelled out; throws as `Penalty` does.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(CodableRegularizer(regularizer), forKey: .regularizer)
        try values.encode(strength, forKey: .strength)
        try values.encode(layers, forKey: .on)
        try values.encode(label, forKey: .label)
    }
}
