// What stands for one character: escapes and classes.

extension NameExpressionParser {
    /// What an escape stands for.
    enum Escape {
        case scalar(Unicode.Scalar)
        case kinds(ScalarClass.Kinds, isNegated: Bool)
    }

    /// Reads an escape behind its backslash.
    mutating func parseEscape() throws(FilterError) -> Escape {
        let start = position - 1
        guard let scalar = next else {
            throw mistake("a backslash escapes nothing; write \\\\ for the backslash", at: start)
        }
        position += 1
        switch scalar {
        case "d", "D": return .kinds(.digit, isNegated: scalar == "D")
        case "w", "W": return .kinds(.word, isNegated: scalar == "W")
        case "s", "S": return .kinds(.space, isNegated: scalar == "S")
        case "a"..."z", "A"..."Z", "0"..."9": throw unknownEscape(scalar, at: start)
        default: return .scalar(scalar)
        }
    }

    /// Reads a class behind its opening bracket.
    mutating func parseClass() throws(FilterError) -> ScalarClass {
        let start = position - 1
        let isNegated = skip("^")
        if isNext("]") {
            throw mistake("there is a class of no character; write \\] for the bracket in it", at: start)
        }
        var ranges: [ClosedRange<UInt32>] = []
        var (kinds, otherThan): (ScalarClass.Kinds, ScalarClass.Kinds) = ([], [])
        while !skip("]") {
            if next == nil {
                throw mistake(
                    "a class is opened and never closed; close it, or write \\[ for the bracket", at: start)
            }
            try add(1)
            try refuseCombination()
            let first = position
            let element = try parseClassElement()
            try refuseCombination()
            switch element {
            case .kinds(let some, let isOther):
                if isNext("-"), !isNext("-]") { throw endlessRange(at: first) }
                if isOther { otherThan.formUnion(some) } else { kinds.formUnion(some) }
            case .scalar(let low):
                guard isNext("-"), !isNext("-]") else {
                    ranges.append(low.value...low.value)
                    continue
                }
                position += 1
                guard next != nil, case .scalar(let high) = try parseClassElement() else {
                    throw endlessRange(at: first)
                }
                if high < low {
                    throw mistake(
                        "a range goes from a character down to another; exchange the two", at: first)
                }
                ranges.append(low.value...high.value)
            }
        }
        return ScalarClass(ranges, kinds: kinds, otherThan: otherThan, isNegated: isNegated)
    }

    private func endlessRange(at index: Int) -> FilterError {
        mistake("a range has no character at one of its ends; write \\- for the hyphen", at: index)
    }

    private func refuseCombination() throws(FilterError) {
        for sign in ["&&", "--", "~~"] where isNext(sign) {
            throw mistake(
                "\(sign) combines classes elsewhere, which this subset does not have; write \\ before each",
                at: position)
        }
    }

    private mutating func parseClassElement() throws(FilterError) -> Escape {
        let scalar = scalars[position]
        if scalar == "[" {
            throw mistake(
                "there is a class within a class, which this subset does not have; write \\[ for the bracket",
                at: position)
        }
        position += 1
        return scalar == "\\" ? try parseEscape() : .scalar(scalar)
    }
}
