import ReferenceNetwork
import Testing

@Suite struct SamplesWeightsTests {
    private static let trees = Samples(
        features: [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5], inputs: 2,
        targets: .classes([1, 0, 2, 1], names: ["ash", "elm", "oak", "yew"]), featureNames: ["x", "y"])
    private static let values = Samples(
        features: [1, 2, 3], inputs: 1, targets: .values([4, 5, 6], outputs: 1))

    @Test func eachSampleWeighsOneAtFirst() {
        #expect(Self.trees.sampleWeights.isEmpty)
        #expect(Self.trees.meanSampleWeight == 1)
    }

    @Test func weightsAreMultipliedAndNothingElseChanges() throws {
        let once = try Self.trees.weighted(by: [1, 0, 2, 0.5])
        #expect(once.sampleWeights == [1, 0, 2, 0.5])
        #expect(once.meanSampleWeight == 3.5 / 4)
        let twice = try once.weighted(by: [4, 3, 0.5, 2])
        #expect(twice.sampleWeights == [4, 0, 1, 1])
        #expect(twice.meanSampleWeight == 1.5)
        #expect(twice.features == Self.trees.features)
        #expect(twice.targets == Self.trees.targets)
        #expect(twice.featureNames == ["x", "y"])
    }

    @Test func classWeightsAreThoseOfTheirSamples() throws {
        let weighted = try Self.trees.weighted(byClass: ["elm": 2, "oak": 0.25, "yew": 100])
        #expect(weighted.sampleWeights == [2, 1, 0.25, 2])
        let both = try Self.trees.weighted(by: [3, 1, 4, 0]).weighted(byClass: ["elm": 2])
        #expect(both.sampleWeights == [6, 1, 4, 0])
        #expect(try Self.trees.weighted(byClass: [:]).sampleWeights == [1, 1, 1, 1])
    }

    /// n/(k·n_c): 4 samples, 3 classes that occur, of 1, 2 and 1 samples.
    @Test func balancedClassesWeighTheSame() throws {
        let third = Float(4.0 / 3)
        let balanced = try Self.trees.balancedByClass()
        #expect(balanced.sampleWeights == [third / 2, third, third, third / 2])
        expectClose(balanced.meanSampleWeight, 1, within: 1e-7)
        // A sample of weight 0 is counted all the same.
        let both = try Self.trees.weighted(by: [0, 3, 1, 1]).balancedByClass()
        #expect(both.sampleWeights == [0, Float(4), third, third / 2])
    }

    @Test func aBatchKeepsTheMeanAndAPartHasItsOwn() throws {
        let weighted = try Self.trees.weighted(by: [1, 0, 2, 5])
        let batch = weighted.batch(at: [3, 1, 3])
        #expect(batch.sampleWeights == [5, 0, 5])
        #expect(batch.meanSampleWeight == 2)
        let part = try weighted.part(at: [3, 1, 3])
        #expect(part.sampleWeights == [5, 0, 5])
        #expect(part.meanSampleWeight == 10.0 / 3)
        #expect(part.features == batch.features)
        #expect(try Self.trees.part(at: 1..<3) == Self.trees.batch(at: 1..<3))
        #expect(try weighted.part(at: []).meanSampleWeight == 1)
        #expect(throws: SampleWeightError.allZero(samples: 2)) { try weighted.part(at: [1, 1]) }
    }

    /// A batch of other samples leaves nothing behind.
    @Test func fillReplacesTheWeights() throws {
        let weighted = try Self.trees.weighted(by: [1, 0, 2, 5])
        var batch = weighted.batch(at: [3, 1, 3])
        Self.trees.fill(&batch, at: [0, 1])
        #expect(batch == Self.trees.batch(at: [0, 1]))
        weighted.fill(&batch, at: [2])
        #expect(batch == weighted.batch(at: [2]))
        #expect(batch.sampleWeights == [2])
    }

    @Test func aSplitKeepsWeightsWithTheirSamples() throws {
        let count = 40
        let weighted = try Samples(
            features: (0..<count).map { Float($0) }, inputs: 1,
            targets: .classes((0..<count).map { $0 % 2 }, names: ["a", "b"])
        ).weighted(by: (0..<count).map { Float($0 + 1) })
        let parts = try weighted.split(testShare: 0.25, seed: 3)
        for part in [parts.training, parts.test] {
            #expect(part.sampleWeights == part.features.map { $0 + 1 })
            #expect(
                part.meanSampleWeight == part.sampleWeights.reduce(0) { $0 + Double($1) } / Double(part.count)
            )
        }
        #expect(parts.training.meanSampleWeight != parts.test.meanSampleWeight)
    }

    @Test func aSplitWithAWeightlessPartIsAnError() throws {
        let weighted = try Self.values.weighted(by: [0, 1, 0])
        let error = #expect(throws: SplitError.self) {
            for seed in 0..<20 as Range<UInt64> { _ = try weighted.split(testShare: 0.3, seed: seed) }
        }
        #expect(error == .weightlessPart("test", samples: 1))
        #expect(
            error?.description
                == "All 1 samples of the test part weigh 0. "
                + "Choose another seed or test share, or remove the samples that weigh 0.")
    }

    @Test func scalingKeepsTheWeights() throws {
        let weighted = try Self.values.weighted(by: [0, 3, 1])
        let scaled = try FeatureScaling.minMax(fittedTo: weighted).scaled(weighted)
        #expect(scaled.features == [0, 0.5, 1])
        #expect(scaled.sampleWeights == [0, 3, 1])
        #expect(scaled.meanSampleWeight == 4.0 / 3)
    }

    @Test(arguments: [-1, .nan, .infinity, -.infinity, .leastNonzeroMagnitude] as [Float])
    func weightsOutOfRange(weight: Float) {
        for index in 0..<3 {
            var weights: [Float] = [1, 1, 1]
            weights[index] = weight
            let error = #expect(throws: SampleWeightError.self) { try Self.values.weighted(by: weights) }
            #expect(
                error?.description
                    == "The weight of sample \(index), counted from 0, is \(Double(weight)). "
                    + "A weight is 0, or a number from 1.2e-38 to 3.4e38.")
        }
        // Also of a class that does not occur.
        let error = #expect(throws: SampleWeightError.self) {
            try Self.trees.weighted(byClass: ["yew": weight])
        }
        #expect(
            error?.description
                == "The weight of class \"yew\" is \(weight). "
                + "A weight is 0, or a number from 1.2e-38 to 3.4e38.")
    }

    @Test func aProductOutOfRangeIsAnError() throws {
        let small = try Self.values.weighted(by: [1, 1e-30, 1])
        #expect(
            throws: SampleWeightError.outOfRange(
                sample: 1, weight: Double(Float(1e-30)) * Double(Float(1e-30)))
        ) {
            try small.weighted(by: [1, 1e-30, 1])
        }
        let large = try Self.values.weighted(by: [1, 1, 1e30])
        #expect(
            throws: SampleWeightError.outOfRange(sample: 2, weight: Double(Float(1e30)) * Double(Float(1e30)))
        ) {
            try large.weighted(by: [1, 1, 1e30])
        }
        #expect(try small.weighted(by: [1, 0, 1]).sampleWeights == [1, 0, 1])
    }
}
