import Foundation
import Testing

/// The reference page of authors names whatever an author can state, write or read.
struct AuthorsReferenceTests {
    private let sources = "Sources/Regularization/"

    @Test(arguments: [
        ("Regularizers/Structure.swift", 8), ("Regularizers/CompositionProperties.swift", 10),
        ("Regularizers/Kink.swift", 4), ("Regularizers/Groups/Groups.swift", 5),
        ("Regularizers/Groups/GroupWeighting.swift", 3),
    ])
    func namesEveryCase(file: String, atLeast count: Int) throws {
        // Cases of enumerations stand four spaces in, unlike those of a `switch`, and so do members of option sets.
        let names = try names(in: file, /(?m)^    (?:case|public static let) (\w+)/)
        #expect(names.count >= count)
        let page = try page()
        for name in names { #expect(page.contains("`.\(name)"), "\(name) of \(file)") }
    }

    @Test(arguments: [
        ("Parameters/Weights.swift", 5), ("Parameters/Shape.swift", 5), ("Regularizers/Scales.swift", 3),
        ("Regularizers/Groups/Group.swift", 3), ("Regularizers/Groups/Groups.swift", 3),
    ])
    func namesEveryAccessor(file: String, atLeast count: Int) throws {
        let members = try names(in: file, /(?m)^    (?:@\w+ )?public (?:let|var|func|mutating func) (\w+)/)
        let names = Set(members).subtracting(["description", "makeIterator"])
        #expect(names.count >= count)
        let page = try page()
        for name in names { #expect(page.contains(named(name)), "\(name) of \(file)") }
    }

    @Test func namesEveryProtocolAndRequirement() throws {
        let folder = Document.file(sources)
        let page = try page()
        var count = 0
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        where path.hasPrefix("Regularizers/") {
            guard path.hasSuffix(".swift") else { continue }
            let text = try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
            for match in text.matches(of: /\npublic protocol (\w+)(?s:.*?)\n}\n/) {
                #expect(page.contains(named(String(match.1))), "\(match.1)")
                for requirement in match.0.matches(of: /\n    (?:func|var) (\w+)/) {
                    #expect(page.contains(named(String(requirement.1))), "\(requirement.1) of \(match.1)")
                    count += 1
                }
            }
        }
        #expect(count >= 20)
    }

    private func page() throws -> String {
        try String(contentsOf: Document.file("Documentation/AuthorsReference.md"), encoding: .utf8)
    }

    private func names(in file: String, _ pattern: Regex<(Substring, Substring)>) throws -> [String] {
        try String(contentsOf: Document.file(sources + file), encoding: .utf8)
            .matches(of: pattern).map { String($0.1) }
    }

    /// A name in code, alone or with what follows it.
    private func named(_ name: String) -> Regex<Substring> {
        // The name is made of letters, which a pattern has as they are.
        (try? Regex("`[^`\n]*\\b\(name)\\b[^`\n]*`", as: Substring.self)) ?? /$^/
    }
}
