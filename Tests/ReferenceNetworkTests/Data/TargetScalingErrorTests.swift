import ReferenceNetwork
import Testing

@Suite("What is wrong with targets to scale, in words")
struct TargetScalingErrorTests {
    private func samples(_ values: [Float], outputs: Int = 1) -> Samples {
        Samples(features: [], inputs: 0, targets: .values(values, outputs: outputs))
    }

    private func expect<Value>(
        _ value: @autoclosure () throws -> Value, _ error: TargetScalingError, _ sentence: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(throws: error, sourceLocation: sourceLocation) { try value() }
        #expect(error.description == sentence, sourceLocation: sourceLocation)
        #expect(error.localizedDescription == sentence, sourceLocation: sourceLocation)
    }

    @Test("When it is fitted")
    func fitting() {
        expect(
            try TargetScaling.standardization(fittedTo: samples([])), .noSamples,
            "There are no samples to fit a scaling to. Fit it to the training part, with at least one sample."
        )
        let classes = Samples(features: [], inputs: 0, targets: .classes([0], names: ["a"]))
        expect(
            try TargetScaling.standardization(fittedTo: classes), .noValues,
            "The targets are classes, which have no scale. Scale targets that are values.")
        expect(
            try TargetScaling.standardization(fittedTo: samples([1, 2, 3, .infinity], outputs: 2)),
            .notFinite(value: .infinity, sample: 1, target: 1),
            "Target 1 of sample 1, counted from 0, is inf. "
                + "Replace what is no finite number before scaling, or remove the sample.")
    }

    @Test("When it is applied")
    func applying() {
        let scaling = TargetScaling(offsets: [0], factors: [1e-20])
        expect(
            try scaling.scaled(samples([1, 2], outputs: 2)), .width(fitted: 1, found: 2),
            "The scaling was fitted to samples of 1 target values, but these have 2. "
                + "Scale samples with the same target columns.")
        expect(
            try scaling.scaled(samples([1, 1e20])), .tooLarge(value: 1e20, sample: 1, target: 0),
            "Target 0 of sample 1, counted from 0, is 1e+20, so far outside of the range that the scaling was "
                + "fitted to that no 32-bit number holds it. Correct it, or remove the sample.")
        #expect(throws: TargetScalingError.noValues) {
            try scaling.scaled(Samples(features: [], inputs: 0, targets: .classes([0], names: ["a"])))
        }
    }
}
