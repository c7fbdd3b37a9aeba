extension Groups: Codable {
    private enum Kind: String, CaseIterable {
        case rows, columns, whole, blocks, indexSets
    }

    private struct Blocks: Codable {
        let rows: Int
        let columns: Int

        func groups() throws(ParameterError) -> Groups {
            for (name, size) in [("rows", rows), ("columns", columns)] where size <= 0 {
                throw ParameterError("The sides of a block are 1 or more, not \(size).", at: name)
            }
            return .blocks(rows: rows, columns: columns)
        }
    }

    /// Reads `"rows"`, `"columns"`, `"whole"`, `{"blocks": {"columns": 2, "rows": 3}}` or
    /// `{"indexSets": [[0, 4], [1, 2]]}`.
    public init(from decoder: any Decoder) throws {
        let choice = try Choice(from: decoder)
        switch Kind(rawValue: choice.name) {
        case .rows: self = try choice.plain(.rows)
        case .columns: self = try choice.plain(.columns)
        case .whole: self = try choice.plain(.whole)
        case .blocks:
            let blocks: Blocks = try choice.read()
            self = try choice.details.checked(blocks.groups())
        case .indexSets:
            let sets: [[Int]] = try choice.read()
            if let index = sets.joined().first(where: { $0 < 0 }) {
                throw choice.details.corrupted("An index is 0 or more, not \(index).")
            }
            guard Set(sets.joined()).count == sets.joined().count else {
                throw choice.details.corrupted("Index sets do not overlap, and no index is in one twice.")
            }
            self = .indexSets(sets)
        case nil: throw choice.unknown(among: Kind.allCases.map(\.rawValue))
        }
    }

    /// Writes what `init(from:)` reads.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .rows: try Choice.write(Kind.rows.rawValue, to: encoder)
        case .columns: try Choice.write(Kind.columns.rawValue, to: encoder)
        case .whole: try Choice.write(Kind.whole.rawValue, to: encoder)
        case .blocks(let rows, let columns):
            try Choice.write(Kind.blocks.rawValue, Blocks(rows: rows, columns: columns), to: encoder)
        case .indexSets(let sets): try Choice.write(Kind.indexSets.rawValue, sets, to: encoder)
        }
    }
}

extension GroupWeighting: Codable {
    private enum Kind: String, CaseIterable {
        case squareRootOfSize, none, custom
    }

    /// Reads `"squareRootOfSize"`, `"none"` or `{"custom": [1, 0.5]}`.
    public init(from decoder: any Decoder) throws {
        let choice = try Choice(from: decoder)
        switch Kind(rawValue: choice.name) {
        case .squareRootOfSize: self = try choice.plain(.squareRootOfSize)
        case .some(.none): self = try choice.plain(.none)
        case .custom:
            let weights: [Double] = try choice.read()
            if let weight = weights.first(where: { !($0 >= 0 && $0 < .infinity) }) {
                throw choice.details.corrupted(
                    "The weight of a group is a number of 0 or more, not \(weight).")
            }
            self = .custom(weights)
        case nil: throw choice.unknown(among: Kind.allCases.map(\.rawValue))
        }
    }

    /// Writes what `init(from:)` reads.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .squareRootOfSize: try Choice.write(Kind.squareRootOfSize.rawValue, to: encoder)
        case .none: try Choice.write(Kind.none.rawValue, to: encoder)
        case .custom(let weights): try Choice.write(Kind.custom.rawValue, weights, to: encoder)
        }
    }
}
