/// A pattern of names in which `*` stands for any run of characters, dots and slashes included, none too.
///
/// Each star takes as few characters as it can, the first one first; the last takes what is left.
struct StarPattern {
    /// What stands between the stars, before the first and after the last, in UTF-8.
    private let literals: [ArraySlice<UInt8>]

    init(_ pattern: String) {
        literals = Array(pattern.utf8).split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
    }

    /// The number of stars.
    var stars: Int { literals.count - 1 }

    /// What each star takes of a name; nil if the pattern does not match the whole name.
    ///
    /// - Complexity: at most the product of the lengths.
    func match(_ name: [UInt8]) -> [ArraySlice<UInt8>]? {
        guard let first = literals.first, let last = literals.last else { return nil }
        if stars == 0 { return name[...] == first ? [] : nil }
        guard name.count >= first.count + last.count, name.starts(with: first),
            name.suffix(last.count) == last
        else { return nil }
        let end = name.count - last.count
        var taken: [ArraySlice<UInt8>] = []
        var start = first.count
        for literal in literals.dropFirst().dropLast() {
            guard let place = Self.index(of: literal, in: name[start..<end]) else { return nil }
            taken.append(name[start..<place])
            start = place + literal.count
        }
        return taken + [name[start..<end]]
    }

    /// The name that this pattern becomes when its stars take these characters, which are as many as the stars.
    func filled(with taken: [ArraySlice<UInt8>]) -> String {
        var name = Array(literals[0])
        for (run, literal) in zip(taken, literals.dropFirst()) { name += run + literal }
        return String(decoding: name, as: UTF8.self)
    }

    /// The first place where a text stands in another one.
    private static func index(of text: ArraySlice<UInt8>, in all: ArraySlice<UInt8>) -> Int? {
        guard text.count <= all.count else { return nil }
        return (all.startIndex...all.endIndex - text.count).first { all[$0...].starts(with: text) }
    }
}
