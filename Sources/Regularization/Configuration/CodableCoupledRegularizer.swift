/// A coupled regularizer as configurations hold it, of whatever type; see `CodableRegularizer`.
///
///     {"unitwise": {"regularizer": {"GroupLasso": {"groups": "whole"}}, "roles": ["incoming", "bias"]}}
public struct CodableCoupledRegularizer: Codable, Sendable {
    /// The regularizer.
    public let regularizer: any CoupledRegularizer

    /// Holds a regularizer; whether it can be encoded is seen when it is.
    public init(_ regularizer: any CoupledRegularizer) {
        self.regularizer = regularizer
    }

    /// Reads a regularizer; throws as `CodableRegularizer` does.
    public init(from decoder: any Decoder) throws {
        let choice = try Choice(from: decoder)
        let registry = decoder.userInfo.registry
        if choice.name == CompositionKind.unitwise.rawValue {
            let units: UnitsCoding = try choice.read()
            regularizer = unitwise(units.regularizer.regularizer, units.roles)
        } else if case .coupled(let type) = registry[choice.name] {
            regularizer = try choice.read(type)
        } else {
            throw choice.unregistered(in: registry)
        }
    }

    /// Writes the regularizer; throws as `CodableRegularizer` does.
    public func encode(to encoder: any Encoder) throws {
        if let units = regularizer as? any UnitwiseRegularizer {
            let details = UnitsCoding(regularizer: CodableRegularizer(units.anyBase), roles: units.roles)
            try Choice.write(CompositionKind.unitwise.rawValue, details, to: encoder)
        } else {
            guard let codable = regularizer as? any CoupledRegularizer & Codable,
                let name = encoder.userInfo.registry.name(of: type(of: regularizer))
            else { throw encoder.unregistered(regularizer, named: regularizer.name) }
            try Choice.write(name, codable, to: encoder)
        }
    }
}

private struct UnitsCoding: Codable {
    let regularizer: CodableRegularizer
    let roles: [UnitRole]
}

extension UnitsCoding {
    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        regularizer = try values.decode(CodableRegularizer.self, forKey: .regularizer)
        let roles = try values.decodeIfPresent([Choices<UnitRole>].self, forKey: .roles)
        self.roles = roles?.map(\.value) ?? UnitRole.allCases
        if let flaw = rolesFlaw(self.roles) {
            throw DecodingError.dataCorruptedError(forKey: .roles, in: values, debugDescription: flaw)
        }
    }
}

private func unitwise(_ base: some Regularizer, _ roles: [UnitRole]) -> any CoupledRegularizer {
    Unitwise(base, of: roles)
}

/// Whether a configuration names a coupled regularizer.
extension Choice {
    func isCoupled(in registry: RegularizerRegistry) -> Bool {
        if case .coupled = registry[name] { true } else { name == CompositionKind.unitwise.rawValue }
    }
}
