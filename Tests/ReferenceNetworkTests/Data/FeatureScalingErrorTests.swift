import ReferenceNetwork
import Testing

/// What is wrong with features to scale, in words.
struct FeatureScalingErrorTests {
    private static let none = Samples(features: [], inputs: 2, targets: .values([], outputs: 1))

    @Test func noSamples() {
        expect(
            try FeatureScaling.minMax(fittedTo: Self.none), .noSamples,
            "There are no samples to fit a scaling to. Fit it to the training part, with at least one sample."
        )
        expect(
            try FeatureScaling.standardization(fittedTo: Self.none), .noSamples,
            "There are no samples to fit a scaling to. Fit it to the training part, with at least one sample."
        )
    }

    @Test func anotherWidth() throws {
        let scaling = try FeatureScaling.minMax(fittedTo: samples([1, 2, 3]))
        expect(
            try scaling.scaled(samples([1, 2])), .width(fitted: 3, found: 2),
            "The scaling was fitted to samples of 3 features, but these have 2. Scale samples with the same columns."
        )
    }

    @Test func notFinite() {
        expect(
            try FeatureScaling.minMax(fittedTo: samples([1, .infinity], names: ["width", "height"])),
            .notFinite(value: .infinity, sample: 0, feature: 1, name: "height"),
            "Feature \"height\" of sample 0, counted from 0, is inf. "
                + "Replace what is no finite number before scaling, or remove the sample.")
    }

    @Test func tooLarge() throws {
        let training = Samples(
            features: [0, 1e-20], inputs: 1, targets: .values([0, 0], outputs: 1), featureNames: ["width"])
        let scaling = try FeatureScaling.minMax(fittedTo: training)
        expect(
            try scaling.scaled(samples([1e20], names: ["width"])),
            .tooLarge(value: 1e20, sample: 0, feature: 0, name: "width"),
            "Feature \"width\" of sample 0, counted from 0, is 1e+20, so far outside of the range that the scaling was "
                + "fitted to that no 32-bit number holds it. Correct it, or remove the feature or the sample."
        )
    }

    private func samples(_ row: [Float], names: [String] = []) -> Samples {
        Samples(features: row, inputs: row.count, targets: .values([0], outputs: 1), featureNames: names)
    }

    private func expect<Value>(
        _ value: @autoclosure () throws -> Value, _ error: FeatureScalingError, _ sentence: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(throws: error, sourceLocation: sourceLocation) { try value() }
        #expect(error.description == sentence, sourceLocation: sourceLocation)
        #expect(error.localizedDescription == sentence, sourceLocation: sourceLocation)
    }
}
