import Foundation
import Regularization

/// Why there are no predictions for a table.
public enum PredictionError: Error, Sendable, Equatable {
    /// The table cannot be read, or its columns are not those of the training table.
    case table(CSVError)
    /// The features cannot be scaled.
    case features(FeatureScalingError)
    /// An output of the network for a row, from 0, or its value in the unit of the target is NaN or infinite.
    case notFinite(row: Int, output: Int)
}

extension PredictionError: CustomStringConvertible, LocalizedError {
    /// Sentences that say what is wrong, where, and what to do.
    public var description: String {
        switch self {
        case .table(let error): error.description
        case .features(let error): error.description
        case .notFinite(let row, let output):
            "Output \(output) for row \(row), both counted from 0, is not finite: features are too far outside of the "
                + "range that the model was trained on. Correct them, or remove the row."
        }
    }

    /// The same sentences as `description`.
    public var errorDescription: String? { description }
}
