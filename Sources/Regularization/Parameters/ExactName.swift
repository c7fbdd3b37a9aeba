/// A name that equals another one only if all of their Unicode scalars are equal.
///
/// Two strings are equal in Swift if they look the same, é as one scalar and é as two: in files they are two names.
package struct ExactName: Hashable, Sendable, Comparable {
    package let name: String

    package init(_ name: String) { self.name = name }

    package static func == (a: Self, b: Self) -> Bool { a.name.utf8.elementsEqual(b.name.utf8) }

    package static func < (a: Self, b: Self) -> Bool { a.name.utf8.lexicographicallyPrecedes(b.name.utf8) }

    package func hash(into hasher: inout Hasher) {
        name.utf8Span.span.bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
        hasher.combine(name.utf8.count)
    }
}
