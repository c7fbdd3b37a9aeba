import Regularization
import Testing

@testable import TensorFiles

@Suite("Rules of renaming are applied one after the other, and what is wrong with one is an error")
struct RenamedTensorTests {
    private let file = contents([
        ("module.a.weight", [2, 3]), ("module.b.weight", [3, 4]), ("module.b.bias", [2]), ("scale", []),
    ])

    private func names(_ rules: [TensorRenaming]) throws -> [String] {
        try withFile(file) { file in
            let (kept, leftOut) = try file.renamed(file.tensors, by: rules)
            return kept.map { "\($0)" } + leftOut.map { "without \($0)" }
        }
    }

    /// The sentence of the error, without the path.
    private func error(_ rules: [TensorRenaming]) throws -> String {
        try withFile(file) { file in
            let error = try #require(throws: LoadingError.self) { try file.renamed(file.tensors, by: rules) }
            return "\(error)".replacing("\(file.path): ", with: "")
        }
    }

    @Test("Each rule sees the names that those before it left")
    func order() throws {
        let rules: [TensorRenaming] = [
            .omitting("scale"), .prefix("module.", to: ""), .pattern("a.*", to: "c.*"),
            .pattern("*.weight", to: "*.kernel", transposed: true),
        ]
        #expect(
            try names(rules) == [
                #""module.a.weight" as "c.kernel", transposed"#, #""module.b.bias" as "b.bias""#,
                #""module.b.weight" as "b.kernel", transposed"#, "without scale",
            ])
        // What is left out is not seen, and what is transposed twice is as it was.
        #expect(try error([.omitting("scale"), .omitting("scale")]).contains("It matches no tensor."))
        let twice = TensorRenaming.pattern("*.a.weight", to: "*.a.weight", transposed: true)
        #expect(try names([twice, twice])[0] == #""module.a.weight""#)
    }

    @Test("A transposed tensor has the shape in which it is read")
    func shape() throws {
        try withFile(file) { file in
            let rule = TensorRenaming.pattern("*weight", to: "*weight", transposed: true)
            let kept = try file.renamed(file.tensors, by: [rule]).kept
            #expect(kept.map(\.shape) == [[3, 2], [2], [4, 3], []])
            #expect(kept[0].tensor.shape == [2, 3])
            #expect(kept.map(\.isTransposed) == [true, false, true, false])
        }
    }

    @Test("A rule that matches nothing names itself and what may have been meant")
    func unmatched() throws {
        #expect(
            try error([.prefix("modul.", to: "")]) == """
                The rule .prefix("modul.", to: "") cannot be applied. It matches no tensor. Did you mean "module."? \
                The names here are "module.a.weight", "module.b.bias", "module.b.weight", "scale".
                """)
        #expect(try error([.omitting("scales")]).contains(#"Did you mean "scale"?"#))
        #expect(try error([.prefix("a.", to: "")]).contains("tensor. The names"))
    }

    @Test("What is no matrix cannot be transposed")
    func transposed() throws {
        #expect(
            try error([.prefix("module.", to: ""), .pattern("b.*", to: "*", transposed: true)]) == """
                The rule .pattern("b.*", to: "*", transposed: true) cannot be applied. "module.b.bias" as "b.bias" \
                has the shape [2]; only a matrix can be transposed.
                """)
    }

    @Test("Code can tell the errors apart")
    func cases() throws {
        try withFile(file) { file in
            let rule = TensorRenaming.omitting("none")
            let unmatched = try #require(throws: LoadingError.self) {
                try file.renamed(file.tensors, by: [rule])
            }
            guard case .renaming(rule, in: file.path, _) = unmatched else { throw unmatched }
            let sameName = try #require(throws: LoadingError.self) {
                try file.renamed(file.tensors, by: [.prefix("module.a.weight", to: "scale")])
            }
            let names = ["module.a.weight", "scale"]
            guard case .sameName("scale", of: names, in: file.path) = sameName else { throw sameName }
        }
    }

    @Test("Stars that are not as many in pattern and target")
    func stars() throws {
        #expect(
            try error([.pattern("*.a.*", to: "*")]).hasSuffix(
                "The stars of its pattern are 2, those of its target 1; give both the same number."))
    }

    @Test("Two tensors that get one name are both named")
    func sameName() throws {
        #expect(
            try error([.prefix("module.a.", to: ""), .prefix("module.b.", to: "")]) == """
                The rules of renaming give "module.a.weight", "module.b.weight" one name, "weight". Leave one of them \
                out by .omitting, or rename it.
                """)
        // These look the same, and are two names.
        let accents = contents([("\u{E9}", [1]), ("e\u{301}", [1])])
        let kept = try withFile(accents) { try $0.renamed($0.tensors, by: []).kept }
        #expect(kept.count == 2)
    }
}
