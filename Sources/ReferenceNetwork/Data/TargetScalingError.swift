import Foundation

/// An error of samples that target values cannot be scaled by or of.
public enum TargetScalingError: Error, Sendable, Equatable {
    /// There are no samples to fit a scaling to.
    case noSamples
    /// The targets are classes.
    case noValues
    /// The samples have another number of target values than those that the scaling was fitted to.
    case width(fitted: Int, found: Int)
    /// A target of a sample is NaN or infinite; samples and targets count from 0.
    case notFinite(value: Float, sample: Int, target: Int)
    /// A target of a sample is so far outside of the range that the scaling was fitted to that no Float holds it.
    case tooLarge(value: Float, sample: Int, target: Int)
}

extension TargetScalingError: CustomStringConvertible, LocalizedError {
    /// Sentences that say what is wrong, where, and what to do.
    public var description: String {
        switch self {
        case .noSamples:
            "There are no samples to fit a scaling to. Fit it to the training part, with at least one sample."
        case .noValues:
            "The targets are classes, which have no scale. Scale targets that are values."
        case .width(let fitted, let found):
            "The scaling was fitted to samples of \(fitted) target values, but these have \(found). "
                + "Scale samples with the same target columns."
        case .notFinite(let value, let sample, let target):
            "Target \(target) of sample \(sample), counted from 0, is \(value). "
                + "Replace what is no finite number before scaling, or remove the sample."
        case .tooLarge(let value, let sample, let target):
            "Target \(target) of sample \(sample), counted from 0, is \(value), so far outside of the range that the "
                + "scaling was fitted to that no 32-bit number holds it. Correct it, or remove the sample."
        }
    }

    /// The same sentences as `description`.
    public var errorDescription: String? { description }
}
