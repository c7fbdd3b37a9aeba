import CharbonnierPlugin
import Foundation
import ReferenceNetwork
import Regularization
import RegularizationJSON
import Testing

// snippet: checkpoint
struct Checkpoint: Codable {
    var step: Int
    var weights: [String: [Float]]
    var penalties: [Penalty]
}
// end snippet

struct ConfigurationSnippets {
    @Test func readAndWrite() throws {
        let network = FeedForwardNetwork(inputs: 64, hidden: [40, 20], outputs: 10)
        let file = Document.file("Documentation/Examples/sparse-units.json")
        let copy = FileManager.default.temporaryDirectory.appendingPathComponent("copy-\(UUID()).json")
        defer { try? FileManager.default.removeItem(at: copy) }
        // snippet: read
        let registry = RegularizerRegistry.builtIn.adding(Charbonnier.self)
        let penalties = try registry.penalties(contentsOf: file)
        var optimizer = try Adam(learningRate: 1e-3).regularized(by: penalties, over: network.parameters)
        try registry.write(penalties, to: copy)
        // end snippet
        #expect(penalties.map(\.stage) == [.lossTerm, .proximalStep])
        #expect(try registry.encode(registry.penalties(contentsOf: copy)) == Data(contentsOf: copy))
        optimizer.learningRate = 0
    }

    @Test func checkpoint() throws {
        let registry = RegularizerRegistry.builtIn.adding(Charbonnier.self)
        let checkpoint = Checkpoint(step: 3, weights: ["a": [1, 2]], penalties: [.lossTerm(Charbonnier())])
        // snippet: encode
        let encoder = PropertyListEncoder()
        encoder.userInfo[.regularizers] = registry
        let data = try encoder.encode(checkpoint)
        // end snippet
        let decoder = PropertyListDecoder()
        decoder.userInfo[.regularizers] = registry
        let read = try decoder.decode(Checkpoint.self, from: data)
        #expect(read.penalties[0].regularizer as? Charbonnier == Charbonnier())
    }

    @Test func error() throws {
        let registry = RegularizerRegistry.builtIn
        var printed = ""
        func print(_ error: ConfigurationError) { printed = "\(error)" }
        // snippet: error
        let text = """
            [{"stage": "proximalStep", "regularizer": {"sum": ["L1", {"MCP": {"threshold": 1, "concavity": 0}}]}}]
            """
        do {
            _ = try registry.decode([Penalty].self, from: Data(text.utf8))
        } catch {
            print(error)
        }
        // end snippet
        let article = try String(contentsOf: Document.file("Documentation/Configuration.md"), encoding: .utf8)
        #expect(article.contains("```text\n\(printed)\n```"), "\(printed)")
    }

    @Test("The JSON in the documents is read, and the example is that of the article")
    func json() throws {
        let registry = RegularizerRegistry.builtIn.adding(Charbonnier.self)
        var read = 0
        for document in try Document.all() {
            let text = try String(contentsOf: Document.file(document.path), encoding: .utf8)
            for block in text.matches(of: /```json\n((?:.|\n)*?)```/) {
                let penalties = try registry.decode([Penalty].self, from: Data(block.1.utf8))
                #expect(!penalties.isEmpty)
                read += 1
            }
        }
        #expect(read >= 1)
        let article = try String(contentsOf: Document.file("Documentation/Configuration.md"), encoding: .utf8)
        let example = Document.file("Documentation/Examples/sparse-units.json")
        #expect(article.contains("```json\n\(try String(contentsOf: example, encoding: .utf8))```"))
    }
}
