import Regularization

extension FeedForwardNetwork {
    /// The smallest strength of a regularizer on the weights at which all weights are zero at the optimum, for a
    /// network without hidden layers; its biases, if it has some, are free.
    ///
    ///     let largest = try network.smallestZeroingStrength(of: L1(), on: samples)
    ///
    /// The network's own weights do not matter. The gradient of the loss with respect to weights that are zero, outputs
    /// × inputs, is
    ///
    ///     G = c/Σwᵢ · Σ wᵢ (p − yᵢ) xᵢᵀ      over the samples
    ///
    /// with the sample weights w, the prediction p, which is the same for all samples, and the target y. The factor c
    /// depends on the loss: 1 for softmax cross-entropy, 1/outputs for binary cross-entropy, 2/outputs for the mean
    /// squared error. With the best biases p is the weighted mean of the targets, for softmax cross-entropy the
    /// frequency of the classes, and G is −c times their covariance with the features. It is exact where the best bias
    /// is infinite too: a class that does not occur adds nothing, and where all samples have the same targets the
    /// strength is 0. Without biases p is that of zero logits: 1/outputs for softmax cross-entropy, ½ for binary
    /// cross-entropy, 0 for the mean squared error.
    ///
    /// - Throws: `LinearModelError` for a network with hidden layers, or for no samples or samples that all weigh 0,
    ///   `ModelError` for samples that do not fit the network, `ZeroingStrengthError` for a regularizer for which it is
    ///   not known.
    /// - Complexity: O(samples × inputs × outputs).
    public func smallestZeroingStrength(of regularizer: some Regularizer, on samples: Samples) throws
        -> Double
    {
        let gradient = try weightGradientAtZero(on: samples)
        return try regularizer.smallestZeroingStrength(
            gradient: Weights(shape: [outputs, inputs], gradient.span))
    }

    /// The gradient of the loss with respect to the weights, row-major, outputs × inputs, where they are zero and any
    /// biases at their optimum.
    ///
    /// Sums are in Double.
    func weightGradientAtZero(on samples: Samples) throws -> [Float] {
        guard hidden.isEmpty else { throw LinearModelError.hiddenLayers(hidden) }
        try check(samples)
        let target = { (sample: Int, output: Int) -> Double in
            switch samples.targets {
            case .values(let values, let outputs): Double(values[sample * outputs + output])
            case .classes(let classes, _) where loss == .softmaxCrossEntropy:
                classes[sample] == output ? 1 : 0
            case .classes(let classes, _): Double(classes[sample])
            }
        }
        let weights = (0..<samples.count).map(samples.relativeWeight)
        let totalWeight = weights.reduce(0, +)
        guard let first = weights.firstIndex(where: { $0 > 0 }) else { throw LinearModelError.noSamples }
        let scale = loss.residualFactor(outputs: outputs) / totalWeight
        var gradient: [Float] = []
        gradient.reserveCapacity(outputs * inputs)
        var sums = Array(repeating: 0.0, count: inputs)
        for output in 0..<outputs {
            // The mean from one target on, so that targets that agree have exactly that mean.
            let origin = target(first, output)
            let prediction =
                bias
                ? origin + weights.indices.reduce(0) { $0 + weights[$1] * (target($1, output) - origin) }
                    / totalWeight
                : loss.predictionAtZero(outputs: outputs)
            for input in 0..<inputs { sums[input] = 0 }
            for sample in 0..<samples.count {
                let difference = scale * weights[sample] * (prediction - target(sample, output))
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
    /// The factor c with which the derivative of a sample's loss by one logit is c · (prediction − target).
    fileprivate func residualFactor(outputs: Int) -> Double {
        switch self {
        case .softmaxCrossEntropy: 1
        case .binaryCrossEntropy: 1 / Double(outputs)
        case .meanSquaredError: 2 / Double(outputs)
        }
    }

    /// The prediction for each output where all logits are 0.
    fileprivate func predictionAtZero(outputs: Int) -> Double {
        switch self {
        case .softmaxCrossEntropy: 1 / Double(outputs)
        case .binaryCrossEntropy: 0.5
        case .meanSquaredError: 0
        }
    }
}
