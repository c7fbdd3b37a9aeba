/// The rule that gives each group its factor ω in a group penalty.
public enum GroupWeighting: Sendable, Hashable {
    /// ω = √size, so that large groups are not favored (Yuan, Lin 2006).
    case squareRootOfSize
    /// ω = 1.
    case none
    /// One factor for each group, in the order of the groups.
    case custom([Double])

    /// Whether groups of one size have one factor.
    var isAlike: Bool { if case .custom = self { false } else { true } }

    /// The weighting as the end of a regularizer's name; empty for the default of that regularizer.
    func clause(unless default: GroupWeighting) -> String {
        if self == `default` { return "" }
        return switch self {
        case .squareRootOfSize: ", weighted by √size"
        case .none: ", unweighted"
        case .custom: ", custom factors"
        }
    }

    /// The factor ω of a group; traps if the list of factors has none for the group's index.
    public func factor(of group: Group) -> Double {
        switch self {
        case .squareRootOfSize: Double(group.size).squareRoot()
        case .none: 1
        case .custom(let factors): factors[group.index]
        }
    }

    /// Throws a `ShapeError` unless a list of factors has one for each group, all of them finite and 0 or more.
    public func check(groupCount: Int) throws(ShapeError) {
        guard case .custom(let factors) = self else { return }
        guard factors.count == groupCount else {
            throw ShapeError("\(factors.count) group weights are given for \(groupCount) groups")
        }
        if let index = factors.firstIndex(where: { !($0 >= 0 && $0 < .infinity) }) {
            throw ShapeError("the weight of group \(index) is \(factors[index]), not a number of 0 or more")
        }
    }
}
