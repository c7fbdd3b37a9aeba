extension StrengthFactor: Codable {
    private enum Kind: String, CaseIterable {
        case one, squareRootOfFanIn, squareRootOfCount, reciprocalOfCount, byName
    }

    /// Reads a strength factor.
    ///
    /// The forms are `"one"`, `"squareRootOfFanIn"`, `"squareRootOfCount"`, `"reciprocalOfCount"` and `{"byName":
    /// {"fully.0.weight": 2}}`.
    ///
    /// - Throws: `DecodingError`, with the place, for anything else, and for a factor that is negative or that Float
    ///   cannot hold.
    public init(from decoder: any Decoder) throws {
        let tagged = try TaggedValue(from: decoder)
        switch Kind(rawValue: tagged.name) {
        case .one: self = try tagged.withoutDetails(.one)
        case .squareRootOfFanIn: self = try tagged.withoutDetails(.squareRootOfFanIn)
        case .squareRootOfCount: self = try tagged.withoutDetails(.squareRootOfCount)
        case .reciprocalOfCount: self = try tagged.withoutDetails(.reciprocalOfCount)
        case .byName:
            let factors: [String: Double] = try tagged.read()
            let names = try tagged.details.container(keyedBy: NameKey.self).allKeys
            if names.count != factors.count {
                throw tagged.details.corrupted("Two of these names are equal, though not written alike.")
            }
            self = try .byName(tagged.details.checked(factors.mapValues { try checked(factor: $0, at: nil) }))
        case nil: throw tagged.unknown(among: Kind.allCases.map(\.rawValue))
        }
    }

    /// Writes what `init(from:)` reads.
    ///
    /// - Throws: `EncodingError` for a factor that `init(from:)` would refuse.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .one: try TaggedValue.write(Kind.one.rawValue, to: encoder)
        case .squareRootOfFanIn: try TaggedValue.write(Kind.squareRootOfFanIn.rawValue, to: encoder)
        case .squareRootOfCount: try TaggedValue.write(Kind.squareRootOfCount.rawValue, to: encoder)
        case .reciprocalOfCount: try TaggedValue.write(Kind.reciprocalOfCount.rawValue, to: encoder)
        case .byName(let factors):
            for factor in factors.values { _ = try encoder.checked(checked(factor: factor, at: nil)) }
            try TaggedValue.write(Kind.byName.rawValue, factors, to: encoder)
        }
    }
}
