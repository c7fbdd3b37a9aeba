import Regularization

extension FeatureScaling {
    /// The features of samples without targets, such as those that `TableSchema.features(in:)` reads, scaled as those
    /// of samples are.
    ///
    /// - Precondition: The features are rows as wide as those that the scaling was fitted to.
    /// - Complexity: O(features).
    public func scaled(_ features: [Float]) throws -> [Float] {
        let inputs = offsets.count
        require(
            inputs > 0 && features.count.isMultiple(of: inputs),
            "\(features.count) features do not divide into rows of \(inputs).")
        let targets = Targets.values(Array(repeating: 0, count: features.count / inputs), outputs: 1)
        return try scaled(Samples(features: features, inputs: inputs, targets: targets)).features
    }
}
