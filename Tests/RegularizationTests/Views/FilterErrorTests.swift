import Testing

@testable import Regularization

@Suite("FilterError")
struct FilterErrorTests {
    private let layout = Layout([("fully.0.weight", [2, 2]), ("fully.0.bias", [2]), ("head.weight", [2])])

    private func sentence(_ filter: ParameterFilter) -> String {
        do {
            return "selects \(try filter.indices(in: layout))"
        } catch {
            return "\(error)"
        }
    }

    @Test("A filter that selects nothing: the nearest names and all there are")
    func selectsNothing() {
        #expect(
            sentence(.named("fuly.0.weight")) == """
                the filter .named("fuly.0.weight") selects nothing. Did you mean fully.0.weight? \
                The parameters are fully.0.weight, fully.0.bias, head.weight
                """)
        #expect(
            sentence(.rank(7)) == """
                the filter .rank(7) selects nothing. The parameters are fully.0.weight, fully.0.bias, head.weight
                """)
    }

    @Test("An exact name that there is not")
    func noSuchName() {
        #expect(
            sentence(.exactly("fully.0.bias", "fully.0.bais")) == """
                there is no parameter "fully.0.bais". Did you mean fully.0.bias? \
                The parameters are fully.0.weight, fully.0.bias, head.weight
                """)
        #expect(!sentence(.exactly("embedding")).contains("Did you mean"))
    }

    @Test("A pattern that is no regular expression")
    func invalidRegularExpression() {
        #expect(sentence(.matching("fully.(")).hasPrefix("\"fully.(\" is no regular expression: "))
    }

    @Test("A model without parameters")
    func noParameters() {
        #expect(throws: FilterError.selectsNothing(filter: .all, nearest: [], names: [])) {
            try ParameterFilter.all.indices(in: Layout([]))
        }
    }
}
