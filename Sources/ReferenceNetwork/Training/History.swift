import Regularization

/// The measurements of one epoch of training: the data loss, and each penalty on its own.
public struct EpochRecord: Sendable, Hashable, Codable {
    /// The number of the epoch, from 1; a second training with the same optimizer continues the count.
    public let epoch: Int
    /// The learning rate of the epoch's last step.
    public let learningRate: Float
    /// The data loss in training mode: the mean over the samples by their weights, each before the update of its batch.
    public let trainingLoss: Double
    /// The data loss in evaluation mode on the validation part at the end of the epoch; nil without a validation part.
    public let validationLoss: Double?
    /// The contribution of each penalty at the end of the epoch.
    ///
    /// Penalties on weights come first. They add the same to the training and to the validation loss, because they
    /// depend on the weights alone. Penalties on outputs follow, with the stage `.activity`, as they were on the last
    /// training batch.
    public let contributions: [Contribution]
    /// The norm ‖r‖ of the stationarity residual over all parameters at the end of the epoch, see
    /// `StationarityResidual`; nil unless the trainer measures it.
    public let stationarityResidual: Double?
    /// The share of the weights that are exactly zero at the end of the epoch, in [0, 1]: of the elements of tensors of
    /// rank 2 or more, biases excluded.
    public let exactZeroShare: Double
    /// The number of units with an outgoing weight that is not exactly zero, at the end of the epoch: of the inputs,
    /// then of each hidden layer; empty for a model that is not `UnitStructured`.
    ///
    /// In a layer that states no outgoing weights it is the number of units with an incoming weight or a bias.
    public let unitsAlive: [Int]
    /// The wall-clock time since the call of `fit` began to train, in seconds.
    public let seconds: Double

    /// The sum of the penalties, each times its strength.
    public var penalty: Double { contributions.reduce(0) { $0 + $1.weightedValue } }
    /// The data loss in training plus the penalties, as they are at the end of the epoch.
    public var trainingTotal: Double { trainingLoss + penalty }
    /// The data loss in validation plus the penalties on weights; nil without a validation part.
    ///
    /// Penalties on outputs are known for training samples only.
    public var validationTotal: Double? {
        validationLoss.map { loss in
            contributions.reduce(loss) { $1.stage == .activity ? $0 : $0 + $1.weightedValue }
        }
    }
}

/// The records of one call of `fit`.
public struct History: Sendable, Hashable, Codable {
    /// Why a training ended.
    public enum Ending: String, Sendable, Hashable, Codable, CaseIterable {
        /// The number of epochs was reached.
        case epochs
        /// The patience of early stopping was over.
        case earlyStopping
        /// The stationarity residual came down to the tolerance.
        case stationarity
        /// The function that is called after each epoch decided so.
        case callback
        /// The task was cancelled.
        case cancelled
    }

    /// One record for each epoch that was finished, in order.
    public internal(set) var epochs: [EpochRecord] = []
    /// Why the training ended; nil in the history of an error.
    ///
    /// Of several reasons after one epoch it is the first among early stopping, the callback, the residual and the
    /// number of epochs.
    public internal(set) var ending: Ending?
    /// The number of the epoch with the lowest validation loss, whose parameters the model has after early stopping;
    /// nil without early stopping, or before there is a candidate.
    public internal(set) var bestEpoch: Int?
    /// Sentences about what went wrong without being an error: a layer that lost every weight under a penalty.
    public internal(set) var warnings: [String] = []
    /// The returns to the start of an epoch with a lower learning rate, by the trainer's `Recovery`.
    public internal(set) var recoveries: [RecoveryRecord] = []

    init() {}
}
