import Regularization

/// An error of samples that a network cannot be trained or evaluated on.
public enum ModelError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The samples have another number of features than the network has inputs.
    case features(expected: Int, found: Int)
    /// The loss does not take targets of this kind, or this number of classes or values; `found` describes them.
    case targets(loss: Loss, outputs: Int, found: String)
    /// A target value, of the sample with this index in the batch, is outside of the range that the loss takes.
    case target(loss: Loss, sample: Int, value: Float)
    /// A penalty on outputs does not accept the shape of the outputs for this number of samples.
    case activity(PenaltyError)

    /// A sentence that says what does not fit, and what would.
    public var description: String {
        switch self {
        case .features(let expected, let found):
            "The network has \(expected) inputs, but the samples have \(found) features."
        case .targets(let loss, let outputs, let found):
            """
            The loss \(loss.rawValue) with \(outputs) outputs takes \(loss.targets(outputs: outputs)), \
            but the samples have \(found).
            """
        case .target(let loss, let sample, let value):
            "The loss \(loss.rawValue) takes targets from 0 to 1, but sample \(sample) of the batch has \(value)."
        case .activity(let error):
            error.description
        }
    }
}

extension FeedForwardNetwork {
    /// Checks that samples fit the network's inputs, outputs, loss and penalties on outputs.
    ///
    /// - Throws: `ModelError`.
    /// - Complexity: O(samples × outputs) for binary cross-entropy with values; else independent of the number of
    ///   samples.
    public func check(_ batch: Samples) throws(ModelError) {
        do { try activity.check(samples: batch.count) } catch { throw .activity(error) }
        guard batch.inputs == inputs else {
            throw .features(expected: inputs, found: batch.inputs)
        }
        switch (loss, batch.targets) {
        case (.softmaxCrossEntropy, .classes(_, let names)) where names.count <= outputs: return
        case (.binaryCrossEntropy, .classes(_, let names)) where names.count <= 2 && outputs == 1: return
        case (.binaryCrossEntropy, .values(let values, outputs)):
            if let index = values.firstIndex(where: { !(0...1).contains($0) }) {
                throw .target(loss: loss, sample: index / outputs, value: values[index])
            }
        case (.meanSquaredError, .values(_, outputs)): return
        case (_, .classes(_, let names)):
            throw .targets(loss: loss, outputs: outputs, found: "\(names.count) classes")
        case (_, .values(_, let width)):
            throw .targets(loss: loss, outputs: outputs, found: "\(width) values each")
        }
    }
}

extension Loss {
    /// The targets that the loss takes, as the end of a sentence.
    fileprivate func targets(outputs: Int) -> String {
        switch self {
        case .softmaxCrossEntropy: "at most \(outputs) classes"
        case .binaryCrossEntropy where outputs == 1: "two classes or one value each"
        case .binaryCrossEntropy, .meanSquaredError: "\(outputs) values each"
        }
    }
}
