import Foundation
import Regularization

/// The data loss of a network: a mean over the samples of a batch, computed from the logits z, the outputs of the last
/// layer before any softmax or sigmoid.
public enum Loss: String, Sendable, Hashable, CaseIterable, Codable {
    /// −log softmax(z)_y for the class y of the sample: log Σⱼ exp(zⱼ) − z_y over the outputs j.
    case softmaxCrossEntropy
    /// max(z, 0) − zy + log(1 + e^−|z|) for targets y in [0, 1], or for two classes and one output; a mean over outputs
    /// too.
    case binaryCrossEntropy
    /// (z − y)², a mean over outputs too.
    case meanSquaredError

    /// Replaces the logits, samples × outputs, by predictions: class probabilities, probabilities, or the values
    /// unchanged.
    func finish(_ logits: inout MutableSpan<Float>, outputs: Int) {
        switch self {
        case .softmaxCrossEntropy:
            logits.subtractRowMaxima(width: outputs)
            replaceByExponentials(&logits)
            _ = logits.normalizeRows(width: outputs, to: 1)
        case .binaryCrossEntropy:
            for index in 0..<logits.count { logits[index] = logistic(logits[index]) }
        case .meanSquaredError:
            return
        }
    }

    /// The mean loss over samples; replaces the logits, samples × outputs, by the gradient of that mean with respect to
    /// them.
    ///
    /// 0 if there are no samples or no outputs. Traps if the targets are not of the kind that the loss takes.
    func differentiate(_ logits: inout MutableSpan<Float>, outputs: Int, toward targets: Targets) -> Double {
        let samples = outputs == 0 ? 0 : logits.count / outputs
        guard samples > 0 else { return 0 }
        switch (self, targets) {
        case (.softmaxCrossEntropy, .classes(let classes, _)):
            var sum = 0.0
            let scale = 1 / Float(samples)
            logits.subtractRowMaxima(width: outputs)
            for sample in 0..<samples { sum -= Double(logits[sample * outputs + classes[sample]]) }
            replaceByExponentials(&logits)
            sum += logits.normalizeRows(width: outputs, to: scale)
            for sample in 0..<samples { logits[sample * outputs + classes[sample]] -= scale }
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
            fatalError("The loss \(rawValue) does not fit these targets; see `check(_:)`.")
        }
    }
}

extension MutableSpan<Float> {
    /// Subtracts from each row its largest element, so that no exponential overflows.
    fileprivate mutating func subtractRowMaxima(width: Int) {
        for start in stride(from: 0, to: count, by: Swift.max(width, 1)) {
            var largest = self[start]
            for column in 1..<width { largest = Swift.max(largest, self[unchecked: start &+ column]) }
            for column in 0..<width { self[unchecked: start &+ column] -= largest }
        }
    }

    /// Multiplies each row by a factor that makes its sum `total`; returns the sum over rows of the logarithms of the
    /// sums before.
    ///
    /// Sums and logarithms are in Double, because a loss is a small difference of a logarithm and a logit, which may
    /// both be large.
    fileprivate mutating func normalizeRows(width: Int, to total: Float) -> Double {
        var logarithms = 0.0
        for start in stride(from: 0, to: count, by: Swift.max(width, 1)) {
            var sum = 0.0
            for column in 0..<width { sum += Double(self[unchecked: start &+ column]) }
            let factor = total / Float(sum)
            for column in 0..<width { self[unchecked: start &+ column] *= factor }
            logarithms += log(sum)
        }
        return logarithms
    }

    /// The mean binary cross-entropy; replaces the logits by its gradient with respect to them.
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
