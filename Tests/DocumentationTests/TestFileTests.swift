import Foundation
import Testing

/// Where the test of a source file is, and where the source of a test.
struct TestFileTests {
    /// Tests of what holds of many files together, and what that is.
    static let properties = [
        "PairTests": "every pair of a catalog of regularizers composes exactly or is refused for a reason",
        "TripleTests": "so do random triples and quadruples of the catalog",
        "TrajectoryTests": "every optimizer goes where that of another library goes",
    ]

    /// Swift files below a folder of the project, without their extensions, and the folders that they are in.
    private func files(below folder: String) throws -> [(name: String, room: String)] {
        try FileManager.default.subpathsOfDirectory(atPath: Document.file(folder).path)
            .filter { $0.hasSuffix(".swift") }.map { path in
                let path = path as NSString
                let name = (path.lastPathComponent as NSString).deletingPathExtension
                return (name, path.deletingLastPathComponent)
            }
    }

    /// The sources that a test can be named for: `X+Topic` for that file, if there is one, or else for `X` or any part
    /// of it.
    private func sources(
        of name: String, in sources: [(name: String, room: String)]
    ) -> [(name: String, room: String)] {
        let exact = sources.filter { $0.name == name }
        if !exact.isEmpty { return exact }
        let type = name.prefix { $0 != "+" }
        return sources.filter { $0.name == type || $0.name.hasPrefix(type + "+") }
    }

    @Test("A file of tests is named for the source file that it tests, and stands in a room of the same name")
    func testsAreNamedForWhatTheyTest() throws {
        let targets = try FileManager.default.contentsOfDirectory(atPath: Document.file("Tests").path)
            .filter { $0.hasSuffix("Tests") && $0 != "DocumentationTests" }
        let everywhere = try files(below: "Sources") + files(below: "Plugins")
        var unused = Set(Self.properties.keys)
        for target in targets.sorted() {
            let module = String(target.dropLast("Tests".count))
            let own = try files(below: module.hasSuffix("Plugin") ? "Plugins/\(module)" : "Sources/\(module)")
            for test in try files(below: "Tests/\(target)") where test.name.hasSuffix("Tests") {
                let place = "Tests/\(target)/\(test.room)/\(test.name).swift"
                if unused.remove(test.name) != nil { continue }
                let name = String(test.name.dropLast("Tests".count))
                let tested = sources(of: name, in: own)
                #expect(
                    !sources(of: name, in: everywhere).isEmpty,
                    "\(place) is named for no source file; add it to `properties`, with a word why")
                #expect(
                    tested.isEmpty || tested.contains { $0.room == test.room },
                    "\(place) tests \(tested.map { "\($0.room)/\($0.name).swift" })")
            }
        }
        #expect(unused.isEmpty, "There are no such files.")
    }

    @Test("The suite in a file of tests has the name of the file, without a plus")
    func suitesAreNamedForTheirFiles() throws {
        for test in try files(below: "Tests")
        where test.name.hasSuffix("Tests") && !test.room.hasPrefix("OwnPackage") {
            let path = "Tests/\(test.room)/\(test.name).swift"
            let text = try String(contentsOf: Document.file(path), encoding: .utf8)
            let name = test.name.filter { $0 != "+" }
            let declaration = text.range(
                of: "struct \(name)\\b", options: [.regularExpression, .caseInsensitive])
            #expect(declaration != nil, "\(path) has no suite \(name)")
        }
    }
}
