/// A pattern of names whose components are separated by dots: `*` for any characters within a component, `?` for one,
/// and a component `**` for any number of components.
struct NamePattern {
    private let components: [Substring]

    init(_ pattern: String) {
        components = pattern.split(separator: ".", omittingEmptySubsequences: false)
    }

    func matches(_ name: String) -> Bool {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return Self.matches(components, parts, isWildcard: { $0 == "**" }) { pattern, part in
            Self.matches(Array(pattern), Array(part), isWildcard: { $0 == "*" }) { $0 == "?" || $0 == $1 }
        }
    }

    /// Whether a pattern matches a whole sequence; a wildcard in it stands for any number of elements, none included.
    ///
    /// Only the last wildcard met is ever tried again, so the time is at most the product of the lengths.
    private static func matches<Element>(
        _ pattern: [Element], _ elements: [Element], isWildcard: (Element) -> Bool,
        _ isMatch: (Element, Element) -> Bool
    ) -> Bool {
        var (position, index) = (0, 0)
        var retry: (position: Int, index: Int)?
        while index < elements.count {
            if position < pattern.count, isWildcard(pattern[position]) {
                retry = (position + 1, index)
                position += 1
            } else if position < pattern.count, isMatch(pattern[position], elements[index]) {
                position += 1
                index += 1
            } else if let last = retry {
                retry = (last.position, last.index + 1)
                (position, index) = (last.position, last.index + 1)
            } else {
                return false
            }
        }
        return pattern[position...].allSatisfy(isWildcard)
    }
}
