import Regularization
import Testing

@Suite("ParameterFilter")
struct ParameterFilterTests {
    static let layout = Layout([
        ("bias", [3]), ("unbiased", [3]), ("fully.0.weight", [3, 2]), ("fully.0.bias", [3]),
        ("fully.10.weight", [2, 3]), ("head.inner.weight", [2]), ("weight", [1]), ("fully.0.weights", [1]),
    ])

    private func names(_ filter: ParameterFilter) throws -> [String] {
        try filter.indices(in: Self.layout).map { Self.layout.tensors[$0].name }
    }

    @Test("Whole components: a root bias, but nothing that only ends so")
    func components() throws {
        #expect(try names(.biases) == ["bias", "fully.0.bias"])
        #expect(try names(.weights) == ["fully.0.weight", "fully.10.weight", "head.inner.weight", "weight"])
        #expect(try names(.all).count == Self.layout.tensors.count)
    }

    @Test("Globs")
    func globs() throws {
        let expected: [(String, [String])] = [
            ("fully.*.weight", ["fully.0.weight", "fully.10.weight"]),
            ("fully.?.weight", ["fully.0.weight"]),
            ("*.weight", []),
            ("*", ["bias", "unbiased", "weight"]),
            ("*bias*", ["bias", "unbiased"]),
            ("**", Self.layout.tensors.map(\.name)),
            ("**.0.**", ["fully.0.weight", "fully.0.bias", "fully.0.weights"]),
            ("head.**.weight", ["head.inner.weight"]),
            ("head.**.inner.**.weight", ["head.inner.weight"]),
            ("fully.1*.weight", ["fully.10.weight"]),
            ("fully.*.w*t", ["fully.0.weight", "fully.10.weight"]),
            ("fully.0", []),
            ("weight.", []),
        ]
        for (pattern, matches) in expected where !matches.isEmpty {
            #expect(try names(.named(pattern)) == matches, "\(pattern)")
        }
        for (pattern, matches) in expected where matches.isEmpty {
            #expect(throws: FilterError.self, "\(pattern)") { try names(.named(pattern)) }
        }
    }

    @Test("By rank, by exact name, by regular expression of the whole name")
    func others() throws {
        #expect(try names(.rank(2)) == ["fully.0.weight", "fully.10.weight"])
        #expect(try names(.exactly("weight", "bias")) == ["bias", "weight"])
        #expect(try names(.exactly(["weight", "bias"])) == ["bias", "weight"])
        #expect(try names(.matching(#"fully\.\d+\.weight"#)) == ["fully.0.weight", "fully.10.weight"])
        #expect(try names(.matching("bias")) == ["bias"])
    }

    @Test("And, or, not, excluding")
    func logic() throws {
        #expect(try names(.weights && .rank(2)) == ["fully.0.weight", "fully.10.weight"])
        #expect(try names(.biases || .exactly("weight")) == ["bias", "fully.0.bias", "weight"])
        #expect(try names(!(.weights || .biases)) == ["unbiased", "fully.0.weights"])
        #expect(
            try names(.weights.excluding(.rank(2)))
                == ["head.inner.weight", "weight"])
        #expect(throws: FilterError.self) { try names(.weights && .biases) }
    }

    @Test("A filter is described as it is written")
    func description() {
        #expect("\(ParameterFilter.weights)" == ".weights")
        #expect(
            "\(ParameterFilter.biases.excluding(.exactly("a", "b")))" == #"(.biases && !.exactly("a", "b"))"#)
        #expect("\(ParameterFilter.named("a.*") || .rank(2))" == #"(.named("a.*") || .rank(2))"#)
        #expect("\(!ParameterFilter.matching("x") && .all)" == #"(!.matching("x") && .all)"#)
    }

    @Test("A pattern within a filter that matches no name is an error too")
    func patternsWithinFilters() {
        let layout = Layout([("fully.0.weight", [2, 3]), ("fully.0.bias", [2])])
        let misspelled = ParameterFilter.named("fuly.0.weight")
        for filter in [
            .weights.excluding(misspelled), misspelled || .weights, .all.excluding(.matching("fuly.*")),
        ] as [ParameterFilter] {
            let error = #expect(throws: FilterError.self) { try filter.indices(in: layout) }
            #expect(error?.description.contains("fully.0.weight") == true)
        }
        #expect(throws: Never.self) {
            try ParameterFilter.weights.excluding(.rank(4)).indices(in: layout)
        }
    }

    @Test("Many wildcards take no longer than one")
    func manyWildcards() throws {
        let name = String(repeating: "a", count: 200)
        let layout = Layout([(name, [1]), (String(repeating: "a.", count: 60) + "b", [1])])
        let within = ParameterFilter.named(String(repeating: "*a", count: 40) + "*")
        #expect(try within.indices(in: layout) == [0])
        let across = ParameterFilter.named(String(repeating: "**.a.", count: 30) + "b")
        #expect(try across.indices(in: layout) == [1])
        #expect(throws: FilterError.self) {
            try ParameterFilter.named(String(repeating: "*a", count: 40) + "*c").indices(in: layout)
        }
    }

    @Test("A regular expression that takes minutes where every way is tried selects in a moment")
    func nestedRepetitions() throws {
        let layout = Layout([(String(repeating: "a", count: 200), [1]), ("aax", [1])])
        #expect(try ParameterFilter.matching("((.*)*)*x").indices(in: layout) == [1])
        #expect(throws: FilterError.self) { try ParameterFilter.matching("((.*)*)*y").indices(in: layout) }
    }
}
