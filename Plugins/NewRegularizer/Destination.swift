import Foundation
import PackagePlugin

/// Where a regularizer and its test go, and what the manifest has to say of them.
struct Destination {
    let module: String
    let sources: URL
    let tests: URL
    /// What to paste into the manifest, with an introduction; empty for targets that exist.
    ///
    /// What is to be pasted, and nothing else that the command prints, is indented by eight spaces.
    let manifestLines: String

    /// Two new targets, for one regularizer.
    init(for name: String, in root: Package, _ framework: Framework) throws {
        module = "\(name)Plugin"
        let folder = framework.isRoot ? "Plugins" : "Sources"
        sources = root.directoryURL.appending(path: "\(folder)/\(module)")
        tests = root.directoryURL.appending(path: "Tests/\(module)Tests")
        if framework.isRoot {
            manifestLines = """

                Paste into the products of Package.swift:

                        .library(name: "\(module)", targets: ["\(module)"]),

                and into its targets:

                        .target(
                            name: "\(module)",
                            dependencies: ["Regularization"],
                            path: "Plugins/\(module)",
                            packageAccess: false),
                        .testTarget(
                            name: "\(module)Tests",
                            dependencies: ["Regularization", "\(module)", "RegularizationLaws"]),

                """
        } else {
            let reference = framework.reference(in: try Manifest(of: root).text)
            manifestLines = """

                Paste into the targets of Package.swift:

                        .target(
                            name: "\(module)",
                            dependencies: [.product(name: "Regularization", package: "\(reference)")]),
                        .testTarget(
                            name: "\(module)Tests",
                            dependencies: [
                                "\(module)",
                                .product(name: "Regularization", package: "\(reference)"),
                                .product(name: "RegularizationLaws", package: "\(reference)"),
                            ]),

                """
        }
    }

    /// A target that exists, and the test target that has it and the laws among its dependencies.
    init(in name: String, of root: Package, _ framework: Framework) throws {
        let empty = try Manifest(of: root).emptyTargets(of: root)
        guard let target = root.targets.first(where: { $0.name == name }) else {
            if let declared = empty.first(where: { $0.name == name }) { throw Refusal(declared.advice) }
            let names = root.targets.map(\.name).joined(separator: ", ")
            throw Refusal(
                "\(root.displayName) has no target \"\(name)\"; it has \(names.isEmpty ? "none" : names).")
        }
        guard target.depends(on: "Regularization") else {
            throw Refusal("\(name) does not depend on Regularization; add that to its dependencies.")
        }
        let test = root.targets.first {
            $0.sourceModule?.kind == .test && $0.depends(on: name) && $0.depends(on: "RegularizationLaws")
        }
        guard let test else {
            let sentences =
                ["No test target depends on both \(name) and RegularizationLaws; add one to Package.swift."]
                + empty.filter(\.isTest).map(\.advice)
            throw Refusal(sentences.joined(separator: " "))
        }
        module = name
        sources = target.directoryURL
        tests = test.directoryURL
        manifestLines = ""
    }
}

extension Target {
    /// Whether a target or a product of that name is among the dependencies.
    fileprivate func depends(on name: String) -> Bool {
        dependencies.contains { dependency in
            switch dependency {
            case .target(let target): target.name == name
            case .product(let product): product.name == name
            @unknown default: false
            }
        }
    }
}
