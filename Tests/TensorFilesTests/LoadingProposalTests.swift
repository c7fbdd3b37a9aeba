import Regularization
import TensorFiles
import Testing

@Suite("Rules of renaming are proposed if they make more tensors fit")
struct LoadingProposalTests {
    private typealias Tensors = [(name: String, shape: [Int])]

    private static let layers: [(name: String, shape: [Int])] = [
        ("fully.0.weight", [3, 4]), ("fully.0.bias", [3]), ("fully.1.weight", [3, 3]), ("fully.1.bias", [3]),
        ("fully.2.weight", [2, 3]), ("fully.2.bias", [2]),
    ]

    /// The tensors under other names, and with other shapes.
    private func layers(
        _ rename: (String) -> String, shape: ([Int]) -> [Int] = { $0 }
    ) -> Tensors {
        Self.layers.map { (rename($0.name), shape($0.shape)) }
    }

    /// What is proposed for the tensors of a file; nil if they fit.
    private func mismatch(
        _ wanted: Tensors = layers, from given: Tensors, renaming rules: [TensorRenaming] = []
    ) throws -> LoadingMismatch? {
        try withFile(contents(given)) { file in
            var parameters = Parameters(zeros: Layout(wanted.map { ($0.name, Shape($0.shape)) }))
            do throws(LoadingError) {
                try parameters.load(file, renaming: rules)
                return nil
            } catch {
                guard case .mismatch(let mismatch) = error else { throw error }
                return mismatch
            }
        }
    }

    /// Expects a proposal with which all tensors fit.
    private func expect(
        _ proposal: [TensorRenaming], _ wanted: Tensors = layers, from given: Tensors,
        renaming rules: [TensorRenaming] = []
    ) throws {
        let mismatch = try #require(try mismatch(wanted, from: given, renaming: rules))
        #expect(mismatch.proposal == proposal)
        let code = proposal.map(\.description).joined(separator: ", ")
        #expect(mismatch.description.contains(" All of them fit with renaming: [\(code)]."))
        #expect(try self.mismatch(wanted, from: given, renaming: proposal) == nil)
    }

    @Test("A prefix in the file", arguments: ["module.", "_orig_mod.", "model.net.", "a/b/"])
    func prefixToRemove(prefix: String) throws {
        try expect([.prefix(prefix, to: "")], from: layers { prefix + $0 })
        // The rules that were given stay before it.
        try expect(
            [.omitting("*.mean"), .prefix(prefix, to: "")], from: layers { prefix + $0 } + [("a.mean", [1])],
            renaming: [.omitting("*.mean")])
    }

    @Test("A prefix in the model")
    func prefixToAdd() throws {
        try expect([.prefix("", to: "net.")], layers { "net.\($0)" }, from: Self.layers)
    }

    @Test("Layers that are numbered otherwise, in the order of their numbers")
    func numbers() throws {
        let numbers = ["0": "8", "1": "9", "2": "11"]
        try expect(
            [
                .prefix("net.8.", to: "fully.0."), .prefix("net.9.", to: "fully.1."),
                .prefix("net.11.", to: "fully.2."),
            ],
            from: layers { name in
                let parts = name.split(separator: ".").map(String.init)
                return "net.\(numbers[parts[1]] ?? "").\(parts[2])"
            })
        // A linear model has one layer, whatever it is called.
        try expect(
            [.prefix("linear.", to: "fully.0.")], Array(Self.layers[..<2]),
            from: [("linear.weight", [3, 4]), ("linear.bias", [3])])
    }

    @Test("A layer with a number of the model by chance takes its place in the order too")
    func numbersInCommon() throws {
        // The second and the third layer would fit the other way round as well.
        let wanted = (0..<4).flatMap {
            [("fully.\($0).weight", [$0 < 3 ? 3 : 2, 3]), ("fully.\($0).bias", [3])]
        }
        func given(_ number: (Int) -> String) -> Tensors {
            (0..<4).flatMap {
                [("\(number($0)).weight", [$0 < 3 ? 3 : 2, 3]), ("\(number($0)).bias", [3])]
            }
        }
        let renumbered: [TensorRenaming] = [
            .prefix("fully.2.", to: "fully.1."), .prefix("fully.4.", to: "fully.2."),
            .prefix("fully.6.", to: "fully.3."),
        ]
        try expect(renumbered, wanted, from: given { "fully.\(2 * $0)" })
        // As a Sequential names its layers if it is all there is.
        try expect([.prefix("", to: "fully.")] + renumbered, wanted, from: given { "\(2 * $0)" })
        try expect(
            (0..<4).map { .prefix("fully.\($0 + 1).", to: "fully.\($0).") }, wanted,
            from: given { "fully.\($0 + 1)" })
    }

    @Test("Matrices that are transposed, square ones too")
    func transposed() throws {
        try expect(
            [.pattern("*.weight", to: "*.weight", transposed: true)],
            from: layers({ $0 }, shape: { $0.reversed() }))
        try expect(
            [.pattern("w", to: "w", transposed: true)], [("w", [2, 3])], from: [("w", [3, 2])])
        try expect(
            [.prefix("module.", to: ""), .pattern("*.weight", to: "*.weight", transposed: true)],
            from: layers({ "module.\($0)" }, shape: { $0.reversed() }))
    }

    @Test("A prefix of most of the tensors leaves the others to be settled")
    func most() throws {
        let mismatch = try #require(
            try mismatch(from: layers { $0.hasPrefix("fully.2") ? "head.\($0)" : "module.\($0)" }))
        #expect(mismatch.proposal == [.prefix("module.", to: ""), .prefix("head.fully.2.", to: "fully.2.")])
        let unexpected = try #require(try self.mismatch(from: layers { "module.\($0)" } + [("other", [1])]))
        #expect(unexpected.proposal == [.prefix("module.", to: "")])
        #expect(unexpected.description.contains(" All but 1 fit with renaming: ["))
    }

    @Test("Nothing is proposed where an order or a shape would be a guess")
    func nothing() throws {
        let given: [Tensors] = [
            // No numbers, and so no order.
            layers {
                $0.replacing("fully.0", with: "a").replacing("fully.1", with: "b")
                    .replacing("fully.2", with: "c")
            },
            // Other shapes in the order of the numbers.
            layers { $0.replacing("fully.0", with: "net.5").replacing("fully", with: "net") },
            // A layer more, and other tensors in a layer.
            layers { $0.replacing("fully.", with: "net.1") } + [("net.20.weight", [1])],
            layers { $0.replacing("fully.", with: "net.").replacing("weight", with: "kernel") },
            // No prefix that ends with a dot or a slash.
            layers { "my\($0)".replacing("bias", with: "offset") },
            // Shapes that are not transposed ones.
            layers({ $0 }, shape: { $0 + [1] }),
            // A prefix too long for a sentence.
            layers { String(repeating: "m", count: 200) + ".\($0)" },
        ]
        for given in given {
            let mismatch = try #require(try mismatch(from: given))
            #expect(mismatch.proposal == [])
            #expect(mismatch.description.contains(" Name them, or leave them out, by renaming:, "))
        }
        // More rules than a message has room for.
        let many = (0..<25).map { (name: "fully.\($0).weight", shape: [2, 2]) }
        let renumbered = (0..<25).map { (name: "net.\(3 * $0).weight", shape: [2, 2]) }
        #expect(try mismatch(many, from: renumbered)?.proposal == [])
        #expect(try mismatch(Array(many[..<20]), from: Array(renumbered[..<20]))?.proposal.count == 20)
        // A prefix for every name would be one too many for those that fit.
        let wanted: Tensors = [("net.a", [1]), ("net.b", [1]), ("net.c", [1])]
        let partly = try mismatch(wanted, from: [("net.a", [1]), ("net.b", [1]), ("c", [1])])
        #expect(partly?.proposal == [])
    }
}
