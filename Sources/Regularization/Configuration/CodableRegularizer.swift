/// A regularizer of any type, in the form in which configurations hold it.
///
///     "L1"
///     {"GroupLasso": {"groups": "columns"}}
///     {"sum": ["L1", {"multiple": {"factor": 0.5, "regularizer": "SquaredL2"}}]}
///     {"iterative": {"regularizer": {"sum": ["L1", "NuclearNorm"]}, "tolerance": 1e-06}}
///
/// The name is the one that the type has in the coder's `RegularizerRegistry`; the details are what the type encodes.
/// A regularizer that is made of other regularizers, of whatever type, and wants to be `Codable` stores them in this
/// form.
public struct CodableRegularizer: Codable, Sendable {
    /// The regularizer.
    public let regularizer: any Regularizer

    /// Holds a regularizer; if its type cannot be encoded, `encode(to:)` throws.
    public init(_ regularizer: any Regularizer) {
        self.regularizer = regularizer
    }

    /// Reads a regularizer whose type is in the decoder's registry, or a composition of such regularizers.
    ///
    /// - Throws: `DecodingError`, with the place, for a name that is not in the registry, a key that the regularizer
    ///   does not have, a value of another type, a number out of range, a sum of fewer than 2 regularizers, and one of
    ///   more than 256, those of sums within it included.
    public init(from decoder: any Decoder) throws {
        let tagged = try TaggedValue(from: decoder)
        switch CompositionName(rawValue: tagged.name) {
        case .sum:
            let parts: [CodableRegularizer] = try tagged.read()
            guard parts.count > 1 else {
                throw tagged.details.corrupted("A sum has 2 regularizers or more, not \(parts.count).")
            }
            let count = parts.reduce(0) { $0 + $1.regularizer.summands().count }
            if let excess = CompositionForm.excess(count) { throw tagged.details.corrupted(excess) }
            regularizer = sum(of: parts.map(\.regularizer))
        case .multiple:
            let fields: MultipleFields = try tagged.read()
            regularizer = multiple(of: fields.regularizer.regularizer.withBoundedType, by: fields.factor)
        case .iterative:
            let fields: IterativeFields = try tagged.read()
            let base = fields.regularizer.regularizer.withBoundedType
            guard let base = base as? any ProximalRegularizer else {
                throw tagged.details.corrupted("\(base.name) has no proximal point to find by iteration.")
            }
            regularizer = iterate(base, fields.tolerance)
        case nil:
            let registry = decoder.userInfo.registry
            guard let type = registry[tagged.name] else { throw tagged.unregistered(in: registry) }
            regularizer = try tagged.read(type)
        }
    }

    /// Writes the regularizer under the name of its type in the encoder's registry; a composition as its parts.
    ///
    /// - Throws: `EncodingError` for a type that is not `Codable` or not in the registry, and for a sum of more than
    ///   256 regularizers.
    public func encode(to encoder: any Encoder) throws {
        switch (regularizer as? any CodableComposition)?.form {
        case .sum(let summands):
            if let excess = CompositionForm.excess(regularizer.summands().count) {
                throw encoder.invalid(regularizer, excess)
            }
            try TaggedValue.write(CompositionName.sum.rawValue, summands.map(Self.init), to: encoder)
        case .multiple(let base, let factor):
            let fields = MultipleFields(factor: factor, regularizer: Self(base))
            try TaggedValue.write(CompositionName.multiple.rawValue, fields, to: encoder)
        case .iterative(let base, let tolerance):
            let fields = IterativeFields(tolerance: tolerance, regularizer: Self(base))
            try TaggedValue.write(CompositionName.iterative.rawValue, fields, to: encoder)
        case nil:
            guard let codable = regularizer as? any Regularizer & Codable,
                let name = encoder.userInfo.registry.name(of: type(of: regularizer))
            else { throw encoder.unregistered(regularizer, named: regularizer.name) }
            try TaggedValue.write(name, codable, to: encoder)
        }
    }
}

extension Regularizer {
    /// The regularizer itself, or a composition behind one of a few types: those of compositions of compositions would
    /// be as many as a file has of them, and are never released.
    fileprivate var withBoundedType: any Regularizer {
        self is any CodableComposition ? sum(of: [self]) : self
    }
}

// An `any Regularizer` has no operators; these functions open the existential, so that they can be used.
private func multiple(of base: some Regularizer, by factor: Double) -> any Regularizer {
    base.multiplied(by: factor)
}

private func iterate(_ base: some ProximalRegularizer, _ tolerance: Double) -> any Regularizer {
    base.iterative(tolerance: tolerance)
}

/// The names of compositions in configurations.
enum CompositionName: String {
    case sum, multiple, iterative
}

/// A composition taken apart: the regularizers that it is made of, and its numbers.
enum CompositionForm {
    case sum([any Regularizer])
    case multiple(any Regularizer, factor: Double)
    case iterative(any Regularizer, tolerance: Double)

    /// What is wrong with a sum of so many regularizers; nil if nothing is.
    ///
    /// To plan the order of proximal steps, each is compared with each.
    static func excess(_ count: Int) -> String? {
        count <= 256
            ? nil
            : """
            A sum has at most 256 regularizers, those of sums within it included, not \(count); make it several \
            penalties.
            """
    }
}

/// A composition, which configurations write as its parts and not by the name of its type.
protocol CodableComposition: Regularizer {
    var form: CompositionForm { get }
}

extension Sum: CodableComposition {
    var form: CompositionForm { .sum(list.parts) }
}

extension ListSum: CodableComposition {
    /// The parts; of a single one its form, since the sum stands for it.
    var form: CompositionForm {
        let only = list.parts.count == 1 ? list.parts[0] as? any CodableComposition : nil
        return only?.form ?? .sum(list.parts)
    }
}

extension Multiple: CodableComposition {
    var form: CompositionForm { .multiple(base, factor: factor) }
}

extension Iterative: CodableComposition {
    var form: CompositionForm { .iterative(base, tolerance: tolerance) }
}

/// The details of a multiple in a configuration.
private struct MultipleFields: Codable {
    let factor: Double
    let regularizer: CodableRegularizer
}

extension MultipleFields {
    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        factor = try values.checked(checked(factor: values.decode(.factor)))
        regularizer = try values.decode(CodableRegularizer.self, forKey: .regularizer)
    }
}

/// The details of an iterative composition in a configuration.
private struct IterativeFields: Codable {
    let tolerance: Double
    let regularizer: CodableRegularizer
}

extension IterativeFields {
    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        tolerance = try values.checked(checked(tolerance: values.decode(.tolerance)))
        regularizer = try values.decode(CodableRegularizer.self, forKey: .regularizer)
    }
}

extension TaggedValue {
    /// The error for a name that is not in the registry.
    fileprivate func unregistered(in registry: RegularizerRegistry) -> DecodingError {
        details.corrupted(
            """
            There is no regularizer \(name.inQuotes).\(registry.names.nearest(to: name).suggestion) \
            One of your own is added to the registry with adding(_:). \
            There are \(registry.names.list), and sum, multiple and iterative of others.
            """)
    }
}

extension Encoder {
    /// The error for a regularizer whose type is not `Codable` or not in the registry.
    fileprivate func unregistered(_ value: Any, named name: String) -> EncodingError {
        let type = type(of: value)
        return invalid(
            value,
            """
            \(name) cannot be written: make \(type) Codable and give the coder a registry with \
            adding(\(type).self).
            """)
    }
}
