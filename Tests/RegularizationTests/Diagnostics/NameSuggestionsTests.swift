import Testing

@testable import Regularization

@Suite("Suggestions of names")
struct NameSuggestionsTests {
    @Test("An unknown name is answered by those near it and all that there are")
    func unknown() {
        #expect(
            ["rows", "columns"].sentence(onUnknown: "row")
                == #"There is no "row" here. Did you mean rows? The names here are rows, columns."#)
        #expect([].sentence(onUnknown: "a") == #"There is no "a" here, nor anything else."#)
    }

    @Test("The nearest names, two at most, and none for a text that is far longer than every name")
    func nearest() {
        let names = ["rows", "columns", "blocks", "row", "rose"]
        #expect(names.nearest(to: "rows") == ["rows", "row"])
        #expect(names.nearest(to: "colums") == ["columns"])
        #expect(names.nearest(to: "blocksss") == ["blocks"])
        #expect(names.nearest(to: "blockssss") == [])
        // Every distance to every name would be 10¹¹ steps.
        let many = Array(repeating: "fully.0.weight", count: 1000)
        #expect(many.nearest(to: String(repeating: "fully", count: 1_000_000)) == [])
    }

    @Test("The distance between texts")
    func distance() {
        #expect(editDistance("", "") == 0)
        #expect(editDistance("abc", "") == 3)
        #expect(editDistance("kitten", "sitting") == 3)
        #expect(editDistance("weight", "wieght") == 2)
    }
}
