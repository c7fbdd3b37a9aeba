import Regularization

extension FeedForwardNetwork {
    /// Checks that samples fit the network's inputs, outputs, loss and penalties on outputs, and that their numbers are
    /// finite.
    ///
    /// - Throws: `ModelError`, with the index of the sample that is to blame.
    /// - Complexity: O(samples × (inputs + outputs)).
    public func check(_ batch: Samples) throws(ModelError) {
        try checkShapes(of: batch)
        try batch.checkFinite()
        if loss == .binaryCrossEntropy, case .values(let values, let outputs) = batch.targets,
            let index = values.firstIndex(where: { !(0...1).contains($0) })
        {
            throw .target(loss: loss, sample: index / outputs, value: values[index])
        }
    }

    /// Throws unless a batch has as many features and targets as the network takes, whatever their values.
    func checkShapes(of batch: Samples) throws(ModelError) {
        do { try activity.check(samples: batch.count) } catch { throw .activity(error) }
        guard batch.inputs == inputs else {
            throw .features(expected: inputs, found: batch.inputs)
        }
        switch (loss, batch.targets) {
        case (.softmaxCrossEntropy, .classes(_, let names)) where names.count <= outputs: return
        case (.binaryCrossEntropy, .classes(_, let names)) where names.count <= 2 && outputs == 1: return
        case (.binaryCrossEntropy, .values(_, outputs)), (.meanSquaredError, .values(_, outputs)): return
        case (_, .classes(_, let names)):
            throw .targets(loss: loss, outputs: outputs, found: "\(names.count) classes")
        case (_, .values(_, let width)):
            throw .targets(loss: loss, outputs: outputs, found: "\(width) values each")
        }
    }
}

extension Loss {
    /// The targets that the loss takes, as the end of a sentence.
    func targets(outputs: Int) -> String {
        switch self {
        case .softmaxCrossEntropy: "at most \(outputs) classes"
        case .binaryCrossEntropy where outputs == 1: "two classes or one value each"
        case .binaryCrossEntropy, .meanSquaredError: "\(outputs) values each"
        }
    }
}
