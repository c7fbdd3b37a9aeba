import Regularization

/// An error of samples that a network cannot be trained or evaluated on.
public enum ModelError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The samples have another number of features than the network has inputs.
    case features(expected: Int, found: Int)
    /// The loss does not take targets of this kind, or this number of classes or values; `found` describes them.
    case targets(loss: Loss, outputs: Int, found: String)
    /// A target value, of the sample with this index, is outside of the range that the loss takes.
    case target(loss: Loss, sample: Int, value: Float)
    /// A feature or a target of the sample with this index is NaN or infinite; `what` names it.
    case notFinite(what: String, sample: Int, value: Float)
    /// A penalty on outputs does not accept the shape of the outputs for this number of samples.
    case activity(PenaltyError)

    /// What does not fit, and what to do, in one or two sentences.
    public var description: String {
        switch self {
        case .features(let expected, let found):
            """
            The network has \(expected) inputs, but the samples have \(found) features. Make it with \
            inputs: \(found), or pass the features that it was made for.
            """
        case .targets(let loss, let outputs, let found):
            """
            The loss \(loss.rawValue) with \(outputs) outputs takes \(loss.targets(outputs: outputs)), \
            but the samples have \(found). Choose a loss that takes these, or make the network with other outputs.
            """
        case .target(let loss, let sample, let value):
            """
            The loss \(loss.rawValue) takes targets from 0 to 1, but sample \(sample) has \(value); scale the targets, \
            or choose meanSquaredError.
            """
        case .notFinite(let what, let sample, let value):
            "\(what) of sample \(sample) is \(value); fill in the value, or leave the sample out."
        case .activity(let error):
            error.description
        }
    }
}

extension ModelError {
    /// The same error of a sample in a part of some data that begins at an index.
    func movingSample(by start: Int) -> ModelError {
        switch self {
        case .target(let loss, let sample, let value):
            .target(loss: loss, sample: start + sample, value: value)
        case .notFinite(let what, let sample, let value):
            .notFinite(what: what, sample: start + sample, value: value)
        default: self
        }
    }
}
