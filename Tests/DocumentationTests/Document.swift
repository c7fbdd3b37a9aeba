import Foundation

/// A Markdown document of the project and the Swift code in it.
struct Document {
    /// A fenced block of Swift, with the comment before it that says where its text comes from.
    struct Snippet {
        let line: Int
        let origin: String?
        let code: String
    }

    let path: String
    let snippets: [Snippet]

    /// The READMEs of the project and of the plug-ins, and every article.
    static func all() throws -> [Document] {
        let articles = try FileManager.default.subpathsOfDirectory(atPath: file("Documentation").path)
            .filter { $0.hasSuffix(".md") }.map { "Documentation/" + $0 }
        return try (["README.md", "Plugins/README.md"] + articles.sorted()).map(Document.init)
    }

    init(_ path: String) throws {
        self.path = path
        var snippets: [Snippet] = []
        var origin: String?
        var open: (line: Int, code: [Substring])?
        let lines = try String(contentsOf: Self.file(path), encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() {
            if let block = open {
                if line == "```" {
                    let code = block.code.joined(separator: "\n")
                    snippets.append(Snippet(line: block.line, origin: origin, code: code))
                    (open, origin) = (nil, nil)
                } else {
                    open = (block.line, block.code + [line])
                }
            } else if line == "```swift" {
                open = (number + 1, [])
            } else if let comment = line.wholeMatch(of: /<!-- (.+) -->/) {
                origin = String(comment.1)
            }
        }
        self.snippets = snippets
    }

    /// A file of the project.
    static func file(_ path: String) -> URL {
        URL(fileURLWithPath: #filePath).appendingPathComponent("../../../\(path)").standardized
    }

    /// The text of a source file, or of its region between `// snippet: name` and `// end snippet`, without
    /// the indentation that its lines share.
    static func source(_ origin: Substring) throws -> String? {
        let parts = origin.split(separator: "#", maxSplits: 1)
        let text = try String(contentsOf: file(String(parts[0])), encoding: .utf8)
        guard parts.count == 2 else { return text.trimmingCharacters(in: .newlines) }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let marks = lines.map { $0.trimmingCharacters(in: .whitespaces) }
        guard let start = marks.firstIndex(of: "// snippet: \(parts[1])"),
            let end = marks[start...].firstIndex(of: "// end snippet")
        else { return nil }
        let region = lines[(start + 1)..<end]
        let indentation = region.filter { !$0.isEmpty }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
        return region.map { String($0.dropFirst(indentation)) }.joined(separator: "\n")
    }
}
