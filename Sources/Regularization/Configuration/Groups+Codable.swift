extension Groups: Codable {
    private enum Kind: String, CaseIterable {
        case rows, columns, whole, blocks, indexSets
    }

    private struct Blocks: Codable {
        let rows: Int
        let columns: Int
    }

    /// Reads `"rows"`, `"columns"`, `"whole"`, `{"blocks": {"columns": 2, "rows": 3}}` or `{"indexSets": [[0, 4], [1,
    /// 2]]}`.
    ///
    /// - Throws: `DecodingError`, with the place, for anything else, for a side of a block below 1, and for index
    ///   sets that overlap or hold a negative index.
    public init(from decoder: any Decoder) throws {
        let tagged = try TaggedValue(from: decoder)
        switch Kind(rawValue: tagged.name) {
        case .rows: self = try tagged.withoutDetails(.rows)
        case .columns: self = try tagged.withoutDetails(.columns)
        case .whole: self = try tagged.withoutDetails(.whole)
        case .blocks:
            let blocks: Blocks = try tagged.read()
            self = try tagged.details.checked(
                Groups.blocks(rows: blocks.rows, columns: blocks.columns).checked())
        case .indexSets:
            let sets: [[Int]] = try tagged.read()
            self = try tagged.details.checked(Groups.indexSets(sets).checked())
        case nil: throw tagged.unknown(among: Kind.allCases.map(\.rawValue))
        }
    }

    /// Writes what `init(from:)` reads.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .rows: try TaggedValue.write(Kind.rows.rawValue, to: encoder)
        case .columns: try TaggedValue.write(Kind.columns.rawValue, to: encoder)
        case .whole: try TaggedValue.write(Kind.whole.rawValue, to: encoder)
        case .blocks(let rows, let columns):
            try TaggedValue.write(Kind.blocks.rawValue, Blocks(rows: rows, columns: columns), to: encoder)
        case .indexSets(let sets): try TaggedValue.write(Kind.indexSets.rawValue, sets, to: encoder)
        }
    }
}

extension GroupWeighting: Codable {
    private enum Kind: String, CaseIterable {
        case squareRootOfSize, none, custom
    }

    /// Reads `"squareRootOfSize"`, `"none"` or `{"custom": [1, 0.5]}`.
    ///
    /// - Throws: `DecodingError`, with the place, for anything else, and for a weight that is negative or that Float
    ///   cannot hold.
    public init(from decoder: any Decoder) throws {
        let tagged = try TaggedValue(from: decoder)
        switch Kind(rawValue: tagged.name) {
        case .squareRootOfSize: self = try tagged.withoutDetails(.squareRootOfSize)
        case .some(.none): self = try tagged.withoutDetails(.none)
        case .custom:
            let weights: [Double] = try tagged.read()
            self = try tagged.details.checked(GroupWeighting.custom(weights).checked())
        case nil: throw tagged.unknown(among: Kind.allCases.map(\.rawValue))
        }
    }

    /// Writes what `init(from:)` reads.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .squareRootOfSize: try TaggedValue.write(Kind.squareRootOfSize.rawValue, to: encoder)
        case .none: try TaggedValue.write(Kind.none.rawValue, to: encoder)
        case .custom(let weights): try TaggedValue.write(Kind.custom.rawValue, weights, to: encoder)
        }
    }
}
