extension FeatureScaling {
    /// The features of samples without targets, such as those that `TableSchema.features(in:)` reads, scaled as those
    /// of samples are.
    ///
    /// - Throws: `FeatureScalingError`, also if the features are no whole rows of those that the scaling was fitted to.
    /// - Complexity: O(features).
    public func scaled(_ features: [Float]) throws(FeatureScalingError) -> [Float] {
        let inputs = offsets.count
        if features.isEmpty { return [] }
        guard inputs > 0, features.count.isMultiple(of: inputs) else {
            throw .partialRow(fitted: inputs, found: features.count)
        }
        let targets = Targets.values(Array(repeating: 0, count: features.count / inputs), outputs: 1)
        return try scaled(Samples(features: features, inputs: inputs, targets: targets)).features
    }
}
