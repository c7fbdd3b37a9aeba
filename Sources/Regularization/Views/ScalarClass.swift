/// A set of Unicode scalars, as `[a-z\d_]` and `\W` write them.
struct ScalarClass: Sendable, Hashable {
    /// Sets that have an escape of their own, together.
    struct Kinds: OptionSet, Hashable {
        let rawValue: UInt8

        /// `\d`: decimal digits, of any script.
        static let digit = Kinds(rawValue: 1)
        /// `\w`: letters, marks, digits, and `_` with its like.
        static let word = Kinds(rawValue: 2)
        /// `\s`: white space.
        static let space = Kinds(rawValue: 4)
    }

    /// Ranges of scalars in rising order, with a gap between each and the next.
    private var ranges: [ClosedRange<UInt32>] = []
    /// The kinds whose scalars belong to the set, and those whose other scalars do.
    private var kinds: Kinds = []
    private var otherThan: Kinds = []
    private var isNegated = false

    /// The scalars of the ranges and of the kinds, and all scalars that lack one of the kinds in `otherThan`; all
    /// scalars but these if negated.
    init(
        _ ranges: [ClosedRange<UInt32>] = [], kinds: Kinds = [], otherThan: Kinds = [],
        isNegated: Bool = false
    ) {
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = self.ranges.last, range.lowerBound <= last.upperBound {
                self.ranges[self.ranges.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                self.ranges.append(range)
            }
        }
        (self.kinds, self.otherThan, self.isNegated) = (kinds, otherThan, isNegated)
    }

    /// Whether a scalar, whose kinds are given, belongs to the set.
    ///
    /// - Complexity: O(log n) for n ranges.
    func contains(_ scalar: Unicode.Scalar, of kinds: Kinds) -> Bool {
        let isOfKind = !self.kinds.isDisjoint(with: kinds) || !otherThan.isSubset(of: kinds)
        return (isOfKind || rangesContain(scalar.value)) != isNegated
    }

    private func rangesContain(_ value: UInt32) -> Bool {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < value { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].lowerBound <= value
    }
}

extension ScalarClass.Kinds {
    /// The kinds that a scalar is of; `\w` is that of Unicode Technical Standard 18, annex C.
    init(of scalar: Unicode.Scalar) {
        switch scalar {
        case "0"..."9": self = [.digit, .word]
        case "a"..."z", "A"..."Z", "_": self = .word
        case _ where scalar.isASCII: self = scalar.properties.isWhitespace ? .space : []
        default:
            let properties = scalar.properties
            switch properties.generalCategory {
            case .decimalNumber: self = [.digit, .word]
            case .nonspacingMark, .spacingMark, .enclosingMark, .connectorPunctuation: self = .word
            default:
                self = properties.isAlphabetic || properties.isJoinControl ? .word : []
                if properties.isWhitespace { insert(.space) }
            }
        }
    }
}
