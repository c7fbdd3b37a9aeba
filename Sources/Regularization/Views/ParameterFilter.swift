/// A selection of a model's parameters, by name and shape, never by value.
///
/// Names are components separated by dots, `fully.0.weight`; a filter matches whole components, so
/// `.biases` selects `bias` and `fully.0.bias` but not `unbiased`. A filter that selects nothing is an error
/// when the penalty is attached, and so is a pattern within a filter that matches no name: an exclusion with a
/// typing mistake would exclude nothing. `.weights`, `.biases` and `.rank` may match nothing within a filter.
///
///     .weights && .rank(2)                    // matrices named weight
///     .named("fully.*.weight")                // * is one component or a part of it, ** any number of them
///     .all.excluding(.exactly("fully.4.weight"))
public struct ParameterFilter: Sendable, Hashable {
    /// The filter in postfix order: a combination follows the filters that it combines.
    ///
    /// So no filter is inside another one, and nothing that is done with a filter, however many others it combines,
    /// calls itself.
    let rules: [Rule]

    enum Rule: Sendable, Hashable {
        case all
        case named(String)
        case exactly([String])
        case rank(Int)
        case matching(String)
        /// The conjunction of so many filters.
        case and(Int)
        /// The disjunction of so many filters.
        case or(Int)
        case not
    }

    /// The parameters that this filter selects and the other does not.
    public func excluding(_ other: ParameterFilter) -> ParameterFilter { self && !other }

    /// The parameters that both filters select.
    public static func && (a: ParameterFilter, b: ParameterFilter) -> ParameterFilter {
        if case .and(let count) = a.rules.last {
            return a.combined(with: b, .and(count + 1), inPlaceOfLast: true)
        }
        return a.combined(with: b, .and(2), inPlaceOfLast: false)
    }

    /// The parameters that either filter selects, or both.
    public static func || (a: ParameterFilter, b: ParameterFilter) -> ParameterFilter {
        if case .or(let count) = a.rules.last {
            return a.combined(with: b, .or(count + 1), inPlaceOfLast: true)
        }
        return a.combined(with: b, .or(2), inPlaceOfLast: false)
    }

    /// The combination of this filter and another one by a rule, which may take the place of this filter's last rule.
    private func combined(
        with other: ParameterFilter, _ rule: Rule, inPlaceOfLast: Bool
    ) -> ParameterFilter {
        var rules: [Rule] = []
        rules.reserveCapacity(self.rules.count + other.rules.count + 1)
        rules.append(contentsOf: self.rules)
        if inPlaceOfLast { rules.removeLast() }
        rules.append(contentsOf: other.rules)
        rules.append(rule)
        return ParameterFilter(rules: rules)
    }

    /// The parameters that the filter does not select.
    public static prefix func ! (a: ParameterFilter) -> ParameterFilter {
        ParameterFilter(rules: a.rules + [.not])
    }

    /// The indices of the tensors that the filter selects, in the order of the layout.
    ///
    /// Throws `FilterError` if it selects none, if a pattern within it matches no name, if a name given exactly does
    /// not exist, or if a regular expression is malformed.
    public func indices(in layout: Layout) throws(FilterError) -> [Int] {
        let selects = try predicate(in: layout)
        let indices = layout.tensors.indices.filter { selects(layout.tensors[$0]) }
        if indices.isEmpty {
            throw .selectsNothing(filter: self, nearest: nearestNames(in: layout), names: layout.names)
        }
        return indices
    }
}

/// The filters as static members, for arguments that take a view or a filter.
extension WeightsView where Self == ParameterFilter {
    /// Every parameter, biases too.
    public static var all: ParameterFilter { ParameterFilter(rules: [.all]) }

    /// Every parameter whose last component is `weight`.
    public static var weights: ParameterFilter { .named("**.weight") }

    /// Every parameter whose last component is `bias`.
    public static var biases: ParameterFilter { .named("**.bias") }

    /// The parameters whose name matches a pattern of components: `*` stands for any characters within a component, `?`
    /// for one, and a component `**` for any number of components, none included.
    public static func named(_ pattern: String) -> ParameterFilter {
        ParameterFilter(rules: [.named(pattern)])
    }

    /// The parameters of these names, each of which must exist; no character is special.
    public static func exactly(_ names: String...) -> ParameterFilter { exactly(names) }

    /// The parameters of these names, each of which must exist; no character is special.
    public static func exactly(_ names: [String]) -> ParameterFilter {
        ParameterFilter(rules: [.exactly(names)])
    }

    /// The parameters of that rank, the number of dimensions.
    public static func rank(_ rank: Int) -> ParameterFilter {
        ParameterFilter(rules: [.rank(rank)])
    }

    /// The parameters whose whole name matches a regular expression, of a subset that is matched in bounded time.
    ///
    ///     .matching(#"(encoder|decoder)\.\d+\.(weight|bias)"#)
    ///
    /// | written | matches |
    /// |---|---|
    /// | `a` | itself, as every character without a meaning below |
    /// | `.` | any character |
    /// | `\.` | the character behind the backslash, if it is neither a letter nor a digit |
    /// | `\d` `\w` `\s` | a digit; a letter, mark, digit or `_`; white space; of any script |
    /// | `\D` `\W` `\S` | any other character |
    /// | `[a-z\d_]` `[^.]` | one of these characters, any but these; a hyphen at an end is itself |
    /// | `x*` `x+` `x?` | any number of x, one or more, none or one |
    /// | `x{2}` `x{2,}` `x{2,5}` | that many, that many or more, between the two |
    /// | `x*?` and so on | the same names: only whether the whole name matches counts |
    /// | `x\|y` | x or y |
    /// | `(x)` `(?:x)` | x as one item; there are no captures |
    /// | `^` `$` | the start and the end of the name, which need not be written |
    ///
    /// A character is a Unicode scalar, and upper and lower case differ. What other regular expressions have beyond
    /// that, look-around, back references, names of groups, flags, possessive repetitions, `\b`, `\p{…}`, is an error
    /// that says where it stands and what to write instead. With its repetitions written out a pattern has at most
    /// 10,000 characters, and groups are nested at most 100 deep. Matching takes time in proportion to that size and
    /// to the length of the name, at most.
    ///
    /// The pattern is compiled when a penalty is attached, which throws if it is malformed, and when it is read from a
    /// file.
    public static func matching(_ pattern: String) -> ParameterFilter {
        ParameterFilter(rules: [.matching(pattern)])
    }
}

extension ParameterFilter {
    /// The filter as a function that tests one tensor, with patterns compiled; throws what `indices(in:)` does.
    private func predicate(in layout: Layout) throws(FilterError) -> (Layout.Tensor) -> Bool {
        var tests: [((Layout.Tensor) -> Bool)?] = []
        for rule in rules { tests.append(try rule.test(in: layout)) }
        return { [rules] tensor in
            var results: [Bool] = []
            for (rule, test) in zip(rules, tests) {
                switch rule {
                case .and(let count):
                    let isSelected = !results.suffix(count).contains(false)
                    results.removeLast(count)
                    results.append(isSelected)
                case .or(let count):
                    let isSelected = results.suffix(count).contains(true)
                    results.removeLast(count)
                    results.append(isSelected)
                case .not: results[results.count - 1].toggle()
                case .all, .named, .exactly, .rank, .matching: results.append(test?(tensor) ?? false)
                }
            }
            return results[0]
        }
    }

    /// The index of the first rule of the filter that ends with each rule.
    private var starts: [Int] {
        var starts: [Int] = []
        var open: [Int] = []
        for (index, rule) in rules.enumerated() {
            let count =
                switch rule {
                case .and(let count), .or(let count): count
                case .not: 1
                case .all, .named, .exactly, .rank, .matching: 0
                }
            let start = count == 0 ? index : open[open.count - count]
            open.removeLast(count)
            open.append(start)
            starts.append(start)
        }
        return starts
    }

    /// The filters that the filter combines, in their order; none if it is a single rule.
    var operands: [ParameterFilter] {
        let starts = starts
        var operands: [ParameterFilter] = []
        var end = rules.count - 1
        while end > starts[rules.count - 1] {
            operands.append(ParameterFilter(rules: Array(rules[starts[end - 1]..<end])))
            end = starts[end - 1]
        }
        return operands.reversed()
    }
}

extension ParameterFilter.Rule {
    /// The rule as a function that tests one tensor; nil if it combines others.
    ///
    /// Throws what `indices(in:)` does.
    fileprivate func test(in layout: Layout) throws(FilterError) -> ((Layout.Tensor) -> Bool)? {
        switch self {
        case .all:
            return { _ in true }
        case .named(let pattern):
            let glob = NamePattern(pattern)
            let matches = { (tensor: Layout.Tensor) in glob.matches(tensor.name) }
            let isGeneral = pattern == "**.weight" || pattern == "**.bias"
            if !isGeneral { try requireMatch(in: layout, matches) }
            return matches
        case .exactly(let names):
            for name in names where layout.index(of: name) == nil {
                throw .noSuchName(name, nearest: layout.names(nearestTo: name), names: layout.names)
            }
            let known = Set(names.map(ExactName.init))
            return { known.contains(ExactName($0.name)) }
        case .rank(let rank):
            return { $0.shape.rank == rank }
        case .matching(let pattern):
            var expression = try NameExpression(pattern)
            let matches = { (tensor: Layout.Tensor) in expression.matches(tensor.name) }
            try requireMatch(in: layout, matches)
            return matches
        case .and, .or, .not:
            return nil
        }
    }
}

extension ParameterFilter.Rule {
    private func requireMatch(in layout: Layout, _ matches: (Layout.Tensor) -> Bool) throws(FilterError) {
        if layout.tensors.contains(where: matches) { return }
        let filter = ParameterFilter(rules: [self])
        throw .selectsNothing(filter: filter, nearest: filter.nearestNames(in: layout), names: layout.names)
    }
}

extension ParameterFilter: CustomStringConvertible {
    /// The filter as it is written in code.
    public var description: String {
        let starts = starts
        // What stands before each rule, the innermost first.
        var openings: [[String]] = Array(repeating: [], count: rules.count)
        var texts = rules.map(\.text)
        for (index, rule) in rules.enumerated() {
            switch rule {
            case .and: parenthesize(index, "&&")
            case .or: parenthesize(index, "||")
            case .not: openings[starts[index]].append("!")
            case .all, .named, .exactly, .rank, .matching: break
            }
        }
        func parenthesize(_ index: Int, _ sign: String) {
            texts[index] = ")"
            var end = starts[index - 1]
            while end > starts[index] {
                openings[end].append(" \(sign) ")
                end = starts[end - 1]
            }
            openings[end].append("(")
        }
        return zip(openings, texts).map { $0.reversed().joined() + $1 }.joined()
    }
}

extension ParameterFilter.Rule {
    /// The rule as it is written in code; empty if it combines others.
    fileprivate var text: String {
        switch self {
        case .all: ".all"
        case .named("**.weight"): ".weights"
        case .named("**.bias"): ".biases"
        case .named(let pattern): ".named(\"\(pattern)\")"
        case .exactly(let names): ".exactly(\(names.map { "\"\($0)\"" }.joined(separator: ", ")))"
        case .rank(let rank): ".rank(\(rank))"
        case .matching(let pattern): ".matching(\"\(pattern)\")"
        case .and, .or, .not: ""
        }
    }
}
