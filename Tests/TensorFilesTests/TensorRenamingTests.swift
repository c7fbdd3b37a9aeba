import Testing

@testable import TensorFiles

@Suite("Rules of renaming")
struct TensorRenamingTests {
    @Test(
        "What a rule makes of a name",
        arguments: [
            (.prefix("module.", to: ""), "module.a", "a"), (.prefix("", to: "b."), "a", "b.a"),
            (.prefix("a", to: "*"), "ab", "*b"), (.prefix("a.", to: "b."), "b.a.", nil),
            (.prefix("e", to: ""), "e\u{301}", "\u{301}"), (.prefix("\u{E9}", to: ""), "e\u{301}", nil),
            (.pattern("*/kernel", to: "*.weight"), "a/b/kernel", "a/b.weight"),
            (.pattern("*.*.gamma", to: "*/*/g"), "a.b.c.gamma", "a/b.c/g"),
            (.pattern("a", to: "b"), "a", "b"), (.pattern("a", to: "b"), "aa", nil),
        ] as [(TensorRenaming, String, String?)])
    func renames(rule: TensorRenaming, name: String, expected: String?) throws {
        let outcome = try rule.function()(name)
        guard let expected else {
            #expect(outcome == .unmatched)
            return
        }
        guard case .renamed(let renamed, false) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(renamed.utf8.elementsEqual(expected.utf8))
    }

    @Test("A rule transposes, or leaves out")
    func others() throws {
        let transposing = try TensorRenaming.pattern("*", to: "*", transposed: true).function()
        #expect(transposing("a") == .renamed("a", transposed: true))
        let omitting = try TensorRenaming.omitting("optimizer.*").function()
        #expect(omitting("optimizer.mean.a") == .omitted)
        #expect(omitting("optimizer") == .unmatched)
    }

    @Test("Pattern and target have the same number of stars")
    func stars() {
        for rule in [
            TensorRenaming.pattern("*", to: "*.*"), .pattern("a", to: "*"), .pattern("*.*", to: "*"),
        ] {
            #expect(throws: TensorRenaming.RuleMistake.self) { try rule.function() }
        }
    }

    @Test("A rule is shown as it is written in code")
    func description() {
        #expect("\(TensorRenaming.prefix("a\"\\", to: "\u{1B}"))" == #".prefix("a\"\\", to: "\u{1b}")"#)
        #expect("\(TensorRenaming.pattern("a*", to: "*"))" == #".pattern("a*", to: "*")"#)
        #expect(
            "\(TensorRenaming.pattern("a", to: "b", transposed: true))"
                == #".pattern("a", to: "b", transposed: true)"#)
        #expect("\(TensorRenaming.omitting("a.*"))" == #".omitting("a.*")"#)
    }
}
