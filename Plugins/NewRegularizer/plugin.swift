import Foundation
import PackagePlugin

/// `swift package new-regularizer <Name>`: a regularizer that compiles and obeys the laws, to edit into one's own.
@main
struct NewRegularizer: CommandPlugin {
    func performCommand(context: PluginContext, arguments: [String]) throws {
        guard let request = try Request(arguments) else { return print(Request.usage) }
        let framework = try Framework(for: context.package)
        try framework.checkIsFree(request.name)
        let destination =
            if let target = request.target {
                try Destination(in: target, of: context.package, framework)
            } else {
                try Destination(for: request.name, in: context.package, framework)
            }
        try write(request, to: destination, in: context.package.directoryURL)
        print(destination.manifestLines, terminator: "")
        print(nextSteps(for: request, destination))
    }

    /// Writes the regularizer and its test, or neither if one of them exists.
    private func write(_ request: Request, to destination: Destination, in package: URL) throws {
        let (name, kind, module) = (request.name, request.kind, destination.module)
        let files = [
            (destination.sources.appending(path: "\(name).swift"), kind.source(name)),
            (destination.tests.appending(path: "\(name)Tests.swift"), kind.test(name, in: module)),
        ]
        for (file, _) in files where FileManager.default.fileExists(atPath: file.path) {
            throw Refusal("\(file.path) exists; nothing was written. Choose another name, or remove it.")
        }
        for (file, text) in files {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file, options: .withoutOverwriting)
            print("Wrote \(file.path.trimmingPrefix(package.path + "/"))")
        }
    }

    private func nextSteps(for request: Request, _ destination: Destination) -> String {
        """

        Then
        - put your formula into \(request.name).swift, in code and documentation;
        - run its laws: swift test --filter \(request.name)Tests
        - use it, with import \(destination.module), in a penalty of either stage:
            .lossTerm(\(request.name)(), strength: 1e-3)
            .proximalStep(\(request.name)(), strength: 1e-3\(request.kind.proximalArguments))
        """
    }
}

/// Why nothing was written, as a sentence that says what to do.
struct Refusal: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
