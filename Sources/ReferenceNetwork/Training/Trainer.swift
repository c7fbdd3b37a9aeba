import Regularization

/// Mini-batch training of any `Model` with any `Optimizer`.
///
///     var optimizer = try Adam(learningRate: 1e-3).regularized(
///         by: [.proximalStep(L1(), strength: 3e-4)], over: network.parameters)
///     let history = try Trainer(epochs: 100, batchSize: 32).fit(
///         &network, to: training, validation: validation, with: &optimizer)
///
/// The same seed gives the same bits. A line shows the progress. A number that becomes NaN or infinite
/// ends the training, with an error that says which one it is and in which step; with snapshots it leaves the model as
/// it was before that step.
public struct Trainer: Sendable {
    /// The number of passes over the training part, 1 or more; with `.max` training goes on until something stops it.
    public var epochs: Int
    /// The number of samples of a step, 1 or more; the last step of an epoch takes the samples that are left.
    public var batchSize: Int
    /// The seed of the order in which samples are drawn; an epoch's order depends on it and on the epoch's number
    /// alone.
    public var seed: UInt64
    /// The learning rate as a function of the step, which replaces the optimizer's own; nil keeps that.
    public var learningRate: Schedule?
    /// The rule that stops training early; nil for none.
    public var earlyStopping: EarlyStopping?
    /// The norm of the stationarity residual, over the training part, at or below which training stops; nil if it is
    /// not measured.
    ///
    /// It is measured after each epoch, in the optimizer's metric, which costs another pass over the training part.
    /// With 0 it is recorded in the history and hardly ever stops training. A model with dropout has noisy gradients.
    /// After the measurement the model's own contributions are those of its pass.
    public var stationarityTolerance: Double?
    /// The rule that goes on after a number became NaN or infinite; nil throws `TrainingError.notFinite`.
    public var recovery: Recovery?
    /// The copies of the parameters and the optimizer that are kept in order to go back.
    public var snapshots: Snapshots
    /// The file that has the measurements while it trains; nil for none.
    public var log: TrainingLog?
    /// Whether a line on standard error shows the progress; where that is no terminal, a training of more than ten
    /// seconds writes one now and then.
    public var showsProgress: Bool

    /// The copies of the parameters and the optimizer that are kept during training.
    public enum Snapshots: Sendable, Hashable {
        /// The copy from the start of an epoch; a failed step is found again from there, and undone.
        ///
        /// Without a function that is called after each epoch, a copy serves at least 64 steps, so that epochs of few
        /// steps share one. It takes the memory of the parameters and the optimizer's buffers once more.
        case everyEpoch
        /// None: a failed update stays in the parameters, and which part of it failed is not known.
        case none
    }

    /// Makes a trainer; its numbers are checked when training begins.
    public init(
        epochs: Int, batchSize: Int, seed: UInt64 = 0, learningRate: Schedule? = nil,
        earlyStopping: EarlyStopping? = nil, stationarityTolerance: Double? = nil, recovery: Recovery? = nil,
        snapshots: Snapshots = .everyEpoch, log: TrainingLog? = nil, showsProgress: Bool = true
    ) {
        self.epochs = epochs
        self.batchSize = batchSize
        self.seed = seed
        self.learningRate = learningRate
        self.earlyStopping = earlyStopping
        self.stationarityTolerance = stationarityTolerance
        self.recovery = recovery
        self.snapshots = snapshots
        self.log = log
        self.showsProgress = showsProgress
    }

    /// The decision of a callback after an epoch.
    public enum Decision: Sendable {
        /// Continue with the next epoch.
        case proceed
        /// Stop after this epoch.
        case stop
    }

    /// Trains a model in place and returns the measurements of each epoch.
    ///
    /// Samples are drawn in a new order in each epoch. With early stopping the model ends with the parameters of its
    /// best epoch, also when this throws; otherwise with those of the last step. The optimizer's state is that of the
    /// last step.
    ///
    /// An optimizer that has made updates continues: steps count from its updates, and epochs from the number of epochs
    /// that these amount to with this batch size, so that two trainings of 10 epochs give the same bits as one of 20.
    /// An optimizer that does not count its updates traps.
    ///
    /// In a cancelled task it finishes the step and returns: the parameters, but for early stopping, and the optimizer
    /// are those after the last whole step, and `History.ending` says `.cancelled`. The history has the epochs that
    /// were finished, not the one that was begun; an epoch whose last step is made is finished first. A training that
    /// continues begins with the next epoch.
    ///
    /// - Throws: `TrainingError`, and the errors of the model's `check` for the data, before the first step.
    public func fit<M: Model, D: Dataset>(
        _ model: inout M, to training: D, validation: D? = nil, with optimizer: inout some Optimizer
    ) throws -> History where D.Batch == M.Batch {
        try fit(&model, to: training, validation: validation, with: &optimizer, hasCallback: false) {
            _, _, _ in
            .proceed
        }
    }

    /// Trains a model in place, and calls a function after each epoch with its record, the model and the optimizer.
    ///
    /// The function may change both. It may attach penalties, but not change the shapes of the parameters, which traps.
    ///
    /// - Throws: what `fit` without a function throws, and the errors of the function.
    public func fit<M: Model, D: Dataset, O: Optimizer>(
        _ model: inout M, to training: D, validation: D? = nil, with optimizer: inout O,
        onEpoch: (EpochRecord, inout M, inout O) throws -> Decision
    ) throws -> History where D.Batch == M.Batch {
        try fit(
            &model, to: training, validation: validation, with: &optimizer, hasCallback: true, onEpoch)
    }
}
