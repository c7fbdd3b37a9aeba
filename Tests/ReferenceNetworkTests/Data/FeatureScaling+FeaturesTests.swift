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

    @Test func anotherWidthTraps() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let samples = Samples(features: [1, 2], inputs: 2, targets: .values([0], outputs: 1))
            _ = try FeatureScaling.minMax(fittedTo: samples).scaled([1, 2, 3])
        }
        let output = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(output.contains("3 features do not divide into rows of 2."))
    }
}
