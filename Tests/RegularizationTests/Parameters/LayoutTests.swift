import Regularization
import Testing

@Suite("Layout")
struct LayoutTests {
    @Test("Tensors lie one after the other, empty ones too")
    func ranges() {
        let layout = Layout([("a.weight", [2, 3]), ("none", [0, 3]), ("b", [])])
        #expect(layout.tensors.map(\.range) == [0..<6, 6..<6, 6..<7])
        #expect(layout.tensors.map(\.name) == ["a.weight", "none", "b"])
        #expect(layout.count == 7)
        #expect(layout.index(of: "b") == 2)
        #expect(layout.index(of: "weight") == nil)
    }

    @Test("Names that look the same and have other scalars are two parameters")
    func scalars() throws {
        let layout = Layout([("\u{E9}", [1]), ("e\u{301}", [2])])
        #expect(layout.index(of: "\u{E9}") == 0)
        #expect(layout.index(of: "e\u{301}") == 1)
        var parameters = Parameters(zeros: layout)
        parameters["e\u{301}"] = [1, 2]
        #expect(parameters["\u{E9}"] == [0] && parameters["e\u{301}"] == [1, 2])
        #expect(try ParameterFilter.exactly("\u{E9}").indices(in: layout) == [0])
        #expect(try ParameterFilter.exactly("e\u{301}").indices(in: layout) == [1])
    }

    @Test("A name that occurs twice or is empty traps")
    func names() async {
        await #expect(processExitsWith: .failure) { _ = Layout([("a", [1]), ("a", [2])]) }
        await #expect(processExitsWith: .failure) { _ = Layout([("", [1])]) }
    }
}
