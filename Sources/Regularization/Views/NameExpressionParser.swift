/// Reads a regular expression and writes the states of its automaton.
///
/// Alternatives, repetitions and groups are written where they are read; each is a list of states that refer to each
/// other by distance, so that a repetition repeats the list.
struct NameExpressionParser {
    typealias State = NameExpression.State

    /// The number of states that an expression may write in all, elements of classes included.
    static let largestSize = 10_000
    /// The number of groups that may be open at once.
    static let greatestDepth = 100

    /// The classes that states refer to.
    private(set) var classes: [ScalarClass] = []

    let pattern: String
    let scalars: [Unicode.Scalar]
    /// The index of the next scalar.
    var position = 0
    private var depth = 0
    private var size = 0

    init(_ pattern: String) {
        self.pattern = pattern
        scalars = Array(pattern.unicodeScalars)
    }

    /// The states of the whole expression.
    mutating func parse() throws(FilterError) -> [State] {
        let states = try parseAlternatives()
        if next != nil {
            throw mistake("a group is closed that is not open; write \\) for the parenthesis", at: position)
        }
        return states
    }

    /// The scalar at the position; nil at the end.
    var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    /// Whether a text is next.
    func isNext(_ text: String) -> Bool { scalars[position...].starts(with: text.unicodeScalars) }

    /// Moves behind a text if it is next.
    mutating func skip(_ text: String) -> Bool {
        if !isNext(text) { return false }
        position += text.unicodeScalars.count
        return true
    }

    /// The error for a mistake at an index of the scalars.
    func mistake(_ reason: String, at index: Int) -> FilterError {
        .invalidRegularExpression(pattern, reason: "at character \(index + 1), \(reason)")
    }

    /// Counts states before they are written.
    mutating func add(_ count: Int) throws(FilterError) {
        size += count
        if size > Self.largestSize {
            throw .invalidRegularExpression(
                pattern,
                reason: """
                    with its repetitions written out it has more than \(Self.largestSize) characters; repeat less, or \
                    write + or * for a repetition without a limit
                    """)
        }
    }

    /// Reads up to the end or to the parenthesis that closes the group.
    private mutating func parseAlternatives() throws(FilterError) -> [State] {
        var alternatives = [try parseSequence()]
        while skip("|") {
            try add(2)
            alternatives.append(try parseSequence())
        }
        let count = alternatives.reduce(2 * (alternatives.count - 1)) { $0 + $1.count }
        var states: [State] = []
        states.reserveCapacity(count)
        for alternative in alternatives.dropLast() {
            states.append(.fork(alternative.count + 2))
            states += alternative
            states.append(.jump(count - states.count))
        }
        return states + alternatives[alternatives.count - 1]
    }

    private mutating func parseSequence() throws(FilterError) -> [State] {
        var states: [State] = []
        while let scalar = next, scalar != "|", scalar != ")" { states += try parseRepetition() }
        return states
    }

    /// Reads one item and the repetition that follows it.
    private mutating func parseRepetition() throws(FilterError) -> [State] {
        let start = position
        let item = try parseItem()
        let sign = position
        guard let counts = try parseCounts() else { return item }
        if sign == start + 1, item == [.start] || item == [.end] {
            throw mistake("an anchor is repeated; leave the repetition out", at: start)
        }
        // A repetition that takes as little as possible matches the same whole names.
        if !skip("?"), skip("+") {
            throw mistake(
                """
                there is a possessive repetition, which this subset does not have; leave its second sign out, or put \
                the first repetition in a group
                """, at: sign)
        }
        let (another, isAnother) = (position, try parseCounts() != nil)
        if isAnother {
            throw mistake("a repetition is repeated; put the first one in a group", at: another)
        }
        return try repeating(item, counts)
    }

    private mutating func repeating(
        _ item: [State], _ counts: (least: Int, most: Int?)
    ) throws(FilterError) -> [State] {
        // A repetition of nothing counts too, so that no pattern takes long to write out.
        try add(max(item.count, 1) * counts.least)
        try add((item.count + 1) * ((counts.most ?? counts.least + 1) - counts.least))
        var states: [State] = []
        for _ in 0..<counts.least { states += item }
        guard let most = counts.most else {
            return states + [.fork(item.count + 2)] + item + [.jump(-item.count - 1)]
        }
        for _ in counts.least..<most { states += [.fork(item.count + 1)] + item }
        return states
    }

    /// The numbers of times of a repetition, most nil if there is no limit; nil if there is no repetition here.
    private mutating func parseCounts() throws(FilterError) -> (least: Int, most: Int?)? {
        if skip("*") { return (0, nil) }
        if skip("+") { return (1, nil) }
        if skip("?") { return (0, 1) }
        let start = position
        guard skip("{") else { return nil }
        let form = "{ begins a repetition {m}, {m,} or {m,n}; write \\{ for the brace"
        guard let least = parseNumber() else { throw mistake(form, at: start) }
        if skip("}") { return (least, least) }
        guard skip(",") else { throw mistake(form, at: start) }
        if skip("}") { return (least, nil) }
        guard let most = parseNumber(), skip("}") else { throw mistake(form, at: start) }
        if most < least {
            throw mistake("a repetition goes from \(least) down to \(most); exchange the two", at: start)
        }
        return (least, most)
    }

    /// A number, no larger than one more than the largest size; nil if there is none.
    private mutating func parseNumber() -> Int? {
        let start = position
        var number = 0
        while let digit = next, ("0"..."9").contains(digit) {
            number = min(number * 10 + Int(digit.value - 0x30), Self.largestSize + 1)
            position += 1
        }
        return position == start ? nil : number
    }

    private mutating func parseItem() throws(FilterError) -> [State] {
        try add(1)
        let start = position
        let scalar = scalars[position]
        position += 1
        switch scalar {
        case "(": return try parseGroup()
        case "[": return [state(of: try parseClass())]
        case "\\":
            switch try parseEscape() {
            case .scalar(let scalar): return [.scalar(scalar)]
            case .kinds(let kinds, let isNegated):
                return [state(of: ScalarClass(kinds: kinds, isNegated: isNegated))]
            }
        case ".": return [.any]
        case "^": return [.start]
        case "$": return [.end]
        case "*", "+", "?":
            throw mistake("\(scalar) repeats nothing; write \\\(scalar) for the character", at: start)
        case "{":
            throw mistake("a repetition repeats nothing; write \\{ for the brace", at: start)
        default: return [.scalar(scalar)]
        }
    }

    private mutating func state(of class: ScalarClass) -> State {
        classes.append(`class`)
        return .oneOf(classes.count - 1)
    }

    /// Reads a group behind its opening parenthesis.
    private mutating func parseGroup() throws(FilterError) -> [State] {
        let start = position - 1
        if depth == Self.greatestDepth {
            throw mistake("groups are nested more than \(Self.greatestDepth) deep; take some out", at: start)
        }
        if isNext("?"), !skip("?:") { throw unknownGroup(at: start) }
        depth += 1
        let states = try parseAlternatives()
        depth -= 1
        if !skip(")") {
            throw mistake(
                "a group is opened and never closed; close it, or write \\( for the parenthesis", at: start)
        }
        return states
    }
}
