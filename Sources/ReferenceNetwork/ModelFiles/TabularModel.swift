import Regularization

/// A network that was trained on a table, with all that a prediction from another table needs: the columns, and the
/// scaling of features and of target values.
///
///     let model = TabularModel(network: network, schema: table.schema, scaling: scaling)
///     try model.write(to: "model.safetensors")
///
///     let model = try TabularModel(contentsOf: TensorFile("model.safetensors"))
///     let predictions = try model.predictions(in: .file("new.csv"))
public struct TabularModel: Sendable {
    /// The network, whose inputs are the scaled features.
    public let network: FeedForwardNetwork
    /// The columns of the training table, and the names of the classes.
    public let schema: TableSchema
    /// The scaling of the features; nil if the network was trained on them as they are.
    public let scaling: FeatureScaling?
    /// The scaling of the target values; nil if the network was trained on them as they are, or on classes.
    public let targetScaling: TargetScaling?

    /// Makes a model of a network and of the columns and scalings that it was trained with.
    ///
    /// Traps unless they fit each other: an input for each feature; for classes the softmax cross-entropy and an output
    /// for each, or for two classes the binary cross-entropy and one output; for target values one of the other losses
    /// and an output for each column, scaled only with the mean squared error.
    public init(
        network: FeedForwardNetwork, schema: TableSchema, scaling: FeatureScaling? = nil,
        targetScaling: TargetScaling? = nil
    ) {
        self = trapping(
            try Self(checking: network, schema: schema, scaling: scaling, targetScaling: targetScaling))
    }

    init(
        checking network: FeedForwardNetwork, schema: TableSchema, scaling: FeatureScaling?,
        targetScaling: TargetScaling?
    ) throws(ArgumentError) {
        (self.network, self.schema) = (network, schema)
        (self.scaling, self.targetScaling) = (scaling, targetScaling)
        try checkInputs()
        try checkOutputs()
    }

    private func checkInputs() throws(ArgumentError) {
        let features = schema.features.count
        guard network.inputs == features else {
            throw ArgumentError(
                """
                The network has \(counted(network.inputs, "input")), but the table has \
                \(counted(features, "feature")).
                """
            )
        }
        if let scaling, scaling.offsets.count != features {
            throw ArgumentError(
                """
                The scaling is for \(counted(scaling.offsets.count, "feature")), but the table has \
                \(counted(features, "feature")).
                """)
        }
    }

    private func checkOutputs() throws(ArgumentError) {
        let (loss, outputs) = (network.loss, network.outputs)
        let (fits, targets) =
            switch schema.target {
            case .classes(_, let names):
                (
                    loss == .softmaxCrossEntropy && outputs == names.count
                        || loss == .binaryCrossEntropy && outputs == 1 && names.count == 2,
                    counted(names.count, "class", "classes")
                )
            case .values(let columns):
                (
                    loss != .softmaxCrossEntropy && outputs == columns.count,
                    "\(counted(columns.count, "column")) of target values"
                )
            }
        guard fits else {
            throw ArgumentError(
                "The loss \(loss.rawValue) with \(counted(outputs, "output")) does not fit a table of \(targets)."
            )
        }
        guard let targetScaling else { return }
        guard loss == .meanSquaredError else {
            throw ArgumentError("Target values have no scaling with the loss \(loss.rawValue).")
        }
        guard targetScaling.offsets.count == outputs else {
            throw ArgumentError(
                """
                The scaling of targets is for \(counted(targetScaling.offsets.count, "column")), but the table has \
                \(targets).
                """)
        }
    }
}
