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
        case .squareRootOfSize: return Double(group.size).squareRoot()
        case .none: return 1
        case .custom(let factors):
            require(
                factors.indices.contains(group.index),
                "\(factors.count) group weights are given, but none for group \(group.index).")
            return factors[group.index]
        }
    }

    /// The weighting itself; throws if a factor is negative, or if Float does not hold it, or only as 0.
    func checked() throws(ArgumentError) -> GroupWeighting {
        guard case .custom(let factors) = self else { return self }
        // With a factor such as 1e-320, quotients by it would overflow even in Double.
        if let factor = factors.first(where: { !isStrength($0) || $0 > 0 && Float($0) == 0 }) {
            throw ArgumentError(
                "The weight of a group is 0 or more, from 1.4e-45 to 3.4e38 if not 0, unlike \(factor).")
        }
        return self
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
