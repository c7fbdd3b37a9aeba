import Regularization

/// Sample weights and class weights.
///
/// A class weight is the sample weight of each sample of a class. A loss counts a sample as often as its weight says: a
/// weight of 2 is the sample twice, a weight of 0 is no sample. The loss of a batch of m samples is
///
///     (1/(m·w̄)) Σ wᵢ ℓᵢ       with the mean weight w̄ of the data set that the batch is taken from,
///
/// so that it is (1/Σw) Σ wᵢ ℓᵢ over a whole data set. Only the proportions of weights matter: multiplied by a number
/// they leave losses, gradients, and what a penalty does beside them, as they are. The mean over the batches of an
/// epoch, each in proportion to its count, is the loss of the whole, and a batch drawn at random has its gradient on
/// average. Neither would hold if each batch were divided by the sum of its own weights.
extension Samples {
    /// The same samples, the weight of each multiplied by the number at its index.
    ///
    /// - Throws: `SampleWeightError` for another number of weights than samples; for a weight or a product that is
    ///   negative, not finite, or not 0 and below 1.2e-38; and if all are 0.
    /// - Complexity: O(samples).
    public func weighted(by weights: [Float]) throws(SampleWeightError) -> Samples {
        guard weights.count == count else { throw .count(samples: count, weights: weights.count) }
        return try weighted { Double(weights[$0]) }
    }

    /// The same samples, the weight of each multiplied by that of its class, which is 1 for a class that is not named.
    ///
    ///     let weighted = try samples.weighted(byClass: ["oak": 2, "elm": 0.5])
    ///
    /// - Throws: `SampleWeightError` for targets that are no classes, for a class that the samples do not have, and for
    ///   weights that `weighted(by:)` does not take.
    /// - Complexity: O(samples).
    public func weighted(byClass weights: [String: Float]) throws(SampleWeightError) -> Samples {
        let (classes, names) = try requireClasses()
        // In the order of their names, so that the same of several mistakes is reported each time.
        for (name, weight) in weights.sorted(by: { $0.key < $1.key }) {
            guard names.contains(name) else { throw .unknownClass(name, classes: names) }
            guard Self.isWeight(weight) else { throw .classOutOfRange(name, weight: weight) }
        }
        let weightOfClass = names.map { Double(weights[$0] ?? 1) }
        return try weighted { weightOfClass[classes[$0]] }
    }

    /// The same samples, the weight of each multiplied by n/(k·n_c), for n samples, k classes that occur, and n_c
    /// samples of its class: each class weighs the same.
    ///
    /// Samples are counted, whatever they weigh.
    ///
    /// - Throws: `SampleWeightError` for targets that are no classes.
    /// - Complexity: O(samples).
    public func balancedByClass() throws(SampleWeightError) -> Samples {
        let (classes, names) = try requireClasses()
        var sizes = Array(repeating: 0, count: names.count)
        for index in classes { sizes[index] += 1 }
        let total = Double(count)
        let occurring = Double(sizes.count { $0 > 0 })
        return try weighted { total / (occurring * Double(sizes[classes[$0]])) }
    }

    /// The samples at the indices as a data set of its own, whose mean sample weight is that of these samples; an index
    /// may occur more than once.
    ///
    /// - Precondition: Every index is at least 0 and less than `count`.
    /// - Throws: `SampleWeightError.allZero` if no sample of the part has a weight above 0.
    /// - Complexity: O(indices × inputs).
    public func part(at indices: some Collection<Int>) throws(SampleWeightError) -> Samples {
        var part = batch(at: indices)
        try part.updateMeanSampleWeight()
        return part
    }

    /// The weight of a sample divided by the mean, w/w̄; 1 without sample weights.
    func relativeWeight(of sample: Int) -> Double {
        sampleWeights.isEmpty ? 1 : Double(sampleWeights[sample]) / meanSampleWeight
    }

    private func weighted(by factor: (_ sample: Int) -> Double) throws(SampleWeightError) -> Samples {
        var result = self
        result.sampleWeights = []
        result.sampleWeights.reserveCapacity(count)
        for sample in 0..<count {
            let weight = factor(sample) * (sampleWeights.isEmpty ? 1 : Double(sampleWeights[sample]))
            guard weight == 0 || Float(weight) != 0 && Self.isWeight(Float(weight)) else {
                throw .outOfRange(sample: sample, weight: weight)
            }
            result.sampleWeights.append(Float(weight))
        }
        try result.updateMeanSampleWeight()
        return result
    }

    /// Whether a number is 0 or positive and normal: the passes of a network take subnormal numbers for 0.
    private static func isWeight(_ number: Float) -> Bool { number == 0 || number > 0 && number.isNormal }

    private mutating func updateMeanSampleWeight() throws(SampleWeightError) {
        let sum = sampleWeights.reduce(0) { $0 + Double($1) }
        if !sampleWeights.isEmpty && sum == 0 { throw .allZero(samples: count) }
        meanSampleWeight = sampleWeights.isEmpty ? 1 : sum / Double(count)
    }

    private func requireClasses() throws(SampleWeightError) -> (classes: [Int], names: [String]) {
        guard case .classes(let classes, let names) = targets else { throw .noClasses }
        return (classes, names)
    }
}
