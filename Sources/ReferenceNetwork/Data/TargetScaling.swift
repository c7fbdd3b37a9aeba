import Regularization

/// A map that brings target values to mean 0 and deviation 1 for the training, and predictions back to the unit of the
/// target: prediction = output · factor + offset, with an offset and a factor for each output.
///
///     let targetScaling = try TargetScaling.standardization(fittedTo: training)
///     let scaledTraining = try targetScaling.scaled(training)
///     let values = targetScaling.unscaled(network.predictions(for: test.features))
///
/// Fit it to the training samples alone, as a `FeatureScaling`. A target that was constant becomes 0, and each
/// prediction of it the constant; so does one whose deviation is below 1.2e-38. Losses that are measured on scaled
/// targets are in units of the deviation.
public struct TargetScaling: Sendable, Equatable {
    /// The number that is added to each output after the multiplication: the mean of the target.
    public let offsets: [Double]

    /// The number that each output is multiplied by: the deviation of the target; 0 where it was constant.
    public let factors: [Double]

    /// Fits a scaling to mean 0 and deviation 1, where deviation² = Σ (y − mean)² / samples.
    ///
    /// - Throws: `TargetScalingError` for no samples, for targets that are classes, and for one that is NaN or
    ///   infinite.
    /// - Complexity: O(samples × outputs), in two passes.
    public static func standardization(fittedTo samples: Samples) throws(TargetScalingError) -> TargetScaling
    {
        let (values, outputs) = try finiteValues(of: samples)
        if values.isEmpty { throw .noSamples }
        let (means, deviations) = values.meansAndDeviations(width: outputs)
        let smallest = Double(Float.leastNormalMagnitude)
        return TargetScaling(offsets: means, factors: deviations.map { $0 >= smallest ? $0 : 0 })
    }

    /// Makes a scaling that was fitted elsewhere: the mean of each target and its deviation, 0 for a constant one.
    ///
    /// Of scikit-learn's `StandardScaler` they are `mean_` and `scale_`. Traps unless there is a factor for each offset
    /// and all are finite.
    public init(offsets: [Double], factors: [Double]) {
        requireScaling(offsets, factors)
        (self.offsets, self.factors) = (offsets, factors)
    }

    /// The samples with the targets y → (y − offset) / factor, or 0 where the factor is 0, and else unchanged.
    ///
    /// - Throws: `TargetScalingError` for targets that are classes, for another number of values than those that the
    ///   scaling was fitted to, and for a value that is NaN or infinite, before or after.
    /// - Complexity: O(samples × outputs).
    public func scaled(_ samples: Samples) throws(TargetScalingError) -> Samples {
        var (values, outputs) = try Self.finiteValues(of: samples)
        guard outputs == offsets.count else { throw .width(fitted: offsets.count, found: outputs) }
        for index in values.indices {
            let (sample, target) = index.quotientAndRemainder(dividingBy: outputs)
            let (value, factor) = (values[index], factors[target])
            let scaled = factor == 0 ? 0 : Float((Double(value) - offsets[target]) / factor)
            guard scaled.isFinite else { throw .tooLarge(value: value, sample: sample, target: target) }
            values[index] = scaled
        }
        var result = samples
        result.targets = .values(values, outputs: outputs)
        return result
    }

    /// The outputs of a network, row-major, in the unit of the targets: output · factor + offset, computed in Double.
    ///
    /// Traps if they are no whole rows of as many outputs as the scaling was fitted to.
    ///
    /// - Complexity: O(outputs).
    public func unscaled(_ outputs: [Float]) -> [Float] {
        let width = offsets.count
        require(
            outputs.count.isMultiple(of: width),
            "\(outputs.count) outputs are no whole rows of the \(width) that the scaling was fitted to.")
        return outputs.indices.map {
            Float(Double(outputs[$0]) * factors[$0 % width] + offsets[$0 % width])
        }
    }

    private static func finiteValues(
        of samples: Samples
    ) throws(TargetScalingError) -> (values: [Float], outputs: Int) {
        guard case .values(let values, let outputs) = samples.targets else { throw .noValues }
        if let index = values.firstIndex(where: { !$0.isFinite }) {
            throw .notFinite(value: values[index], sample: index / outputs, target: index % outputs)
        }
        return (values, outputs)
    }
}
