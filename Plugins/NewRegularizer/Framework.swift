import Foundation
import PackagePlugin

/// The package that declares the protocols: the one that the command runs in, or a dependency of it.
struct Framework {
    let package: Package
    /// Whether the command runs in the framework itself.
    let isRoot: Bool

    init(for root: Package) throws {
        let candidates = [root] + root.dependencies.map(\.package)
        guard let package = candidates.first(where: { $0.targets.contains { $0.name == "Regularization" } })
        else { throw Refusal("\(root.displayName) does not depend on the package of Regularization.") }
        self.package = package
        isRoot = package.id == root.id
    }

    /// Throws if a type of that name would hide, or be hidden by, one that its source or its test mentions.
    func checkIsFree(_ name: String) throws {
        let ofTheLanguage: Set = [
            "Any", "Bool", "Codable", "Double", "Float", "Int", "Protocol", "Self", "Sendable", "String",
            "Suite",
            "Test", "Testing", "Type",
        ]
        if ofTheLanguage.contains(name) {
            throw Refusal("\(name) is a name of the language or of its libraries; choose another.")
        }
        let declaration = /^public (?:final )?(?:struct|enum|class|protocol|typealias) (\w+)/
            .anchorsMatchLineEndings()
        for target in package.targets where !target.name.hasSuffix("Plugin") {
            if target.name == name {
                throw Refusal("\(name) is a module of the framework; choose another name.")
            }
            for file in target.sourceModule?.sourceFiles(withSuffix: "swift").map(\.url) ?? [] {
                let text = try String(contentsOf: file, encoding: .utf8)
                if text.matches(of: declaration).contains(where: { $0.1 == name }) {
                    throw Refusal(
                        "\(name) is a type of the framework, in \(target.name); choose another name.")
                }
            }
        }
    }

    /// What `.product(name:package:)` calls the framework in the manifest of a package that depends on it.
    ///
    /// That is the `name` of the dependency if it has one, and else its identity, for a path the name of the folder.
    /// Plugins are told the identity alone, so a `name` has to be looked up.
    func reference(in manifest: String) -> String {
        if let match = manifest.firstMatch(of: /name: *"Regularization[^"]*", *package: *"([^"]+)"/) {
            return String(match.1)
        }
        let isNamed = manifest.contains(/\.package\(\s*name: *"swift-regularization"/)
        return isNamed ? "swift-regularization" : package.id
    }
}
