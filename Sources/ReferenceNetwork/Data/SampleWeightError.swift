import Foundation
import Regularization

/// An error of sample weights or class weights that samples cannot have.
public enum SampleWeightError: Error, Sendable, Equatable {
    /// There are more or fewer weights than samples.
    case count(samples: Int, weights: Int)
    /// A weight is negative, not finite, or neither 0 nor a normal Float; it may be a product of weights.
    case outOfRange(sample: Int, weight: Double)
    /// The weight of a class is negative, not finite, or neither 0 nor a normal Float.
    case classOutOfRange(String, weight: Float)
    /// All of the samples, of which there is at least one, weigh 0.
    case allZero(samples: Int)
    /// A weight is given for a class that the samples do not have.
    case unknownClass(String, classes: [String])
    /// Class weights need classes, but the targets are values.
    case noClasses
}

extension SampleWeightError: CustomStringConvertible, LocalizedError {
    /// Sentences that say what is wrong and what to do.
    public var description: String {
        switch self {
        case .count(let samples, let weights):
            "There are \(samples) samples, but \(weights) sample weights. Give one weight for each sample."
        case .outOfRange(let sample, let weight):
            "The weight of sample \(sample), counted from 0, is \(weight). "
                + "A weight is 0, or a number from 1.2e-38 to 3.4e38."
        case .classOutOfRange(let name, let weight):
            "The weight of class \(shown(name)) is \(weight). "
                + "A weight is 0, or a number from 1.2e-38 to 3.4e38."
        case .allZero(let samples):
            "All \(samples) samples weigh 0, so that there is no loss. Give at least one a weight above 0."
        case .unknownClass(let name, let classes):
            "There is no class \(shown(name)) to weight. "
                + (classes.isEmpty
                    ? "The samples have no classes." : listed(classes, "classes", nearestTo: name))
        case .noClasses:
            "Class weights need classes, but the targets are values. Give sample weights instead: weighted(by:)."
        }
    }

    /// The same sentences as `description`.
    public var errorDescription: String? { description }
}
