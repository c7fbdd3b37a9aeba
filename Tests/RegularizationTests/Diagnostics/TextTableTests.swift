import Regularization
import Testing

@Suite("TextTable")
struct TextTableTests {
    @Test("Columns are as wide as their widest cell, and lines end without spaces")
    func table() {
        var table = TextTable(["name", "n", "note"], rightAligned: [1])
        table.append(["a", "100", "ω"])
        table.append(["longer", "7", ""])
        #expect(
            table.description == """
                name      n  note
                ──────  ───  ────
                a       100  ω
                longer    7
                """)
    }
}
