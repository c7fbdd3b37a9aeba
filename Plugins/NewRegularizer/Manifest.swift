import Foundation
import PackagePlugin

/// What the text of a manifest says that plugins are not told.
///
/// The package manager leaves out a target without a source file, with a warning, so that to a plugin it does not
/// exist.
struct Manifest {
    /// A target as it is declared.
    struct Target {
        let name: String
        /// Where its files belong, from the folder of the package on.
        let folder: String
        let isTest: Bool
    }

    let text: String

    init(of package: Package) throws {
        let file = package.directoryURL.appending(path: "Package.swift")
        text = try String(contentsOf: file, encoding: .utf8)
            .replacing(/(?m)^\s*\/\/.*$/, with: "")
    }

    /// The targets that are declared but are not in the package, for want of a file.
    func emptyTargets(of package: Package) -> [Target] {
        declaredTargets.filter { declared in !package.targets.contains { $0.name == declared.name } }
    }

    /// The targets with a literal name.
    private var declaredTargets: [Target] {
        let declaration = /\.(target|executableTarget|testTarget)\(\s*name:\s*"([^"]+)"/
        return text.matches(of: declaration).map { match in
            let isTest = match.1 == "testTarget"
            let path = arguments(from: match.range.upperBound).firstMatch(of: /\spath:\s*"([^"]+)"/)
            let folder = path.map { String($0.1) } ?? "\(isTest ? "Tests" : "Sources")/\(match.2)"
            return Target(name: String(match.2), folder: folder, isTest: isTest)
        }
    }

    /// The text up to the parenthesis that closes the one before it.
    private func arguments(from start: String.Index) -> Substring {
        var depth = 1
        let end = text[start...].firstIndex { character in
            depth += character == "(" ? 1 : character == ")" ? -1 : 0
            return depth == 0
        }
        return text[start..<(end ?? text.endIndex)]
    }
}

extension Manifest.Target {
    /// What to do, as a sentence.
    var advice: String {
        """
        \(name) is declared in Package.swift but has no source file, and the package manager leaves it out; put a file \
        in it, which may be empty and go later: \(folder)/Empty.swift.
        """
    }
}
