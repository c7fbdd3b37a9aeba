import Foundation

/// The data loss of a network, a mean over the samples of a batch, computed from the outputs of the last
/// layer before any softmax or sigmoid.
public enum Loss: String, Sendable, Hashable, CaseIterable, Codable {
    /// −log softmax(z)_y of the sample's class y, normalised over the outputs of each sample by the
    /// log-sum-exp.
    case softmaxCrossEntropy
    /// max(z, 0) − zy + log(1 + e^−|z|) for targets y in [0, 1], or two classes and one output; a mean over
    /// outputs too.
    case binaryCrossEntropy
    /// (z − y)², a mean over outputs too.
    case meanSquaredError

    /// Replaces logits by what `predict` returns: class probabilities, probabilities, or the values.
    func finish(_ logits: inout MutableSpan<Float>, outputs: Int) {
        switch self {
        case .softmaxCrossEntropy:
            for sample in 0..<(outputs == 0 ? 0 : logits.count / outputs) {
                _ = logits.normalize(from: sample * outputs, count: outputs)
            }
        case .binaryCrossEntropy:
            for index in 0..<logits.count { logits[index] = logistic(logits[index]) }
        case .meanSquaredError:
            return
        }
    }

    /// The mean loss, and in place of the logits its gradient with respect to them.
    func differentiate(_ logits: inout MutableSpan<Float>, outputs: Int, towards targets: Targets) -> Double {
        let samples = outputs == 0 ? 0 : logits.count / outputs
        guard samples > 0 else { return 0 }
        switch (self, targets) {
        case (.softmaxCrossEntropy, .classes(let classes, _)):
            var sum = 0.0
            let scale = 1 / Float(samples)
            for sample in 0..<samples {
                let start = sample * outputs
                let logit = logits[start + classes[sample]]
                sum += Double(logits.normalize(from: start, count: outputs) - logit)
                logits[start + classes[sample]] -= 1
                for index in start..<start + outputs { logits[index] *= scale }
            }
            return sum / Double(samples)
        case (.binaryCrossEntropy, .classes(let classes, _)):
            return logits.differentiateBinary { Float(classes[$0]) }
        case (.binaryCrossEntropy, .values(let values, _)):
            return logits.differentiateBinary { values[$0] }
        case (.meanSquaredError, .values(let values, _)):
            var sum = 0.0
            let scale = 2 / Float(logits.count)
            for index in 0..<logits.count {
                let difference = logits[index] - values[index]
                sum += Double(difference) * Double(difference)
                logits[index] = scale * difference
            }
            return sum / Double(logits.count)
        case (.softmaxCrossEntropy, .values), (.meanSquaredError, .classes):
            preconditionFailure("The loss \(rawValue) does not fit these targets; see `check(_:)`.")
        }
    }
}

extension MutableSpan<Float> {
    /// Replaces some logits by their softmax and returns their log-sum-exp.
    fileprivate mutating func normalize(from start: Int, count: Int) -> Float {
        var largest = self[start]
        for index in start..<start + count { largest = Swift.max(largest, self[index]) }
        var sum: Float = 0
        for index in start..<start + count {
            self[index] = exp(self[index] - largest)
            sum += self[index]
        }
        for index in start..<start + count { self[index] /= sum }
        return largest + log(sum)
    }

    /// The mean binary cross-entropy, and in place of the logits its gradient.
    fileprivate mutating func differentiateBinary(_ target: (Int) -> Float) -> Double {
        var sum = 0.0
        let scale = 1 / Float(count)
        for index in 0..<count {
            let (logit, target) = (self[index], target(index))
            sum += Double(Swift.max(logit, 0) - logit * target + log1p(exp(-abs(logit))))
            self[index] = scale * (logistic(logit) - target)
        }
        return sum / Double(count)
    }
}
