extension ParameterFilter: Codable {
    private enum Kind: String, CaseIterable {
        case all, weights, biases, named, exactly, rank, matching, and, or, not
    }

    static var names: [String] { Kind.allCases.map(\.rawValue) }

    /// Reads a filter as it is written in code: `"all"`, `"weights"`, `"biases"`, `{"named": "fully.*.weight"}`,
    /// `{"exactly": ["fully.0.bias"]}`, `{"rank": 2}`, `{"matching": "conv\\d"}`, and of others `{"and": […]}`,
    /// `{"or": […]}` with two or more and `{"not": …}`.
    public init(from decoder: any Decoder) throws {
        let choice = try Choice(from: decoder)
        switch Kind(rawValue: choice.name) {
        case .all: self = try choice.plain(.all)
        case .weights: self = try choice.plain(.weights)
        case .biases: self = try choice.plain(.biases)
        case .named: self = .named(try choice.read())
        case .exactly:
            let names: [String] = try choice.read()
            if names.isEmpty { throw choice.details.corrupted("\"exactly\" takes a name or more.") }
            self = .exactly(names)
        case .rank:
            let rank: Int = try choice.read()
            if rank < 0 { throw choice.details.corrupted("A rank is 0 or more, not \(rank).") }
            self = .rank(rank)
        case .matching:
            let pattern: String = try choice.read()
            do {
                _ = try Regex(pattern)
            } catch {
                throw choice.details.corrupted("\"\(pattern)\" is no regular expression: \(error)")
            }
            self = .matching(pattern)
        case .and: self = try Self.combination(choice, &&)
        case .or: self = try Self.combination(choice, ||)
        case .not: self = try !choice.read(ParameterFilter.self)
        case nil: throw choice.unknown(among: Self.names)
        }
    }

    private static func combination(
        _ choice: Choice, _ combine: (ParameterFilter, ParameterFilter) -> ParameterFilter
    ) throws -> ParameterFilter {
        let filters: [ParameterFilter] = try choice.read()
        guard let first = filters.first, filters.count > 1 else {
            throw choice.details.corrupted(
                "\"\(choice.name)\" takes two filters or more, not \(filters.count).")
        }
        return filters.dropFirst().reduce(first, combine)
    }

    /// Writes what `init(from:)` reads.
    public func encode(to encoder: any Encoder) throws {
        switch rule {
        case .all: try Choice.write(Kind.all.rawValue, to: encoder)
        case ParameterFilter.weights.rule: try Choice.write(Kind.weights.rawValue, to: encoder)
        case ParameterFilter.biases.rule: try Choice.write(Kind.biases.rawValue, to: encoder)
        case .named(let pattern): try Choice.write(Kind.named.rawValue, pattern, to: encoder)
        case .exactly(let names): try Choice.write(Kind.exactly.rawValue, names, to: encoder)
        case .rank(let rank): try Choice.write(Kind.rank.rawValue, rank, to: encoder)
        case .matching(let pattern): try Choice.write(Kind.matching.rawValue, pattern, to: encoder)
        case .and: try Choice.write(Kind.and.rawValue, rule.conjuncts.map(Self.init(rule:)), to: encoder)
        case .or: try Choice.write(Kind.or.rawValue, rule.disjuncts.map(Self.init(rule:)), to: encoder)
        case .not(let negated): try Choice.write(Kind.not.rawValue, Self(rule: negated), to: encoder)
        }
    }
}

extension ParameterFilter.Rule {
    /// Those on the left are part of the list, as `a && b && c` is written.
    fileprivate var conjuncts: [Self] {
        if case .and(let a, let b) = self { a.conjuncts + [b] } else { [self] }
    }

    /// Those on the left are part of the list, as `a || b || c` is written.
    fileprivate var disjuncts: [Self] {
        if case .or(let a, let b) = self { a.disjuncts + [b] } else { [self] }
    }
}
