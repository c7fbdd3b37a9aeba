import Foundation
import Regularization
import RegularizationJSON
import Testing

struct RegularizerRegistryFilesTests {
    private let registry = RegularizerRegistry.builtIn
    private let penalties: [Penalty] = [
        .lossTerm(SquaredL2(), strength: 0.5), .proximalStep(L1() + GroupLasso(.columns), strength: 3e-4),
    ]

    @Test func whatIsWrittenIsReadAgain() throws {
        try inFolder { folder in
            let file = folder.appending(path: "a b.json")
            for _ in 0..<2 {
                try registry.write(penalties, to: file)
                #expect(try Data(contentsOf: file) == registry.encode(penalties))
            }
            #expect(try registry.penalties(contentsOf: file).map(\.label) == penalties.map(\.label))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a b.json"])
        }
    }

    @Test func aLinkStays() throws {
        try inFolder { folder in
            let (file, link) = (folder.appending(path: "a.json"), folder.appending(path: "link.json"))
            try FileManager.default.createSymbolicLink(
                atPath: link.path, withDestinationPath: file.lastPathComponent)
            try registry.write(penalties, to: link)
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link.path) == "a.json")
            #expect(try registry.penalties(contentsOf: file).count == 2)
        }
    }

    @Test("What cannot be written leaves the earlier file, and the error names it")
    func anEarlierFileStays() throws {
        try inFolder { folder in
            let file = folder.appending(path: "a.json")
            try registry.write(penalties, to: file)
            let closure = [Penalty.lossTerm(L1(), strength: Schedule { Double($0) })]
            let error = #expect(throws: ConfigurationError.self) { try registry.write(closure, to: file) }
            #expect(error?.file == file.path && error?.place == "[0].strength", "\(error as Any)")
            #expect(try Data(contentsOf: file) == registry.encode(penalties))
        }
    }

    @Test(
        "A place where there can be no file is an error that says what to do",
        arguments: [
            ("missing/a.json", "Create its folder"), ("folder/", "a file in that folder"),
            ("new/", "a file in that folder"),
        ])
    func noFile(path: String, advice: String) throws {
        try inFolder { folder in
            try FileManager.default.createDirectory(
                at: folder.appending(path: "folder"), withIntermediateDirectories: true)
            let file = folder.appending(path: path)
            let error = #expect(throws: ConfigurationError.self) { try registry.write(penalties, to: file) }
            #expect(error?.file == file.path(percentEncoded: false))
            #expect(error?.reason.contains(advice) ?? false, "\(error as Any)")
        }
        let page = try #require(URL(string: "https://example.com/tmp/a.json"))
        let error = #expect(throws: ConfigurationError.self) { try registry.write(penalties, to: page) }
        #expect(error?.description == "https://example.com/tmp/a.json: This is no file; give the URL of one.")
    }
}

/// Calls the body with a new folder, which is removed afterwards.
private func inFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
}
