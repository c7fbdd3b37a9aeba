import ReferenceNetwork
import Testing

@Suite("Target values are scaled for the training, and predictions brought back to their unit")
struct TargetScalingTests {
    private func samples(_ values: [Float], outputs: Int = 1) -> Samples {
        Samples(
            features: Array(repeating: 1, count: values.count / outputs), inputs: 1,
            targets: .values(values, outputs: outputs), featureNames: ["x"])
    }

    @Test("Mean 0 and deviation 1, for each output")
    func standardization() throws {
        let training = samples([2, 70, 4, 70, 4, 70, 4, 70, 5, 70, 5, 70, 7, 70, 9, 70], outputs: 2)
        let scaling = try TargetScaling.standardization(fittedTo: training)
        #expect(scaling == TargetScaling(offsets: [5, 70], factors: [2, 0]))
        let expected: [Float] = [-1.5, 0, -0.5, 0, -0.5, 0, -0.5, 0, 0, 0, 0, 0, 1, 0, 2, 0]
        #expect(try scaling.scaled(training) == samples(expected, outputs: 2))
        #expect(scaling.unscaled(expected) == [2, 70, 4, 70, 4, 70, 4, 70, 5, 70, 5, 70, 7, 70, 9, 70])
        #expect(scaling.unscaled([3, 3]) == [11, 70])
    }

    @Test("Targets come back to the last bits", arguments: [0, 1e6, -1e30] as [Float])
    func inverse(_ offset: Float) throws {
        let values = (0..<50).map { offset + Float($0 * $0) / 7 }
        let scaling = try TargetScaling.standardization(fittedTo: samples(values))
        guard case .values(let scaled, _) = try scaling.scaled(samples(values)).targets else { return }
        for (value, back) in zip(values, scaling.unscaled(scaled)) {
            #expect(abs(value - back) <= 4 * max(value.ulp, Float(scaling.factors[0]).ulp))
        }
    }

    @Test("A constant comes back as it is")
    func constants() throws {
        let training = samples(Array(repeating: 0.1, count: 1000))
        let scaling = try TargetScaling.standardization(fittedTo: training)
        #expect(scaling.factors == [0])
        #expect(try scaling.scaled(samples([0.1, 5])).targets == .values([0, 0], outputs: 1))
        #expect(scaling.unscaled([0, 12]) == [0.1, 0.1])
        // A deviation that no normal Float holds.
        #expect(try TargetScaling.standardization(fittedTo: samples([0, 1e-39])).factors == [0])
    }

    @Test("Weights are kept")
    func weights() throws {
        let weighted = try samples([1, 3]).weighted(by: [1, 2])
        let scaled = try TargetScaling.standardization(fittedTo: weighted).scaled(weighted)
        #expect(scaled.sampleWeights == [1, 2])
        #expect(scaled.targets == .values([-1, 1], outputs: 1))
    }

    @Test("Offsets and factors that are no scaling trap")
    func traps() async {
        await #expect(processExitsWith: .failure) { _ = TargetScaling(offsets: [1], factors: []) }
        await #expect(processExitsWith: .failure) { _ = TargetScaling(offsets: [.nan], factors: [1]) }
        await #expect(processExitsWith: .failure) { _ = FeatureScaling(offsets: [1], factors: [1, 2]) }
        await #expect(processExitsWith: .failure) {
            _ = FeatureScaling(offsets: [1], factors: [.infinity])
        }
        await #expect(processExitsWith: .failure) {
            _ = TargetScaling(offsets: [1, 2], factors: [1, 2]).unscaled([1, 2, 3])
        }
    }

    @Test("A scaling that was fitted elsewhere")
    func fittedElsewhere() throws {
        let scaling = FeatureScaling(offsets: [2], factors: [-0.5])
        #expect(try scaling.scaled([4, 2]) == [-1, 0])
    }
}
