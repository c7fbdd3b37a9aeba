import Regularization

/// A feed-forward network of linear layers: the reference model.
///
/// Every layer but the last is followed by the activation and by dropout. Parameters are named and shaped as
/// PyTorch names a list `fully` of linear layers: `fully.0.weight` [hidden, inputs], `fully.0.bias` [hidden], …
/// The loss is computed from the last layer's outputs; `predictions` applies the softmax or sigmoid to them.
///
///     var network = FeedForwardNetwork(inputs: 30, hidden: [100, 200, 300, 100], outputs: 5, dropout: 0.2)
///
/// Without hidden layers it is a linear model. The same seed gives the same weights, and the same dropout at
/// the same position.
public struct FeedForwardNetwork: Model, Sendable {
    /// The parameters, a weight and, if layers have one, a bias for each layer.
    public var parameters: Parameters
    /// The number of features of a sample.
    public let inputs: Int
    /// The number of units of each hidden layer.
    public let hidden: [Int]
    /// The number of outputs of the last layer.
    public let outputs: Int
    /// Whether layers add a bias; without, there is no parameter `fully.0.bias`.
    public let bias: Bool
    /// The function of each hidden unit.
    public let activation: Activation
    /// The share of hidden outputs that are dropped in training, in [0, 1); the others are divided by
    /// 1 − dropout.
    public let dropout: Float
    /// The data loss.
    public let loss: Loss
    /// What the weights that it was made with and the units that dropout drops are drawn from.
    public let seed: UInt64
    /// The number of units of each layer, the last included.
    let widths: [Int]
    var workspace = Workspace()
    /// The penalties on outputs, with what the last step put out.
    var activity = ActivityPlan()

    /// Makes a network with random weights; traps if a width is negative or dropout is not in [0, 1).
    ///
    /// Without biases the weights start as they do with them: biases are drawn in either case.
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
        require((0..<1).contains(dropout), "Dropout is in [0, 1), not \(dropout).")
        self.inputs = inputs
        self.hidden = hidden
        self.outputs = outputs
        self.bias = bias
        self.activation = activation
        self.dropout = dropout
        self.loss = loss
        self.seed = seed
        var generator = SeededGenerator(seed: seed)
        var tensors: [(name: String, shape: Shape, values: [Float])] = []
        for (layer, (width, next)) in zip(inputWidths, widths).enumerated() {
            let (weights, biases) = initialization.draw(inputs: width, outputs: next, using: &generator)
            tensors.append(("fully.\(layer).weight", [next, width], weights))
            if bias { tensors.append(("fully.\(layer).bias", [next], biases)) }
        }
        parameters = Parameters(tensors)
    }

    /// The tensor of a layer's weights; that of its biases, where there are some, is the next.
    func weightTensor(of layer: Int) -> Int { bias ? 2 * layer : layer }

    /// The outputs for some samples without dropout, row-major, samples × outputs: class probabilities for
    /// softmax cross-entropy, probabilities for binary cross-entropy, values for the mean squared error.
    ///
    /// `features` are row-major, samples × inputs; traps if they are no whole number of samples. A network
    /// without inputs is a constant, and its samples have no features that could be counted: their number is
    /// 0 unless given.
    public func predictions(for features: [Float], samples: Int? = nil) -> [Float] {
        var result = logits(for: features, samples: samples)
        var span = result.mutableSpan
        loss.finish(&span, outputs: outputs)
        return result
    }

    /// The outputs of the last layer without dropout, before any softmax or sigmoid.
    ///
    /// `features` and `samples` are as for `predictions`.
    public func logits(for features: [Float], samples: Int? = nil) -> [Float] {
        let samples = samples ?? (inputs == 0 ? 0 : features.count / inputs)
        require(
            samples >= 0 && features.count == samples * inputs,
            "\(features.count) features are not those of \(samples) samples of \(inputs) inputs.")
        return evaluate(features, samples: samples)
    }

    /// The share of samples whose class is predicted.
    ///
    /// With binary cross-entropy the class is whether the probability is over a half. A sample whose outputs are
    /// not numbers counts as wrong. Traps if the targets are no classes or if the samples have another number of
    /// features than the network has inputs.
    public func accuracy(on samples: Samples) -> Double {
        guard case .classes(let classes, _) = samples.targets else {
            fatalError("Accuracy needs classes as targets.")
        }
        require(
            samples.inputs == inputs,
            "The network has \(inputs) inputs, but the samples have \(samples.inputs) features.")
        let logits = evaluate(samples.features, samples: samples.count)
        var correct = 0
        for (sample, target) in classes.enumerated() {
            let row = logits[sample * outputs..<(sample + 1) * outputs]
            if row.contains(where: \.isNaN) { continue }
            let best = row.indices.max { row[$0] < row[$1] }.map { $0 - row.startIndex }
            let isBinary = loss == .binaryCrossEntropy && outputs == 1
            if (isBinary ? (row[row.startIndex] > 0 ? 1 : 0) : best) == target { correct += 1 }
        }
        return classes.isEmpty ? .nan : Double(correct) / Double(classes.count)
    }
}
