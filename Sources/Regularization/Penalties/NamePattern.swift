/// A pattern over the dotted components of a name: `*` within a component, `**` for components.
struct NamePattern {
    private let components: [Substring]

    init(_ pattern: String) {
        components = pattern.split(separator: ".", omittingEmptySubsequences: false)
    }

    func matches(_ name: String) -> Bool {
        Self.match(components[...], name.split(separator: ".", omittingEmptySubsequences: false)[...])
    }

    private static func match(_ pattern: ArraySlice<Substring>, _ name: ArraySlice<Substring>) -> Bool {
        guard let first = pattern.first else { return name.isEmpty }
        if first == "**" {
            return match(pattern.dropFirst(), name) || (!name.isEmpty && match(pattern, name.dropFirst()))
        }
        guard let component = name.first, matchCharacters(first, component) else { return false }
        return match(pattern.dropFirst(), name.dropFirst())
    }

    private static func matchCharacters(_ pattern: Substring, _ text: Substring) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        if first == "*" {
            return matchCharacters(pattern.dropFirst(), text)
                || (!text.isEmpty && matchCharacters(pattern, text.dropFirst()))
        }
        guard let character = text.first, first == "?" || first == character else { return false }
        return matchCharacters(pattern.dropFirst(), text.dropFirst())
    }
}
