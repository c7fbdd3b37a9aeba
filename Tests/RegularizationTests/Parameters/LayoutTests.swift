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

    @Test("A name that occurs twice or is empty traps")
    func names() async {
        await #expect(processExitsWith: .failure) { _ = Layout([("a", [1]), ("a", [2])]) }
        await #expect(processExitsWith: .failure) { _ = Layout([("", [1])]) }
    }
}
