import Regularization

extension Samples {
    /// Splits the samples at random into a training and a test part; the same seed gives the same split.
    ///
    /// The test part has `testShare × count` samples, rounded up (7 of 100 at 0.07). Targets that are classes are split
    /// by class, by the largest remainder: each class has in each part its share of the samples, rounded down or up. So
    /// a class is certain to be in a part if its share there is at least one sample. Samples are counted, whatever they
    /// weigh; each part has a mean sample weight of its own.
    ///
    /// - Throws: `SplitError` when the share is not between 0 and 1, when a part would be empty or would have no sample
    ///   that weighs more than 0, or when a class has a single sample.
    /// - Complexity: O(count × inputs + classes × log(classes)).
    public func split(
        testShare: Double, seed: UInt64
    ) throws(SplitError) -> (training: Samples, test: Samples) {
        guard testShare > 0, testShare < 1 else { throw .shareOutOfRange(testShare) }
        // One step down undoes the rounding of share and product, so that 0.07 of 100 is 7 and not 8.
        let testCount = Int((testShare * Double(count)).nextDown.rounded(.up))
        guard testCount > 0, testCount < count else {
            throw .emptyPart(training: count - testCount, test: testCount)
        }

        var open: [Int]  // how many samples of each class the test part still takes
        let strata: [Int]
        switch targets {
        case .classes(let classes, let names):
            var sizes = Array(repeating: 0, count: names.count)
            for index in classes { sizes[index] += 1 }
            if let index = sizes.firstIndex(of: 1) { throw .singleSample(className: names[index]) }
            strata = classes
            open = Self.apportion(testCount, to: sizes)
        case .values:
            strata = Array(repeating: 0, count: count)
            open = [testCount]
        }

        var generator = SeededGenerator(seed: seed)
        var training: [Int] = []
        var test: [Int] = []
        for index in (0..<count).shuffled(using: &generator) {
            if open[strata[index]] > 0 {
                open[strata[index]] -= 1
                test.append(index)
            } else {
                training.append(index)
            }
        }
        // The loop fills the test part first, class by class: shuffle again, so that no order is left of it.
        training.shuffle(using: &generator)
        test.shuffle(using: &generator)
        return (try part(training, name: "training"), try part(test, name: "test"))
    }

    private func part(_ indices: [Int], name: String) throws(SplitError) -> Samples {
        do { return try part(at: indices) } catch { throw .weightlessPart(name, samples: indices.count) }
    }

    /// Divides the count in proportion to the sizes: whole shares first, the rest by the largest remainders, the first
    /// of equal ones.
    private static func apportion(_ count: Int, to sizes: [Int]) -> [Int] {
        let total = sizes.reduce(0, +)
        var shares = sizes.map { count * $0 / total }
        let remainders = sizes.map { count * $0 % total }
        let rest = count - shares.reduce(0, +)
        let order = sizes.indices.sorted { (remainders[$0], $1) > (remainders[$1], $0) }
        for index in order.prefix(rest) { shares[index] += 1 }
        return shares
    }
}
