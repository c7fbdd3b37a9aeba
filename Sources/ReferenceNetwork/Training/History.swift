import Regularization

/// What an epoch of training measured: the data loss and each penalty apart.
public struct EpochRecord: Sendable, Hashable, Codable {
    /// The number of the epoch, from 1; a second training with an optimizer counts on.
    public let epoch: Int
    /// The learning rate of the last step.
    public let learningRate: Float
    /// The data loss in training mode, a mean over the samples as they were trained on.
    public let trainingLoss: Double
    /// The data loss in evaluation mode on the validation part at the end of the epoch; nil without one.
    public let validationLoss: Double?
    /// What each penalty adds at the end of the epoch: those on weights first, to the training and to the validation
    /// loss alike, because they depend on the weights alone; then those on outputs, whose stage is `.activity`, as
    /// they were on the last training batch.
    public let contributions: [Contribution]
    /// ‖r‖ over all parameters at the end of the epoch, see `StationarityResidual`; nil unless the trainer measures
    /// it.
    public let stationarityResidual: Double?
    /// The wall-clock time since this training began.
    public let seconds: Double

    /// The sum of the weighted penalties.
    public var penalty: Double { contributions.reduce(0) { $0 + $1.weightedValue } }
    /// The data loss in training plus the penalties.
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

/// The records of a training run.
public struct History: Sendable, Hashable, Codable {
    /// A record for each epoch that was finished.
    public internal(set) var epochs: [EpochRecord] = []
    /// The epoch with the lowest validation loss, whose parameters the model has after early stopping; nil
    /// without early stopping.
    public internal(set) var bestEpoch: Int?
    /// What went wrong without an error, a sentence each: that a layer lost every weight under a penalty.
    public internal(set) var warnings: [String] = []

    init() {}
}
