import Regularization

/// Features and targets of some samples: a data set, or a batch of it.
public struct Samples: Sendable, Equatable {
    /// The number of features of each sample.
    public let inputs: Int

    /// The features, row-major, samples × inputs.
    public internal(set) var features: [Float]

    /// The target of each sample: one class, or one row of values.
    public internal(set) var targets: Targets

    /// A name for each feature, or an empty array.
    public private(set) var featureNames: [String]

    /// The sample weights, finite and 0 or more, or an empty array if each sample weighs 1; see `weighted(by:)`.
    public internal(set) var sampleWeights: [Float] = []

    /// The mean sample weight w̄ of the data set that the samples are or, as a batch, were taken from; 1 without sample
    /// weights.
    public internal(set) var meanSampleWeight = 1.0

    /// The number of samples.
    public var count: Int { targets.count }

    /// Makes samples from row-major features and their targets; each weighs 1.
    ///
    /// - Precondition: `features` holds `inputs` numbers for each target, every class is an index into the class names,
    ///   there is at least one output, and `featureNames` is empty or has `inputs` names.
    /// - Complexity: O(samples).
    public init(features: [Float], inputs: Int, targets: Targets, featureNames: [String] = []) {
        targets.requireConsistency()
        require(inputs >= 0, "Samples cannot have \(inputs) inputs.")
        let (size, overflows) = targets.count.multipliedReportingOverflow(by: inputs)
        require(
            !overflows,
            "\(targets.count) samples of \(inputs) inputs have more features than an Int can count.")
        require(
            features.count == size,
            "\(targets.count) samples of \(inputs) inputs need \(size) features, not \(features.count).")
        require(
            featureNames.isEmpty || featureNames.count == inputs,
            "\(inputs) inputs cannot have \(featureNames.count) feature names.")
        self.inputs = inputs
        self.features = features
        self.targets = targets
        self.featureNames = featureNames
    }

    /// The samples at the indices as a batch, in the order of the indices; an index may occur more than once.
    ///
    /// `batch(at: [])` is an empty batch, with which `fill(_:at:)` can begin. A batch keeps the mean sample weight of
    /// these samples, by which a loss divides; `part(at:)` makes a data set of its own of them.
    ///
    /// - Precondition: Every index is at least 0 and less than `count`.
    /// - Complexity: O(indices × inputs).
    public func batch(at indices: some Collection<Int>) -> Samples {
        var batch = Samples(features: [], inputs: inputs, targets: .classes([], names: []))
        fill(&batch, at: ArraySlice(indices))
        return batch
    }

    /// Replaces the samples of `batch` by those at the indices, reusing its storage.
    ///
    /// It allocates only when the batch outgrows the largest size that it had so far, or when its arrays are shared
    /// with a copy of it; so a smaller last batch of an epoch allocates nothing.
    ///
    /// - Precondition: `batch` has as many inputs as these samples, and every index is at least 0 and less than
    ///   `count`.
    /// - Complexity: O(indices × inputs).
    public func fill(_ batch: inout Samples, at indices: ArraySlice<Int>) {
        require(
            batch.inputs == inputs,
            "A batch of \(batch.inputs) inputs cannot hold samples of \(inputs) inputs.")
        let count = count
        for index in indices {
            require(index >= 0 && index < count, "There is no sample \(index): there are \(count), from 0.")
        }
        batch.features.refill(fromRowsOf: features, width: inputs, at: indices)
        batch.targets.refill(from: targets, at: indices)
        batch.featureNames = featureNames
        batch.sampleWeights.refill(
            fromRowsOf: sampleWeights, width: 1, at: sampleWeights.isEmpty ? [] : indices)
        batch.meanSampleWeight = meanSampleWeight
    }
}

extension Samples {
    /// Throws if a feature or a target is NaN or infinite: `ModelError.notFinite`, which names it and its sample.
    ///
    /// - Complexity: O(samples × (inputs + outputs)).
    public func checkFinite() throws(ModelError) {
        if !features.span.isFinite, let index = features.firstIndex(where: { !$0.isFinite }) {
            let feature = index % inputs
            let name = featureNames.isEmpty ? "\(feature)" : "\"\(featureNames[feature])\""
            throw .notFinite(what: "Feature \(name)", sample: index / inputs, value: features[index])
        }
        if case .values(let values, let outputs) = targets,
            let index = values.firstIndex(where: { !$0.isFinite })
        {
            throw .notFinite(what: "Target \(index % outputs)", sample: index / outputs, value: values[index])
        }
    }
}
