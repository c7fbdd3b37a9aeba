import Regularization

/// Features and targets of some samples: a data set, or a batch of it.
public struct Samples: Sendable, Equatable {
    /// The number of features of each sample.
    public let inputs: Int

    /// The features, row-major, samples × inputs.
    public private(set) var features: [Float]

    /// The target of each sample: one class, or one row of values.
    public private(set) var targets: Targets

    /// A name for each feature, or an empty array.
    public private(set) var featureNames: [String]

    /// The number of samples.
    public var count: Int { targets.count }

    /// Makes samples from row-major features and their targets.
    ///
    /// - Precondition: `features` holds `inputs` numbers for each target, every class is an index into the class names,
    ///   there is at least one output, and `featureNames` is empty or has `inputs` names.
    /// - Complexity: O(samples).
    public init(features: [Float], inputs: Int, targets: Targets, featureNames: [String] = []) {
        targets.requireConsistency()
        require(inputs >= 0, "Samples cannot have \(inputs) inputs.")
        require(
            features.count == targets.count * inputs,
            "\(targets.count) samples of \(inputs) inputs need \(targets.count * inputs) features, "
                + "not \(features.count).")
        require(
            featureNames.isEmpty || featureNames.count == inputs,
            "\(inputs) inputs cannot have \(featureNames.count) feature names.")
        self.inputs = inputs
        self.features = features
        self.targets = targets
        self.featureNames = featureNames
    }

    /// The samples at the indices, in the order of the indices; an index may occur more than once.
    ///
    /// `batch(at: [])` is an empty batch, with which `fill(_:at:)` can begin.
    ///
    /// - Precondition: Every index is at least 0 and less than `count`.
    /// - Complexity: O(indices × inputs).
    public func batch(at indices: ArraySlice<Int>) -> Samples {
        var batch = Samples(features: [], inputs: inputs, targets: .classes([], names: []))
        fill(&batch, at: indices)
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
        batch.features.refill(fromRowsOf: features, width: inputs, at: indices)
        batch.targets.refill(from: targets, at: indices)
        batch.featureNames = featureNames
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
