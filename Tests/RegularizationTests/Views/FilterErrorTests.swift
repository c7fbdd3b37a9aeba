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

    @Test("A pattern that cannot be read: the place in it, what is wrong, and the way out")
    func invalidRegularExpression() {
        #expect(
            sentence(.matching("fully.(")) == """
                "fully.(" cannot be read as a pattern: at character 7, a group is opened and never closed; close it, \
                or write \\( for the parenthesis
                """)
        #expect(
            sentence(.matching("weight(?!s)")) == """
                "weight(?!s)" cannot be read as a pattern: at character 7, there is a negative look-ahead (?!, which \
                this subset does not have; combine filters by &&, || and ! instead, which are and, or and not in files
                """)
    }

    @Test("Control characters in a pattern are escaped")
    func controlCharacters() {
        #expect(sentence(.matching("\u{1B}[31m(")).hasPrefix(#""\u{1b}[31m(" cannot be read"#))
        #expect(sentence(.named("a\nb")).hasPrefix(#"the filter .named("a\u{a}b") selects nothing."#))
        #expect(sentence(.exactly("a\rb")).hasPrefix(#"there is no parameter "a\u{d}b"."#))
    }

    @Test("A model without parameters")
    func noParameters() {
        #expect(throws: FilterError.selectsNothing(filter: .all, nearest: [], names: [])) {
            try ParameterFilter.all.indices(in: Layout([]))
        }
    }
}
