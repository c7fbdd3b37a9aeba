import Testing

import ReferenceNetwork

@Suite struct SamplesTests {
    static let classes = Samples(
        features: [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5], inputs: 2,
        targets: .classes([1, 0, 2, 1], names: ["a", "b", "c"]), featureNames: ["x", "y"])
    static let values = Samples(
        features: [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5], inputs: 2,
        targets: .values([0, 10, 20, 1, 11, 21, 2, 12, 22, 3, 13, 23], outputs: 3))

    static let weighted = {
        do { return try values.weighted(by: [1, 0, 2, 0.5]) } catch { fatalError("\(error)") }
    }()

    @Test("The first number that is not finite is named, features before targets")
    func finite() throws {
        func error(_ features: [Float], _ values: [Float], names: [String] = []) -> String? {
            let samples = Samples(
                features: features, inputs: 2, targets: .values(values, outputs: 1), featureNames: names)
            do { try samples.checkFinite() } catch { return error.description }
            return nil
        }
        #expect(error([1, 2, 3, 4], [5, 6]) == nil)
        #expect(
            error([1, 2, 3, .infinity], [.nan, 6])
                == "Feature 1 of sample 1 is inf; fill in the value, or leave the sample out.")
        #expect(
            error([.nan, 2, 3, 4], [5, 6], names: ["a", "b"])
                == "Feature \"a\" of sample 0 is nan; fill in the value, or leave the sample out.")
        #expect(
            error([1, 2, 3, 4], [5, -.infinity])
                == "Target 0 of sample 1 is -inf; fill in the value, or leave the sample out.")
    }

    @Test func batchFollowsTheIndices() {
        let indices = [9, 3, 0, 3, 9]
        #expect(
            Self.classes.batch(at: indices[1..<4])
                == Samples(
                    features: [3, 3.5, 0, 0.5, 3, 3.5], inputs: 2,
                    targets: .classes([1, 1, 1], names: ["a", "b", "c"]), featureNames: ["x", "y"]))
        #expect(
            Self.values.batch(at: [2, 1])
                == Samples(
                    features: [2, 2.5, 1, 1.5], inputs: 2,
                    targets: .values([2, 12, 22, 1, 11, 21], outputs: 3)))
        #expect(Self.classes.batch(at: [0, 1, 2, 3]) == Self.classes)
        #expect(Self.classes.batch(at: []).count == 0)
    }

    /// Any collection of indices will do.
    @Test func batchTakesAnyIndices() {
        let expected = Self.classes.batch(at: [1, 3])
        #expect(Self.classes.batch(at: [3, 1].reversed()) == expected)
        #expect(Self.classes.batch(at: [0, 1, 3, 2][1..<3]) == expected)
        #expect(Self.classes.batch(at: stride(from: 1, to: 4, by: 2).map { $0 }) == expected)
        #expect(Self.classes.batch(at: (0..<4).lazy.filter { $0 % 2 == 1 }) == expected)
        #expect(Self.classes.batch(at: 0..<4) == Self.classes)
    }

    @Test(arguments: [classes, values, weighted])
    func fillEqualsBatch(samples: Samples) {
        var batch = Self.values.batch(at: [0, 0, 0])
        for indices: ArraySlice in [[3, 1], [0, 1, 2, 3], [], [2]] {
            samples.fill(&batch, at: indices)
            #expect(batch == samples.batch(at: indices))
            #expect(batch.count == indices.count)
        }
    }

    @Test(arguments: [classes, values, weighted])
    func fillKeepsItsStorage(samples: Samples) {
        var batch = samples.batch(at: [0, 1, 2])
        let before = storage(of: batch)
        for indices: ArraySlice in [[3], [], [2, 1, 0], [0, 3]] {
            samples.fill(&batch, at: indices)
            // An array that was freed and allocated again would have the capacity of the smaller batch.
            #expect(storage(of: batch) == before)
        }
    }

    @Test(arguments: [classes, values, weighted])
    func fillLeavesCopiesAlone(samples: Samples) {
        var batch = samples.batch(at: [0, 1])
        let copy = batch
        samples.fill(&batch, at: [2, 3])
        #expect(copy == samples.batch(at: [0, 1]))
        #expect(batch == samples.batch(at: [2, 3]))
    }

    @Test func samplesWithoutInputs() {
        let samples = Samples(features: [], inputs: 0, targets: .values([1, 2, 3], outputs: 1))
        #expect(samples.count == 3)
        #expect(samples.batch(at: [2]).targets == .values([3], outputs: 1))
    }

    @Test func sizesThatDisagreeTrap() async {
        expect(
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = Samples(features: [1, 2, 3, 4, 5], inputs: 3, targets: .values([1, 2], outputs: 1))
            }, says: "2 samples of 3 inputs need 6 features, not 5.")
        expect(
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = Samples(features: [1], inputs: 1, targets: .values([1, 2, 3], outputs: 2))
            }, says: "3 target values do not divide into samples of 2 outputs.")
        expect(
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = Samples(features: [1], inputs: 1, targets: .values([], outputs: 0))
            }, says: "Targets need at least one output, not 0.")
        expect(
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = Samples(
                    features: [1], inputs: 1, targets: .values([1], outputs: 1), featureNames: ["a", "b"])
            }, says: "1 inputs cannot have 2 feature names.")
    }

    @Test func sizesThatOverflowTrap() async {
        expect(
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = Samples(features: [], inputs: .max, targets: .values([1, 2], outputs: 1))
            }, says: "2 samples of 9223372036854775807 inputs have more features than an Int can count.")
    }

    @Test func indicesOutOfRangeTrap() async {
        expect(
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = Samples(features: [1], inputs: 1, targets: .classes([2], names: ["a", "b"]))
            }, says: "Class 2 is out of range: there are 2 class names.")
        expect(
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = SamplesTests.classes.batch(at: [0, 4])
            }, says: "There is no sample 4: there are 4, from 0.")
        expect(
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                var batch = SamplesTests.values.batch(at: [])
                SamplesTests.values.fill(&batch, at: [-1])
            }, says: "There is no sample -1: there are 4, from 0.")
    }

    @Test func aBatchOfAnotherWidthTraps() async {
        expect(
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                var batch = Samples(features: [], inputs: 1, targets: .classes([], names: []))
                SamplesTests.classes.fill(&batch, at: [0])
            }, says: "A batch of 1 inputs cannot hold samples of 2 inputs.")
    }

    private func expect(_ result: ExitTest.Result?, says sentence: String) {
        let output = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(output.contains(sentence))
    }

    private func storage(of samples: Samples) -> [Int] {
        let features = samples.features
        let weights = samples.sampleWeights
        let positions = [
            address(of: features), features.capacity, address(of: weights), weights.capacity,
        ]
        return switch samples.targets {
        case .classes(let classes, _): positions + [address(of: classes), classes.capacity]
        case .values(let values, _): positions + [address(of: values), values.capacity]
        }
    }

    private func address<Element>(of array: [Element]) -> Int {
        array.withUnsafeBufferPointer { Int(bitPattern: $0.baseAddress) }
    }
}
