import Regularization

/// A map that brings each feature to a common range: x → (x − offset) · factor, with an offset and a factor for each
/// feature.
///
/// Fit it to the training samples alone and apply it to all: a scaling that is fitted to test samples passes
/// information about them to the model. Values outside of the range that it was fitted to are not clipped, so that a
/// scaled test sample may lie outside the range of the training samples. A feature that was constant becomes 0,
/// whatever its value later.
///
///     let scaling = FeatureScaling.standardization(fittedTo: training)
///     let scaledTraining = scaling.scaled(training)
///     let scaledTest = scaling.scaled(test)
///
/// Offsets and factors are Double, so that the smallest and largest training value become exactly 0 and 1, and so that
/// the difference from a large mean keeps its digits.
///
/// - Edge cases: A NaN stays NaN. `standardization` fitted to it makes the whole feature NaN; `minMax` ignores it.
public struct FeatureScaling: Sendable, Equatable {
    /// The number that is subtracted from each feature.
    public let offsets: [Double]

    /// The number that each feature is multiplied by afterwards; 0 where the feature was constant.
    public let factors: [Double]

    /// Fits a scaling to the range from 0 to 1: x → (x − min) / (max − min).
    ///
    /// - Precondition: There is at least one sample.
    /// - Complexity: O(samples × inputs).
    public static func minMax(fittedTo samples: Samples) -> FeatureScaling {
        requireSamples(samples)
        let lowest = reduceFeatures(of: samples, from: .infinity) { low, x, _ in min(low, x) }
        let highest = reduceFeatures(of: samples, from: -.infinity) { high, x, _ in max(high, x) }
        return FeatureScaling(offsets: lowest, ranges: zip(lowest, highest).map { $1 - $0 })
    }

    /// Fits a scaling to mean 0 and deviation 1: x → (x − mean) / deviation, where deviation² = Σ (x − mean)² /
    /// samples.
    ///
    /// - Precondition: There is at least one sample.
    /// - Complexity: O(samples × inputs), in two passes.
    public static func standardization(fittedTo samples: Samples) -> FeatureScaling {
        requireSamples(samples)
        let count = Double(samples.count)
        let means = reduceFeatures(of: samples, from: 0) { sum, x, _ in sum + x }.map { $0 / count }
        let squares = reduceFeatures(of: samples, from: 0) { sum, x, feature in
            sum + (x - means[feature]) * (x - means[feature])
        }
        return FeatureScaling(offsets: means, ranges: squares.map { ($0 / count).squareRoot() })
    }

    /// The samples with scaled features and unchanged targets and names.
    ///
    /// - Precondition: The samples have as many inputs as those that the scaling was fitted to.
    /// - Complexity: O(samples × inputs).
    public func scaled(_ samples: Samples) -> Samples {
        let inputs = samples.inputs
        require(
            inputs == offsets.count,
            "A scaling fitted to \(offsets.count) inputs cannot scale samples of \(inputs) inputs.")
        var features = samples.features
        for row in 0..<samples.count {
            for feature in 0..<inputs {
                let x = Double(features[row * inputs + feature])
                features[row * inputs + feature] = Float((x - offsets[feature]) * factors[feature])
            }
        }
        return Samples(
            features: features, inputs: inputs, targets: samples.targets, featureNames: samples.featureNames)
    }

    private init(offsets: [Double], ranges: [Double]) {
        self.offsets = offsets
        // A sum of equal floats is exact in Double up to 2^29 of them, so that a constant has deviation 0.
        self.factors = ranges.map { $0 > 0 ? 1 / $0 : 0 }
    }

    private static func requireSamples(_ samples: Samples) {
        require(samples.count > 0, "A scaling needs at least one sample to be fitted to.")
    }

    /// One number for each feature, reduced from all of its values in the order of the samples.
    private static func reduceFeatures(
        of samples: Samples, from initial: Double,
        _ combine: (_ result: Double, _ value: Double, _ feature: Int) -> Double
    ) -> [Double] {
        let inputs = samples.inputs
        var results = Array(repeating: initial, count: inputs)
        for row in 0..<samples.count {
            for feature in 0..<inputs {
                let value = Double(samples.features[row * inputs + feature])
                results[feature] = combine(results[feature], value, feature)
            }
        }
        return results
    }
}
