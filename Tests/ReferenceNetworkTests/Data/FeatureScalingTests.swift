import Testing

import ReferenceNetwork

@Suite struct FeatureScalingTests {
    @Test func minMaxSpansZeroToOne() {
        let training = samples([[-2, 10, 7], [6, 20, 7], [0, 14, 7]])
        let scaling = FeatureScaling.minMax(fittedTo: training)
        #expect(scaling.scaled(training) == samples([[0, 0, 0], [1, 1, 0], [0.25, 0.4, 0]]))
    }

    /// The largest value becomes 1 to the last bit, which (x − min) · (1 / (max − min)) in Float misses.
    @Test func theEndsAreExact() {
        for range in 1...2000 {
            let training = samples([[0.1], [0.1 + Float(range) / 7]])
            #expect(
                FeatureScaling.minMax(fittedTo: training).scaled(training).features == [0, 1],
                "range \(range)")
        }
    }

    @Test func standardizationHasMeanZeroAndDeviationOne() {
        let training = samples([2, 4, 4, 4, 5, 5, 7, 9].map { [$0, -3] })
        let scaling = FeatureScaling.standardization(fittedTo: training)
        #expect(scaling.offsets == [5, -3])
        #expect(scaling.factors == [0.5, 0])
        let expected: [Float] = [-1.5, -0.5, -0.5, -0.5, 0, 0, 1, 2]
        #expect(scaling.scaled(training) == samples(expected.map { [$0, 0] }))
    }

    @Test func unseenValuesAreNotClipped() {
        let training = samples([[0, 5], [4, 5]])
        let unseen = samples([[8, 6], [-4, -100]])
        #expect(FeatureScaling.minMax(fittedTo: training).scaled(unseen).features == [2, 0, -1, 0])
        #expect(FeatureScaling.standardization(fittedTo: training).scaled(unseen).features == [3, 0, -3, 0])
    }

    /// In Float, the sum loses the last digits, and so does Σx² − (Σx)²/n.
    @Test func aLargeMeanTakesNoDigits() {
        let training = samples((0..<4096).map { [16_777_200 + Float($0 % 2)] })
        let scaling = FeatureScaling.standardization(fittedTo: training)
        #expect(scaling.offsets == [16_777_200.5])
        #expect(scaling.factors == [2])
        #expect(scaling.scaled(training).features.prefix(2) == [-1, 1])
    }

    @Test func aConstantThatIsNoBinaryFractionIsConstant() {
        let training = samples(Array(repeating: [0.1], count: 1000))
        #expect(FeatureScaling.standardization(fittedTo: training).factors == [0])
        #expect(FeatureScaling.minMax(fittedTo: training).factors == [0])
    }

    @Test func extremeRangesDoNotOverflow() {
        let greatest = Float.greatestFiniteMagnitude
        let training = samples([[-greatest, 0], [greatest, .leastNonzeroMagnitude], [0, 0]])
        #expect(FeatureScaling.minMax(fittedTo: training).scaled(training).features == [0, 0, 1, 1, 0.5, 0])
    }

    @Test func aNaNIsNeverHidden() {
        let training = samples([[0, 1], [.nan, 1], [2, .nan]])
        let minMax = FeatureScaling.minMax(fittedTo: training).scaled(training).features
        #expect(minMax.map(\.isNaN) == [false, false, true, false, false, true])
        let standardization = FeatureScaling.standardization(fittedTo: training).scaled(training).features
        #expect(standardization.map(\.isNaN) == [true, true, true, true, true, true])
    }

    @Test func targetsAndNamesStay() {
        let training = Samples(
            features: [1, 3], inputs: 1, targets: .classes([1, 0], names: ["a", "b"]), featureNames: ["x"])
        let scaled = FeatureScaling.minMax(fittedTo: training).scaled(training)
        #expect(scaled.targets == training.targets)
        #expect(scaled.featureNames == ["x"])
    }

    @Test func wrongUseTraps() async {
        await #expect(processExitsWith: .failure) {
            let scaling = FeatureScaling.minMax(
                fittedTo: Samples(features: [1, 2], inputs: 2, targets: .values([0], outputs: 1)))
            _ = scaling.scaled(Samples(features: [1], inputs: 1, targets: .values([0], outputs: 1)))
        }
        await #expect(processExitsWith: .failure) {
            _ = FeatureScaling.standardization(
                fittedTo: Samples(features: [], inputs: 2, targets: .values([], outputs: 1)))
        }
    }

    private func samples(_ rows: [[Float]]) -> Samples {
        Samples(
            features: rows.flatMap { $0 }, inputs: rows[0].count,
            targets: .values(rows.map { _ in 0 }, outputs: 1))
    }
}
