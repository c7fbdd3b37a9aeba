/// A regular expression for whole names, compiled to an automaton that is in all of its states at once.
///
/// Nothing is ever tried again, so that the time is at most proportional to the product of the automaton's size, which
/// the parser bounds, and the length of the name. Names and expressions are compared scalar by scalar.
///
/// Source: Thompson, "Regular expression search algorithm", 1968.
struct NameExpression: Sendable {
    /// One state of the automaton; unless it says otherwise, the next one follows it in the list.
    enum State: Sendable, Hashable {
        /// Reads that scalar.
        case scalar(Unicode.Scalar)
        /// Reads any scalar.
        case any
        /// Reads a scalar of the class at that index.
        case oneOf(Int)
        /// Goes on with the next state, and with the one at that distance too.
        case fork(Int)
        /// Goes on with the state at that distance.
        case jump(Int)
        /// Goes on at the start of the name only.
        case start
        /// Goes on at the end of the name only.
        case end
    }

    private let states: [State]
    private let classes: [ScalarClass]

    // Memory that is kept from one name to the next.
    /// The states that read the next scalar, now and after it.
    private var current: [Int] = []
    private var following: [Int] = []
    /// The states that are still to be followed to those that read.
    private var pending: [Int] = []
    /// For each state, and for the end of the list, the last moment at which it was entered.
    private var entered: [Int]
    /// The number of positions in names at which the automaton has been.
    private var moment = 0

    /// Compiles an expression.
    ///
    /// - Throws: `FilterError.invalidRegularExpression`.
    /// - Complexity: linear in the length of the expression, and bounded.
    init(_ pattern: String) throws(FilterError) {
        var parser = NameExpressionParser(pattern)
        states = try parser.parse()
        classes = parser.classes
        entered = Array(repeating: 0, count: states.count + 1)
    }

    /// Whether the expression matches the whole name; mutating because memory is used again.
    ///
    /// - Complexity: O(size · length) for the sizes of the automaton and of the name.
    mutating func matches(_ name: String) -> Bool {
        let scalars = name.unicodeScalars
        var index = scalars.startIndex
        moment += 1
        enter(0, isStart: true, isEnd: scalars.isEmpty)
        while index < scalars.endIndex, !following.isEmpty {
            swap(&current, &following)
            following.removeAll(keepingCapacity: true)
            let scalar = scalars[index]
            let kinds = ScalarClass.Kinds(of: scalar)
            scalars.formIndex(after: &index)
            moment += 1
            for state in current where reads(scalar, of: kinds, in: state) {
                enter(state + 1, isStart: false, isEnd: index == scalars.endIndex)
            }
        }
        following.removeAll(keepingCapacity: true)
        return index == scalars.endIndex && entered[states.count] == moment
    }

    private func reads(_ scalar: Unicode.Scalar, of kinds: ScalarClass.Kinds, in state: Int) -> Bool {
        switch states[state] {
        case .scalar(let expected): expected == scalar
        case .any: true
        case .oneOf(let index): classes[index].contains(scalar, of: kinds)
        case .fork, .jump, .start, .end: false
        }
    }

    /// Enters a state and all that it leads to before the next scalar, each once.
    private mutating func enter(_ state: Int, isStart: Bool, isEnd: Bool) {
        pending.append(state)
        while let state = pending.popLast() {
            if entered[state] == moment { continue }
            entered[state] = moment
            if state == states.count { continue }
            switch states[state] {
            case .scalar, .any, .oneOf: following.append(state)
            case .fork(let distance):
                pending.append(state + distance)
                pending.append(state + 1)
            case .jump(let distance): pending.append(state + distance)
            case .start: if isStart { pending.append(state + 1) }
            case .end: if isEnd { pending.append(state + 1) }
            }
        }
    }
}
