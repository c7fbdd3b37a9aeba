import ReferenceNetwork
import Testing

/// What is wrong with weights, in words.
struct SampleWeightErrorTests {
    private static let names = ["ash", "elm", "oak"]
    private static let trees = Samples(features: [1, 2], inputs: 1, targets: .classes([0, 2], names: names))

    @Test func anotherNumberOfWeights() {
        expect(
            try Self.trees.weighted(by: [1, 2, 3]), .count(samples: 2, weights: 3),
            "There are 2 samples, but 3 sample weights. Give one weight for each sample.")
    }

    @Test func allZero() {
        expect(
            try Self.trees.weighted(by: [0, 0]), .allZero(samples: 2),
            "All 2 samples weigh 0, so that there is no loss. Give at least one a weight above 0.")
        expect(
            try Self.trees.weighted(byClass: ["ash": 0, "oak": 0]), .allZero(samples: 2),
            "All 2 samples weigh 0, so that there is no loss. Give at least one a weight above 0.")
    }

    @Test func anUnknownClass() {
        expect(
            try Self.trees.weighted(byClass: ["oaks": 2, "elm": 1]),
            .unknownClass("oaks", classes: Self.names),
            "There is no class \"oaks\" to weight. The nearest name is \"oak\"; the classes are \"ash\", \"elm\", "
                + "\"oak\".")
        let many = (0..<20).map { "class \($0)" }
        expect(
            try Samples(features: [1], inputs: 1, targets: .classes([0], names: many)).weighted(byClass: [
                "": 2
            ]),
            .unknownClass("", classes: many),
            "There is no class \"\" to weight. The nearest name is \"class 0\"; the classes are "
                + many.prefix(12).map(\.debugDescription).joined(separator: ", ") + " and 8 more.")
        expect(
            try Samples(features: [], inputs: 1, targets: .classes([], names: [])).weighted(byClass: [
                "oak": 2
            ]),
            .unknownClass("oak", classes: []),
            "There is no class \"oak\" to weight. The samples have no classes.")
    }

    @Test func aClassWeightOutOfRange() {
        expect(
            try Self.trees.weighted(byClass: ["oak": -2, "ash": 1]), .classOutOfRange("oak", weight: -2),
            "The weight of class \"oak\" is -2.0. A weight is 0, or a number from 1.2e-38 to 3.4e38.")
    }

    @Test func noClasses() {
        let values = Samples(features: [1], inputs: 1, targets: .values([1], outputs: 1))
        let sentence =
            "Class weights need classes, but the targets are values. Give sample weights instead: weighted(by:)."
        expect(try values.weighted(byClass: ["oak": 2]), .noClasses, sentence)
        expect(try values.balancedByClass(), .noClasses, sentence)
    }

    private func expect(
        _ samples: @autoclosure () throws -> Samples, _ error: SampleWeightError, _ sentence: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(throws: error, sourceLocation: sourceLocation) { try samples() }
        #expect(error.description == sentence, sourceLocation: sourceLocation)
        #expect(error.localizedDescription == sentence, sourceLocation: sourceLocation)
    }
}
