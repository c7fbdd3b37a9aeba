import Regularization

/// A map that brings each feature to a common range: x → (x − offset) · factor, with an offset and a factor for each
/// feature.
///
/// Fit it to the training samples alone and apply it to all: a scaling that is fitted to test samples passes
/// information about them to the model. Values outside of the range that it was fitted to are not clipped, so that a
/// scaled test sample may lie outside the range of the training samples. A feature that was constant becomes 0,
/// whatever its value later; so does one whose range or deviation is below 1.2e-38, which no Float of normal size
/// could be divided by. Sample weights are kept and change nothing: a scaling is a matter of the features.
///
///     let scaling = try FeatureScaling.standardization(fittedTo: training)
///     let scaledTraining = try scaling.scaled(training)
///     let scaledTest = try scaling.scaled(test)
///
/// Offsets and factors are Double, so that the smallest and largest training value become exactly 0 and 1, and so that
/// the difference from a large mean keeps its digits.
///
/// - Edge cases: A feature that is NaN or infinite, or becomes too large for a Float, is an error that names it.
public struct FeatureScaling: Sendable, Equatable {
    /// The number that is subtracted from each feature.
    public let offsets: [Double]

    /// The number that each feature is multiplied by afterwards; 0 where the feature was constant.
    public let factors: [Double]

    /// Fits a scaling to the range from 0 to 1: x → (x − min) / (max − min).
    ///
    /// - Throws: `FeatureScalingError` for no samples, and for a feature that is NaN or infinite.
    /// - Complexity: O(samples × inputs).
    public static func minMax(fittedTo samples: Samples) throws(FeatureScalingError) -> FeatureScaling {
        try check(samples)
        let (features, inputs) = (samples.features, samples.inputs)
        let lowest = features.reduceColumns(width: inputs, from: .infinity) { low, x, _ in min(low, x) }
        let highest = features.reduceColumns(width: inputs, from: -.infinity) { high, x, _ in max(high, x) }
        return FeatureScaling(offsets: lowest, ranges: zip(lowest, highest).map { $1 - $0 })
    }

    /// Fits a scaling to mean 0 and deviation 1: x → (x − mean) / deviation, where deviation² = Σ (x − mean)² /
    /// samples.
    ///
    /// - Throws: `FeatureScalingError` for no samples, and for a feature that is NaN or infinite.
    /// - Complexity: O(samples × inputs), in two passes.
    public static func standardization(fittedTo samples: Samples) throws(FeatureScalingError)
        -> FeatureScaling
    {
        try check(samples)
        let (means, deviations) = samples.features.meansAndDeviations(width: samples.inputs)
        return FeatureScaling(offsets: means, ranges: deviations)
    }

    /// The samples with scaled features, and else unchanged.
    ///
    /// - Throws: `FeatureScalingError` for samples with another number of features than those that the scaling was
    ///   fitted to, and for a feature that is NaN or infinite, before or after.
    /// - Complexity: O(samples × inputs).
    public func scaled(_ samples: Samples) throws(FeatureScalingError) -> Samples {
        let inputs = samples.inputs
        guard inputs == offsets.count else { throw .width(fitted: offsets.count, found: inputs) }
        var features = samples.features
        for row in 0..<samples.count {
            for feature in 0..<inputs {
                let x = features[row * inputs + feature]
                // What is not finite stays so, also times 0.
                let scaled = Float((Double(x) - offsets[feature]) * factors[feature])
                guard scaled.isFinite else {
                    let name = samples.featureName(feature)
                    throw x.isFinite
                        ? .tooLarge(value: x, sample: row, feature: feature, name: name)
                        : .notFinite(value: x, sample: row, feature: feature, name: name)
                }
                features[row * inputs + feature] = scaled
            }
        }
        var result = samples
        result.features = features
        return result
    }

    /// Makes a scaling that was fitted elsewhere: the offset of each feature and its factor, 0 for a constant one.
    ///
    /// Of scikit-learn's `StandardScaler` they are `mean_` and 1/`scale_`. Traps unless there is a factor for each
    /// offset and all are finite.
    public init(offsets: [Double], factors: [Double]) {
        requireScaling(offsets, factors)
        (self.offsets, self.factors) = (offsets, factors)
    }

    private init(offsets: [Double], ranges: [Double]) {
        self.offsets = offsets
        let smallest = Double(Float.leastNormalMagnitude)
        self.factors = ranges.map { $0 >= smallest ? 1 / $0 : 0 }
    }

    private static func check(_ samples: Samples) throws(FeatureScalingError) {
        guard samples.count > 0 else { throw .noSamples }
        for (index, x) in samples.features.enumerated() where !x.isFinite {
            let (sample, feature) = index.quotientAndRemainder(dividingBy: samples.inputs)
            throw .notFinite(
                value: x, sample: sample, feature: feature, name: samples.featureName(feature))
        }
    }
}

extension [Float] {
    /// The mean of each column of a row-major matrix with at least one row, and its deviation: deviation² = Σ (x −
    /// mean)² / rows.
    ///
    /// A sum of equal floats is exact in Double up to 2^29 of them, so that a constant has deviation 0.
    func meansAndDeviations(width: Int) -> (means: [Double], deviations: [Double]) {
        let rows = Double(count / Swift.max(width, 1))
        let means = reduceColumns(width: width, from: 0) { sum, x, _ in sum + x }.map { $0 / rows }
        let squares = reduceColumns(width: width, from: 0) { sum, x, column in
            sum + (x - means[column]) * (x - means[column])
        }
        return (means, squares.map { ($0 / rows).squareRoot() })
    }

    /// One number for each column of a row-major matrix, reduced from all of its numbers in the order of the rows.
    fileprivate func reduceColumns(
        width: Int, from initial: Double,
        _ combine: (_ result: Double, _ number: Double, _ column: Int) -> Double
    ) -> [Double] {
        var results = Array<Double>(repeating: initial, count: width)
        for start in stride(from: 0, to: count, by: Swift.max(width, 1)) {
            for column in 0..<width {
                results[column] = combine(results[column], Double(self[start + column]), column)
            }
        }
        return results
    }
}

extension Samples {
    fileprivate func featureName(_ feature: Int) -> String? {
        featureNames.isEmpty ? nil : featureNames[feature]
    }
}

/// Traps unless there is a factor for each offset and all are finite.
func requireScaling(_ offsets: [Double], _ factors: [Double]) {
    require(
        offsets.count == factors.count,
        "A scaling has a factor for each offset, not \(factors.count) for \(offsets.count).")
    let number = (offsets + factors).first { !$0.isFinite }
    require(number == nil, "The offsets and factors of a scaling are finite, not \(number ?? 0).")
}
