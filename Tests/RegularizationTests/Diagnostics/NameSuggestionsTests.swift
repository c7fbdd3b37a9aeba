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

    @Test("The distance between texts")
    func distance() {
        #expect(editDistance("", "") == 0)
        #expect(editDistance("abc", "") == 3)
        #expect(editDistance("kitten", "sitting") == 3)
        #expect(editDistance("weight", "wieght") == 2)
    }
}
