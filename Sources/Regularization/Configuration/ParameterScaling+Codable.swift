extension ParameterScaling: Codable {
    private enum Kind: String, CaseIterable {
        case one, squareRootOfFanIn, squareRootOfCount, reciprocalOfCount, byName
    }

    /// Reads `"one"`, `"squareRootOfFanIn"`, `"squareRootOfCount"`, `"reciprocalOfCount"` or
    /// `{"byName": {"fully.0.weight": 2}}`.
    public init(from decoder: any Decoder) throws {
        let choice = try Choice(from: decoder)
        switch Kind(rawValue: choice.name) {
        case .one: self = try choice.plain(.one)
        case .squareRootOfFanIn: self = try choice.plain(.squareRootOfFanIn)
        case .squareRootOfCount: self = try choice.plain(.squareRootOfCount)
        case .reciprocalOfCount: self = try choice.plain(.reciprocalOfCount)
        case .byName:
            let factors: [String: Double] = try choice.read()
            self = try .byName(choice.details.checked(factors.mapValues { try checked(factor: $0, at: nil) }))
        case nil: throw choice.unknown(among: Kind.allCases.map(\.rawValue))
        }
    }

    /// Writes what `init(from:)` reads.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .one: try Choice.write(Kind.one.rawValue, to: encoder)
        case .squareRootOfFanIn: try Choice.write(Kind.squareRootOfFanIn.rawValue, to: encoder)
        case .squareRootOfCount: try Choice.write(Kind.squareRootOfCount.rawValue, to: encoder)
        case .reciprocalOfCount: try Choice.write(Kind.reciprocalOfCount.rawValue, to: encoder)
        case .byName(let factors): try Choice.write(Kind.byName.rawValue, factors, to: encoder)
        }
    }
}
