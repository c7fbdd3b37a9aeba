extension ParameterFilter: Codable {
    private enum Kind: String, CaseIterable {
        case all, weights, biases, named, exactly, rank, matching, and, or, not
    }

    /// The names by which configurations write filters.
    static var names: [String] { Kind.allCases.map(\.rawValue) }

    /// Reads a filter as it is written in code.
    ///
    /// The forms are `"all"`, `"weights"`, `"biases"`, `{"named": "fully.*.weight"}`, `{"exactly":
    /// ["fully.0.bias"]}`, `{"rank": 2}` and `{"matching": "conv\\d"}`; filters are combined by `{"and": […]}` and
    /// `{"or": […]}`, of two or more, and by `{"not": …}`.
    ///
    /// - Throws: `DecodingError`, with the place, for anything else, for an empty list of names, a negative rank, and
    ///   a pattern that `.matching` cannot read.
    public init(from decoder: any Decoder) throws {
        let tagged = try TaggedValue(from: decoder)
        switch Kind(rawValue: tagged.name) {
        case .all: self = try tagged.withoutDetails(.all)
        case .weights: self = try tagged.withoutDetails(.weights)
        case .biases: self = try tagged.withoutDetails(.biases)
        case .named: self = .named(try tagged.read())
        case .exactly:
            let names: [String] = try tagged.read()
            if names.isEmpty { throw tagged.details.corrupted("\"exactly\" takes a name or more.") }
            self = .exactly(names)
        case .rank:
            let rank: Int = try tagged.read()
            if rank < 0 { throw tagged.details.corrupted("A rank is 0 or more, not \(rank).") }
            self = .rank(rank)
        case .matching:
            let pattern: String = try tagged.read()
            do {
                _ = try NameExpression(pattern)
            } catch {
                throw tagged.details.corrupted("\(error).")
            }
            self = .matching(pattern)
        case .and: self = try Self.combination(tagged) { .and($0) }
        case .or: self = try Self.combination(tagged) { .or($0) }
        case .not: self = try !tagged.read(ParameterFilter.self)
        case nil: throw tagged.unknown(among: Self.names)
        }
    }

    private static func combination(
        _ tagged: TaggedValue, _ rule: (Int) -> Rule
    ) throws -> ParameterFilter {
        let filters: [ParameterFilter] = try tagged.read()
        guard filters.count > 1 else {
            throw tagged.details.corrupted(
                "\"\(tagged.name)\" takes two filters or more, not \(filters.count).")
        }
        return Self(rules: filters.flatMap(\.rules) + [rule(filters.count)])
    }

    /// Writes what `init(from:)` reads.
    public func encode(to encoder: any Encoder) throws {
        switch rules[rules.count - 1] {
        case .all: try TaggedValue.write(Kind.all.rawValue, to: encoder)
        case .named("**.weight"): try TaggedValue.write(Kind.weights.rawValue, to: encoder)
        case .named("**.bias"): try TaggedValue.write(Kind.biases.rawValue, to: encoder)
        case .named(let pattern): try TaggedValue.write(Kind.named.rawValue, pattern, to: encoder)
        case .exactly(let names): try TaggedValue.write(Kind.exactly.rawValue, names, to: encoder)
        case .rank(let rank): try TaggedValue.write(Kind.rank.rawValue, rank, to: encoder)
        case .matching(let pattern): try TaggedValue.write(Kind.matching.rawValue, pattern, to: encoder)
        case .and: try TaggedValue.write(Kind.and.rawValue, operands, to: encoder)
        case .or: try TaggedValue.write(Kind.or.rawValue, operands, to: encoder)
        case .not: try TaggedValue.write(Kind.not.rawValue, operands[0], to: encoder)
        }
    }
}
