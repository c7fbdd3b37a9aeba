import Testing

import ReferenceNetwork

@Suite struct FeatureScalingTests {
    @Test func minMaxSpansZeroToOne() throws {
        let training = samples([[-2, 10, 7], [6, 20, 7], [0, 14, 7]])
        let scaling = try FeatureScaling.minMax(fittedTo: training)
        #expect(try scaling.scaled(training) == samples([[0, 0, 0], [1, 1, 0], [0.25, 0.4, 0]]))
    }

    /// The largest value becomes 1 to the last bit, which (x − min) · (1 / (max − min)) in Float misses.
    @Test func theEndsAreExact() throws {
        for range in 1...2000 {
            let training = samples([[0.1], [0.1 + Float(range) / 7]])
            #expect(
                try FeatureScaling.minMax(fittedTo: training).scaled(training).features == [0, 1],
                "range \(range)")
        }
    }

    @Test func standardizationHasMeanZeroAndDeviationOne() throws {
        let training = samples([2, 4, 4, 4, 5, 5, 7, 9].map { [$0, -3] })
        let scaling = try FeatureScaling.standardization(fittedTo: training)
        #expect(scaling.offsets == [5, -3])
        #expect(scaling.factors == [0.5, 0])
        let expected: [Float] = [-1.5, -0.5, -0.5, -0.5, 0, 0, 1, 2]
        #expect(try scaling.scaled(training) == samples(expected.map { [$0, 0] }))
    }

    @Test func unseenValuesAreNotClipped() throws {
        let training = samples([[0, 5], [4, 5]])
        let unseen = samples([[8, 6], [-4, -100]])
        #expect(try FeatureScaling.minMax(fittedTo: training).scaled(unseen).features == [2, 0, -1, 0])
        #expect(
            try FeatureScaling.standardization(fittedTo: training).scaled(unseen).features == [3, 0, -3, 0])
    }

    /// In Float, the sum loses the last digits, and so does Σx² − (Σx)²/n.
    @Test func aLargeMeanTakesNoDigits() throws {
        let training = samples((0..<4096).map { [16_777_200 + Float($0 % 2)] })
        let scaling = try FeatureScaling.standardization(fittedTo: training)
        #expect(scaling.offsets == [16_777_200.5])
        #expect(scaling.factors == [2])
        #expect(try scaling.scaled(training).features.prefix(2) == [-1, 1])
    }

    @Test func aConstantThatIsNoBinaryFractionIsConstant() throws {
        let training = samples(Array(repeating: [0.1], count: 1000))
        #expect(try FeatureScaling.standardization(fittedTo: training).factors == [0])
        #expect(try FeatureScaling.minMax(fittedTo: training).factors == [0])
    }

    @Test func extremeRangesDoNotOverflow() throws {
        let greatest = Float.greatestFiniteMagnitude
        let training = samples([[-greatest], [greatest], [0]])
        #expect(try FeatureScaling.minMax(fittedTo: training).scaled(training).features == [0, 1, 0.5])
        let standardized = try FeatureScaling.standardization(fittedTo: training).scaled(training).features
        #expect(standardized == [-Float(1.5).squareRoot(), Float(1.5).squareRoot(), 0])
    }

    /// The smallest range that features can have is 1.4e-45: its inverse is no Float.
    @Test(arguments: [
        Float.leastNonzeroMagnitude, .leastNormalMagnitude / 100, Float.leastNormalMagnitude.nextDown,
    ])
    func aRangeBelowNormalNumbersIsConstant(range: Float) throws {
        let training = samples([[0], [range]])
        for scaling in [
            try FeatureScaling.minMax(fittedTo: training), try .standardization(fittedTo: training),
        ] {
            #expect(scaling.factors == [0])
            #expect(try scaling.scaled(training).features.allSatisfy { $0 == 0 })
            #expect(
                try scaling.scaled(samples([[1], [-Float.greatestFiniteMagnitude]])).features.allSatisfy {
                    $0 == 0
                })
        }
    }

    @Test func theSmallestNormalRangeIsScaled() throws {
        let training = samples([[0], [Float.leastNormalMagnitude]])
        let scaling = try FeatureScaling.minMax(fittedTo: training)
        #expect(try scaling.scaled(training).features == [0, 1])
        // 3.4e38 / 1.2e-38 is no Float.
        #expect(
            throws: FeatureScalingError.tooLarge(
                value: .greatestFiniteMagnitude, sample: 1, feature: 0, name: nil)
        ) { try scaling.scaled(samples([[0], [.greatestFiniteMagnitude]])) }
    }

    @Test(arguments: [Float.nan, .infinity, -.infinity])
    func whatIsNotFiniteIsAnError(value: Float) throws {
        let training = samples([[0, 1], [2, 1], [1, value]])
        let scaling = try FeatureScaling.minMax(fittedTo: samples([[0, 1], [2, 1]]))
        let errors = [
            #expect(throws: FeatureScalingError.self) { try FeatureScaling.minMax(fittedTo: training) },
            #expect(throws: FeatureScalingError.self) {
                try FeatureScaling.standardization(fittedTo: training)
            },
            #expect(throws: FeatureScalingError.self) { try scaling.scaled(training) },
        ]
        for error in errors {
            #expect(
                error?.description.contains("Feature 1 of sample 2, counted from 0, is \(value).") == true)
        }
    }

    @Test func targetsAndNamesStay() throws {
        let training = Samples(
            features: [1, 3], inputs: 1, targets: .classes([1, 0], names: ["a", "b"]), featureNames: ["x"])
        let scaled = try FeatureScaling.minMax(fittedTo: training).scaled(training)
        #expect(scaled.targets == training.targets)
        #expect(scaled.featureNames == ["x"])
    }

    private func samples(_ rows: [[Float]]) -> Samples {
        Samples(
            features: rows.flatMap { $0 }, inputs: rows[0].count,
            targets: .values(rows.map { _ in 0 }, outputs: 1))
    }
}
