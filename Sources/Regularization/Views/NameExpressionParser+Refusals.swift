// What other regular expressions have and this subset has not, by name, and the way out.

extension NameExpressionParser {
    /// The error for a group that opens with a question mark; the position is at that mark.
    func unknownGroup(at start: Int) -> FilterError {
        let lookaround = "combine filters by &&, || and ! instead, which are and, or and not in files"
        let constructs: [(opening: String, name: String, wayOut: String)] = [
            ("?=", "a look-ahead", lookaround),
            ("?!", "a negative look-ahead", lookaround),
            ("?<=", "a look-behind", lookaround),
            ("?<!", "a negative look-behind", lookaround),
            ("?>", "an atomic group", "write (?: for it"),
            ("?<", "a named group", "leave the name out"),
            ("?P<", "a named group", "leave the name out"),
            ("?'", "a named group", "leave the name out"),
            ("?P=", "a back reference", Self.alternatives),
            ("?#", "a comment", "leave it out"),
            ("?(", "a condition", Self.alternatives),
            ("?|", "a branch reset", "write (?: for it"),
            ("?R", "a recursion", Self.alternatives),
            ("?&", "a recursion", Self.alternatives),
            ("?P>", "a recursion", Self.alternatives),
        ]
        for construct in constructs where isNext(construct.opening) {
            return refusal("\(construct.name) (\(construct.opening)", construct.wayOut, at: start)
        }
        switch scalars[position...].dropFirst().first {
        case let flag?
        where ("a"..."z").contains(flag) || ("A"..."Z").contains(flag) || "-^".unicodeScalars.contains(flag):
            return refusal("an inline flag (?\(flag)", "write both cases, as in [Ww]eight", at: start)
        case let digit? where ("0"..."9").contains(digit):
            return refusal("a recursion (?\(digit)", Self.alternatives, at: start)
        default:
            return mistake(
                "? repeats nothing; write \\? for the character, or (?: for a group", at: start + 1)
        }
    }

    /// The error for a backslash before a letter or digit that has no meaning here.
    func unknownEscape(_ scalar: Unicode.Scalar, at start: Int) -> FilterError {
        let (name, wayOut): (String, String) =
            switch scalar {
            case "1"..."9", "k", "g": ("the back reference", Self.alternatives)
            case "b", "B", "y", "Y":
                ("the boundary", "write the characters that stand there, as \\. between components")
            case "A", "z", "Z", "G": ("the anchor", "write ^ or $")
            case "p", "P": ("the property", "write a class, as [a-z], \\w or \\d")
            default: ("the escape", "\\d, \\w, \\s, \\D, \\W, \\S and those of punctuation are there")
            }
        return refusal("\(name) \\\(scalar)", wayOut, at: start)
    }

    private static let alternatives = "write the alternatives out, as in (a|b)"

    private func refusal(_ construct: String, _ wayOut: String, at index: Int) -> FilterError {
        mistake("there is \(construct), which this subset does not have; \(wayOut)", at: index)
    }
}
