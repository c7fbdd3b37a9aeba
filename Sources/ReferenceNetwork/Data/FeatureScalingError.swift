import Foundation

/// An error of samples that features cannot be scaled by or of.
public enum FeatureScalingError: Error, Sendable, Equatable {
    /// There are no samples to fit a scaling to.
    case noSamples
    /// The samples have another number of features than those that the scaling was fitted to.
    case width(fitted: Int, found: Int)
    /// The number of features is no multiple of those that the scaling was fitted to.
    case partialRow(fitted: Int, found: Int)
    /// A feature of a sample is NaN or infinite; samples and features count from 0.
    case notFinite(value: Float, sample: Int, feature: Int, name: String?)
    /// A feature of a sample is so far outside of the range that the scaling was fitted to that no Float holds it.
    case tooLarge(value: Float, sample: Int, feature: Int, name: String?)
}

extension FeatureScalingError: CustomStringConvertible, LocalizedError {
    /// Sentences that say what is wrong, where, and what to do.
    public var description: String {
        switch self {
        case .noSamples:
            "There are no samples to fit a scaling to. Fit it to the training part, with at least one sample."
        case .width(let fitted, let found):
            "The scaling was fitted to samples of \(fitted) features, but these have \(found). "
                + "Scale samples with the same columns."
        case .partialRow(let fitted, let found):
            "\(found) features are no whole rows of the \(fitted) that the scaling was fitted to. "
                + "Scale samples with the same columns."
        case .notFinite(let value, let sample, let feature, let name):
            Self.place(sample, feature, name) + " is \(value). "
                + "Replace what is no finite number before scaling, or remove the sample."
        case .tooLarge(let value, let sample, let feature, let name):
            Self.place(sample, feature, name)
                + " is \(value), so far outside of the range that the scaling was "
                + "fitted to that no 32-bit number holds it. Correct it, or remove the feature or the sample."
        }
    }

    /// The same sentences as `description`.
    public var errorDescription: String? { description }

    private static func place(_ sample: Int, _ feature: Int, _ name: String?) -> String {
        "Feature \(name?.debugDescription ?? "\(feature)") of sample \(sample), counted from 0,"
    }
}
