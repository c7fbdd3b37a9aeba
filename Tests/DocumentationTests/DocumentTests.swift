import Foundation
import Testing

/// The code in the documents is code that compiles and runs here, to the letter; what is said not to compile
/// does not.
struct DocumentTests {
    @Test func everySnippetIsCompiledSource() throws {
        var compared = 0
        for document in try Document.all() {
            for snippet in document.snippets {
                let place = "\(document.path):\(snippet.line)"
                let origin = try #require(snippet.origin, "\(place) does not say where its code is compiled")
                if origin.hasPrefix("does not compile: ") { continue }
                let name = origin.trimmingPrefix("snippet: ")
                let source = try #require(try Document.source(name), "\(place): there is no region \(name)")
                #expect(snippet.code == source, "\(place) differs from \(name)")
                compared += 1
            }
        }
        #expect(compared >= 10)
    }

    @Test func refusedSnippetsDoNotCompile() throws {
        var refused = 0
        for document in try Document.all() {
            for snippet in document.snippets {
                guard let origin = snippet.origin, origin.hasPrefix("does not compile: ") else { continue }
                let output = try typecheck(snippet.code)
                let message = origin.trimmingPrefix("does not compile: ")
                #expect(output.contains("error: "), "\(document.path):\(snippet.line) compiles")
                #expect(output.contains(message), "\(document.path):\(snippet.line): \(output)")
                refused += 1
            }
        }
        #expect(refused >= 1)
        #expect(try typecheck("let penalty = Penalty.proximalStep(L1())") == "")
        for strength in ["1", "1e-3", ".warmUp(to: 1, over: 9)", "Double(3)"] {
            let output = try typecheck("let penalty = Penalty.proximalStep(SRIP(), strength: \(strength))")
            #expect(output.contains("a regularizer without a proximal point cannot be"), "\(output)")
        }
    }

    @Test func everyLinkedFileExists() throws {
        for document in try Document.all() {
            let file = Document.file(document.path)
            let text = try String(contentsOf: file, encoding: .utf8)
            for link in text.matches(of: /\]\(([^)#]+)[^)]*\)/) where !link.1.hasPrefix("http") {
                let target = file.deletingLastPathComponent().appendingPathComponent(String(link.1))
                #expect(
                    FileManager.default.fileExists(atPath: target.path), "\(document.path) links to \(link.1)"
                )
            }
        }
    }

    /// No article is longer than a sitting, each says where to go on, and its prose fits into 120 columns.
    @Test func everyArticleIsReadInOneSitting() throws {
        for document in try Document.all() {
            let text = try String(contentsOf: Document.file(document.path), encoding: .utf8)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count <= 260, "\(document.path)")
            let folders = document.path.split(separator: "/").dropLast()
            if folders == ["Documentation"] || folders == ["Documentation", "Decisions"] {
                #expect(text.contains("\nNext: "), "\(document.path) does not say where to go on")
            }
            var isCode = false
            for (number, line) in lines.enumerated() {
                if line.drop(while: { $0 == " " }).hasPrefix("```") { isCode.toggle() }
                // A processor is described by a command, in one line.
                if isCode || line.hasPrefix("|") || line.hasPrefix("- Processor:") { continue }
                #expect(line.count <= 120, "\(document.path):\(number + 1)")
            }
        }
    }

    /// The README lists every article.
    @Test func everyArticleIsInTheReadingList() throws {
        let readme = try String(contentsOf: Document.file("README.md"), encoding: .utf8)
        let folder = Document.file("Documentation").path
        for article in try FileManager.default.contentsOfDirectory(atPath: folder)
        where article.hasSuffix(".md") {
            #expect(readme.contains("(Documentation/\(article))"), "\(article)")
        }
    }

    /// The table of rooms has every folder with source in it, each with a file to begin with.
    @Test func everyRoomIsInTheTable() throws {
        let design = try String(contentsOf: Document.file("Documentation/Design.md"), encoding: .utf8)
        let rooms = design.matches(of: /\| `(Sources\/[^`]+)` \|[^|]+\| `([^`]+)` \|/).map {
            (folder: String($0.1), first: String($0.2))
        }
        let files = try FileManager.default.subpathsOfDirectory(atPath: Document.file("Sources").path)
            .filter { $0.hasSuffix(".swift") }
        let folders = Set(files.map { "Sources/" + ($0 as NSString).deletingLastPathComponent })
        #expect(Set(rooms.map(\.folder)) == folders)
        for (folder, first) in rooms {
            #expect(
                files.contains("\(folder)/\(first)".replacing("Sources/", with: "")), "\(folder)/\(first)")
        }
    }

    /// From the batch to the parameters a reader goes through few files, none of them long.
    @Test func theTrainingStepIsReadTopDown() throws {
        let design = try String(contentsOf: Document.file("Documentation/Design.md"), encoding: .utf8)
        let paths = design.matches(of: /\| \d \| `([^`]+)` \|/).map { String($0.1) }
        #expect((3...5).contains(paths.count))
        for path in paths {
            let lines = try String(contentsOf: Document.file(path), encoding: .utf8).split(
                separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count <= 300, "\(path)")
        }
    }

    /// What the compiler says of some code that imports the framework; nothing if it compiles.
    private func typecheck(_ code: String) throws -> String {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("refused-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let source = folder.appendingPathComponent("Refused.swift")
        try Data("import Regularization\n\(code)\n".utf8).write(to: source)
        let modules = buildFolder.appendingPathComponent("Modules")
        let compiler = Process()
        compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        compiler.arguments = [
            "swiftc", "-typecheck", "-swift-version", "6", "-I", modules.path,
            "-Xcc", "-fmodule-map-file=\(moduleMap.path)", source.path,
        ]
        let output = Pipe()
        compiler.standardOutput = output
        compiler.standardError = output
        try compiler.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        compiler.waitUntilExit()
        return text
    }

    private var moduleMap: URL { buildFolder.appendingPathComponent("CKernels.build/module.modulemap") }

    /// Where the products of this build are.
    private var buildFolder: URL {
        #if canImport(Darwin)
            let product = Bundle(for: Marker.self).bundleURL
        #else
            let product = Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
        #endif
        return product.deletingLastPathComponent()
    }
}

private final class Marker {}
