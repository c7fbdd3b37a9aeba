import Foundation

/// An error of `split`: samples that cannot be divided into a training and a test part.
public enum SplitError: Error, Sendable, Equatable {
    /// The share of the test part is not greater than 0 and less than 1.
    case shareOutOfRange(Double)

    /// One of the parts, with these numbers of samples, would be empty.
    case emptyPart(training: Int, test: Int)

    /// A class has a single sample, which cannot be in both parts.
    case singleSample(className: String)

    /// All samples of a part, the training or the test part, weigh 0.
    case weightlessPart(String, samples: Int)
}

extension SplitError: CustomStringConvertible, LocalizedError {
    /// Sentences that say what is wrong and what to do.
    public var description: String {
        switch self {
        case .shareOutOfRange(let share):
            "The test share is \(share). Choose a number between 0 and 1, such as 0.25."
        case .emptyPart(let training, let test):
            "A split into \(training) training and \(test) test samples leaves one part empty. "
                + "Choose another test share or bring more samples."
        case .singleSample(let className):
            "Class \(className.debugDescription) has a single sample, which cannot be in both parts. "
                + "Remove the class or bring more samples of it."
        case .weightlessPart(let part, let samples):
            "All \(samples) samples of the \(part) part weigh 0. "
                + "Choose another seed or test share, or remove the samples that weigh 0."
        }
    }

    /// The same sentences as `description`.
    public var errorDescription: String? { description }
}
