import Regularization

extension FeedForwardNetwork {
    /// The smallest strength of a regularizer on the weights at which all weights are zero at the optimum,
    /// for a network without hidden layers; its biases are free.
    ///
    ///     let largest = try network.smallestZeroingStrength(of: L1(), on: samples)
    ///
    /// The network's own weights do not matter. At zero weights and the best biases every sample's prediction
    /// is the mean of the targets, for softmax cross-entropy the frequency of the classes, so the gradient of
    /// the weights is their covariance with the features. It is exact where the best bias is infinite too: a
    /// class that does not occur adds nothing, and where all samples have the same targets the strength is 0.
    ///
    /// - Throws: `LinearModelError` for a network with hidden layers or for no samples, `ModelError` for
    ///   samples that do not fit the network, `ZeroingStrengthError` for a regularizer for which it is not
    ///   known.
    /// - Complexity: O(samples × inputs × outputs).
    public func smallestZeroingStrength(of regularizer: some Regularizer, on samples: Samples) throws
        -> Double
    {
        let gradient = try weightGradientAtZero(on: samples)
        return try regularizer.smallestZeroingStrength(
            gradient: Weights(shape: [outputs, inputs], gradient.span))
    }

    /// The gradient of the weights, [outputs, inputs], where they are zero and the biases at their optimum,
    /// summed in Double.
    func weightGradientAtZero(on samples: Samples) throws -> [Float] {
        guard hidden.isEmpty else { throw LinearModelError.hiddenLayers(hidden) }
        guard samples.count > 0 else { throw LinearModelError.noSamples }
        try check(samples)
        let target = { (sample: Int, output: Int) -> Double in
            switch samples.targets {
            case .values(let values, let outputs): Double(values[sample * outputs + output])
            case .classes(let classes, _) where loss == .softmaxCrossEntropy:
                classes[sample] == output ? 1 : 0
            case .classes(let classes, _): Double(classes[sample])
            }
        }
        let scale = loss.slope(outputs: outputs) / Double(samples.count)
        var gradient: [Float] = []
        gradient.reserveCapacity(outputs * inputs)
        var sums = Array(repeating: 0.0, count: inputs)
        for output in 0..<outputs {
            var mean = 0.0
            for sample in 0..<samples.count { mean += target(sample, output) / Double(samples.count) }
            for input in 0..<inputs { sums[input] = 0 }
            for sample in 0..<samples.count {
                let difference = scale * (mean - target(sample, output))
                for input in 0..<inputs {
                    sums[input] += difference * Double(samples.features[sample * inputs + input])
                }
            }
            gradient += sums.map { Float($0) }
        }
        return gradient
    }
}

extension Loss {
    /// The derivative of a sample's loss by one output is this times prediction − target.
    fileprivate func slope(outputs: Int) -> Double {
        switch self {
        case .softmaxCrossEntropy: 1
        case .binaryCrossEntropy: 1 / Double(outputs)
        case .meanSquaredError: 2 / Double(outputs)
        }
    }
}
