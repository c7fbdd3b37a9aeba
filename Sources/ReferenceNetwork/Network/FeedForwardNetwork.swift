import Regularization

/// A feed-forward network of linear layers: the reference model.
///
/// Every layer but the last is followed by the activation and by dropout. Parameters are named and shaped as PyTorch
/// names a list `fully` of linear layers: `fully.0.weight` [hidden, inputs], `fully.0.bias` [hidden], … The loss is
/// computed from the outputs of the last layer, the logits; `predictions` applies the softmax or sigmoid to them.
///
///     var network = FeedForwardNetwork(inputs: 30, hidden: [100, 200, 300, 100], outputs: 5, dropout: 0.2)
///
/// Without hidden layers it is a linear model. The same seed gives the same initial weights, and the same dropout at
/// the same position. A layer may have no units, as after compaction: the network is then a constant.
public struct FeedForwardNetwork: Model, Sendable {
    /// The parameters in the order of the layers: a weight matrix and, if `bias` is true, a bias vector for each layer.
    public var parameters: Parameters
    /// The number of features of a sample, 0 or more.
    public let inputs: Int
    /// The number of units of each hidden layer; empty for a linear model.
    public let hidden: [Int]
    /// The number of outputs of the last layer, such as the number of classes.
    public let outputs: Int
    /// Whether each layer adds a bias; if not, there are no parameters `fully.0.bias` and so on.
    public let bias: Bool
    /// The activation function of the hidden units.
    public let activation: Activation
    /// The probability with which a hidden output is dropped in training, in [0, 1); the others are divided by 1 −
    /// dropout.
    public let dropout: Float
    /// The data loss, computed from the logits.
    public let loss: Loss
    /// The seed from which the initial weights and the units that dropout drops are drawn.
    public let seed: UInt64
    /// The number of units of each hidden layer, followed by the number of outputs.
    let widths: [Int]
    var workspace = Workspace()
    /// The penalties on outputs, with the outputs that the last step recorded.
    var activity = ActivityPlan()

    /// Makes a network with random weights; traps if a width is negative, if dropout is not in [0, 1), or if a layer's
    /// weights are more than an Int counts.
    ///
    /// With `bias: false` all weights are those of a network with biases and the same seed, since biases are drawn in
    /// either case.
    public init(
        inputs: Int, hidden: [Int], outputs: Int, bias: Bool = true, activation: Activation = .relu,
        dropout: Float = 0, loss: Loss = .softmaxCrossEntropy,
        initialization: Initialization = .kaimingUniform, seed: UInt64 = 0
    ) {
        widths = hidden + [outputs]
        let inputWidths = [inputs] + hidden
        require(
            inputs >= 0 && widths.allSatisfy { $0 >= 0 },
            "A layer's width is not negative: \([inputs] + widths).")
        self.inputs = inputs
        self.hidden = hidden
        self.outputs = outputs
        self.bias = bias
        self.activation = activation
        self.dropout = trapping(try ArgumentError.belowOne(dropout, "dropout", of: Self.self))
        self.loss = loss
        self.seed = seed
        var generator = SeededGenerator(seed: seed)
        var tensors: [(name: String, shape: Shape, values: [Float])] = []
        for (layer, (width, next)) in zip(inputWidths, widths).enumerated() {
            // Made first, since it says when the weights are too many.
            let shape: Shape = [next, width]
            let (weights, biases) = initialization.draw(inputs: width, outputs: next, using: &generator)
            tensors.append(("fully.\(layer).weight", shape, weights))
            if bias { tensors.append(("fully.\(layer).bias", [next], biases)) }
        }
        parameters = Parameters(tensors)
    }

    /// The index of a layer's weight tensor; its bias tensor, if there is one, is the next.
    func weightTensor(of layer: Int) -> Int { bias ? 2 * layer : layer }

    /// The predictions for some samples without dropout, row-major, samples × outputs: class probabilities for softmax
    /// cross-entropy, probabilities for binary cross-entropy, values for the mean squared error.
    ///
    /// `features` are row-major, samples × inputs. Traps if they are not a whole number of samples, or not those of
    /// `samples` samples. A network without inputs is a constant, and its samples have no features that could be
    /// counted: pass `samples`, which is 0 then unless given.
    ///
    /// - Complexity: O(samples × weights).
    public func predictions(for features: [Float], samples: Int? = nil) -> [Float] {
        var result = logits(for: features, samples: samples)
        finish(&result)
        return result
    }

    /// Replaces logits by predictions.
    func finish(_ logits: inout [Float]) {
        var span = logits.mutableSpan
        loss.finish(&span, outputs: outputs)
    }

    /// The logits for some samples, row-major, samples × outputs: the outputs of the last layer without dropout, before
    /// any softmax or sigmoid.
    ///
    /// `features` and `samples` are as for `predictions`.
    public func logits(for features: [Float], samples: Int? = nil) -> [Float] {
        let samples = samples ?? (inputs == 0 ? 0 : features.count / inputs)
        require(
            samples >= 0 && features.count.isMultiple(of: inputs)
                && (inputs == 0 || features.count / inputs == samples),
            "\(features.count) features are not those of \(samples) samples of \(inputs) inputs.")
        return evaluate(features, samples: samples)
    }

    /// The share of samples whose class is predicted, by their weights, in [0, 1]; NaN if there are no samples or all
    /// weigh 0.
    ///
    /// Predicted is the class of the largest logit, the first if several are equal; with binary cross-entropy and one
    /// output, class 1 where the probability is over a half, else class 0. A sample with a logit that is NaN counts as
    /// wrong. Traps if the targets are no classes, or if the samples have another number of features than the network
    /// has inputs.
    ///
    /// - Complexity: O(samples × weights).
    public func accuracy(on samples: Samples) -> Double {
        guard case .classes(let classes, _) = samples.targets else {
            fatalError("Accuracy needs classes as targets.")
        }
        require(
            samples.inputs == inputs,
            "The network has \(inputs) inputs, but the samples have \(samples.inputs) features.")
        let logits = evaluate(samples.features, samples: samples.count)
        var correct = 0.0
        var total = 0.0
        for (sample, target) in classes.enumerated() {
            let weight = samples.relativeWeight(of: sample)
            total += weight
            let row = logits[sample * outputs..<(sample + 1) * outputs]
            if predictedClass(row) == target { correct += weight }
        }
        return correct / total
    }

    /// The class that the logits of a sample predict; nil if one of them is NaN, or if there are none.
    func predictedClass(_ logits: ArraySlice<Float>) -> Int? {
        if logits.contains(where: \.isNaN) { return nil }
        if loss == .binaryCrossEntropy && outputs == 1 { return logits[logits.startIndex] > 0 ? 1 : 0 }
        return logits.indices.max { logits[$0] < logits[$1] }.map { $0 - logits.startIndex }
    }
}
