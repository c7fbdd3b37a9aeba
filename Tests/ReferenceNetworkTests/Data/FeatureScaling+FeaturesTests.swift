import ReferenceNetwork
import Testing

struct FeatureScalingFeaturesTests {
    private let samples = Samples(
        features: [1, 10, 3, 20, 2, 40], inputs: 2, targets: .classes([0, 1, 0], names: ["a", "b"]))

    @Test func featuresAreScaledAsThoseOfSamplesAre() throws {
        let scaling = try FeatureScaling.minMax(fittedTo: samples)
        #expect(try scaling.scaled(samples.features) == scaling.scaled(samples).features)
        #expect(try scaling.scaled([2, 25]) == [0.5, 0.5])
        #expect(try scaling.scaled([] as [Float]) == [])
    }

    @Test func anotherWidthIsRefused() throws {
        let scaling = try FeatureScaling.minMax(fittedTo: samples)
        let error = #expect(throws: FeatureScalingError.self) { try scaling.scaled([1, 2, 3] as [Float]) }
        #expect(error == .partialRow(fitted: 2, found: 3))
        #expect(
            error?.description == """
                3 features are no whole rows of the 2 that the scaling was fitted to. Scale samples with the same \
                columns.
                """)
    }
}
