import Testing

import ReferenceNetwork

@Suite struct SamplesSplitTests {
    /// The sizes of the ten classes of the digits, 1,797 in all.
    static let digits = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]

    @Test(arguments: [0.25, 0.1, 0.5, 0.77, 0.0101])
    func classesKeepTheirProportions(share: Double) throws {
        let samples = samples(ofClassSizes: Self.digits)
        let (training, test) = try samples.split(testShare: share, seed: 3)
        #expect(test.count == Int((share * 1797).rounded(.up)))
        #expect(training.count + test.count == 1797)
        for (index, size) in Self.digits.enumerated() {
            for part in [training, test] {
                let fair = Double(size * part.count) / 1797
                expectClose(
                    Double(classes(of: part).count { $0 == index }), fair, within: 1,
                    "index \(index), size \(size)")
            }
        }
    }

    @Test func aQuarterOfTheDigits() throws {
        let (training, test) = try samples(ofClassSizes: Self.digits).split(testShare: 0.25, seed: 0)
        #expect(training.count == 1347)
        #expect(test.count == 450)
    }

    @Test func largestRemaindersGoFirst() throws {
        // Fair shares of 5 test samples: 1.25, 1.5, 2.25, 0.
        let (_, test) = try samples(ofClassSizes: [5, 6, 9, 0]).split(testShare: 0.25, seed: 1)
        #expect((0..<4).map { index in classes(of: test).count { $0 == index } } == [1, 2, 2, 0])
    }

    @Test(arguments: [true, false])
    func everySampleIsInOnePart(stratified: Bool) throws {
        let samples = stratified ? samples(ofClassSizes: [40, 30, 31]) : values(101)
        let (training, test) = try samples.split(testShare: 0.3, seed: 11)
        #expect((identities(of: training) + identities(of: test)).sorted() == (0..<101).map(Float.init))
        #expect(test.count == 31)
    }

    /// The targets follow their features.
    @Test func rowsStayTogether() throws {
        let samples = samples(ofClassSizes: [4, 5, 6])
        let (training, test) = try samples.split(testShare: 0.4, seed: 5)
        for part in [training, test] {
            let whole = classes(of: samples)
            #expect(classes(of: part) == identities(of: part).map { whole[Int($0)] })
            #expect(part.featureNames == samples.featureNames)
        }
    }

    @Test(arguments: [true, false])
    func theSeedDecides(stratified: Bool) throws {
        let samples = stratified ? samples(ofClassSizes: [40, 60]) : values(100)
        let (training, test) = try samples.split(testShare: 0.2, seed: 42)
        let again = try samples.split(testShare: 0.2, seed: 42)
        #expect(training == again.training)
        #expect(test == again.test)
        let other = try samples.split(testShare: 0.2, seed: 43)
        #expect(identities(of: test).sorted() != identities(of: other.test).sorted())
    }

    /// A tenth of the samples is of the second class, so that it starts and ends a shuffled part a tenth of
    /// the seeds.
    @Test func bothPartsAreShuffled() throws {
        let samples = samples(ofClassSizes: [90, 10])
        var counts = [0, 0, 0, 0]
        for seed in 0..<500 as Range<UInt64> {
            let (training, test) = try samples.split(testShare: 0.1, seed: seed)
            for (place, part) in [training, test].enumerated() {
                counts[2 * place] += classes(of: part).first!
                counts[2 * place + 1] += classes(of: part).last!
            }
        }
        // Three deviations of a binomial count are 20.
        for count in counts { expectClose(count, 50, within: 20) }
    }

    /// Shares that are not exact in binary do not round up past the number that was meant.
    @Test(arguments: [
        (0.07, 100, 7), (0.55, 100, 55), (0.28, 25, 7), (0.3, 10, 3), (0.301, 10, 4), (0.5, 2, 1),
    ])
    func sizeOfTheTestPart(share: Double, count: Int, expected: Int) throws {
        #expect(try values(count).split(testShare: share, seed: 0).test.count == expected)
    }

    @Test(arguments: [0, 1, -0.25, 1.5, Double.nan, .infinity])
    func shareOutOfRange(share: Double) {
        let error = #expect(throws: SplitError.self) { try values(10).split(testShare: share, seed: 0) }
        let sentence = "The test share is \(share). Choose a number between 0 and 1, such as 0.25."
        #expect(error?.description == sentence)
    }

    @Test(arguments: [(0, 0.5, 0), (1, 0.5, 1), (10, 0.95, 10), (1, Double.leastNonzeroMagnitude, 0)])
    func aPartWouldBeEmpty(count: Int, share: Double, test: Int) {
        #expect(throws: SplitError.emptyPart(training: count - test, test: test)) {
            try values(count).split(testShare: share, seed: 0)
        }
    }

    @Test func aClassWithASingleSample() {
        let error = #expect(throws: SplitError.singleSample(className: "class 2")) {
            try samples(ofClassSizes: [4, 5, 1, 1]).split(testShare: 0.5, seed: 0)
        }
        #expect(
            error?.localizedDescription
                == "Class \"class 2\" has a single sample, which cannot be in both parts. "
                + "Remove the class or bring more samples of it.")
    }

    // MARK: Samples that carry their index as a feature

    private func samples(ofClassSizes sizes: [Int]) -> Samples {
        let classes = sizes.enumerated().flatMap { Array(repeating: $0.offset, count: $0.element) }
        return Samples(
            features: classes.indices.map(Float.init), inputs: 1,
            targets: .classes(classes, names: sizes.indices.map { "class \($0)" }), featureNames: ["index"])
    }

    private func values(_ count: Int) -> Samples {
        let numbers = (0..<count).map(Float.init)
        return Samples(features: numbers, inputs: 1, targets: .values(numbers, outputs: 1))
    }

    private func identities(of samples: Samples) -> [Float] { samples.features }

    private func classes(of samples: Samples) -> [Int] {
        guard case .classes(let classes, _) = samples.targets else { return [] }
        return classes
    }
}
