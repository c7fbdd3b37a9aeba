import Regularization

/// A model that a trainer can train: parameters, and a loss with its gradients on a batch.
///
/// A model of one's own needs the batch type, the parameters and the first `loss`:
///
///     struct Line: Model {
///         var parameters = Parameters([("slope.weight", [1, 1], [0])])
///         func loss(on batch: Samples, at position: BatchPosition, gradients: inout Gradients) -> Double { … }
///     }
///
/// Keep `parameters` a stored property, or give it a `_modify` accessor: with a computed `get` and `set` the whole
/// buffer is copied at each step.
public protocol Model {
    /// The type of data that the loss is computed on.
    associatedtype Batch

    /// The parameters to train.
    var parameters: Parameters { get set }

    /// The mean data loss over the samples of a batch in training mode; overwrites every gradient.
    ///
    /// If the samples have weights, each is applied here, once; `Dataset.weight(of:)` says by what to divide then.
    ///
    /// `gradients` has the layout of `parameters`. They are the gradients of the loss that is returned and of the
    /// model's own penalties. The result must be a function of the parameters, the batch and its position: a model that
    /// draws random numbers draws them by the position and keeps no count of steps. So a loss can be measured between
    /// two steps without changing the next.
    mutating func loss(on batch: Batch, at position: BatchPosition, gradients: inout Gradients) -> Double

    /// The mean data loss over the samples of a batch in evaluation mode, without dropout and without penalties.
    ///
    /// Unless given, it is the loss of training mode at step 0.
    mutating func loss(on batch: Batch) -> Double

    /// Checks that the model can be trained and evaluated on a batch; throws an error with a sentence if not.
    ///
    /// Unless given, every batch is accepted, and of `Samples` those whose numbers are finite, see
    /// `Samples.checkFinite()`. A trainer calls it for all data before the first step.
    func check(_ batch: Batch) throws

    /// What the model computes from a batch that is not finite, to begin a sentence, as "The outputs of fully.2".
    ///
    /// A trainer asks for it after a loss that is not finite. The position is that of training mode, and nil in
    /// evaluation mode. Unless given, it is nil, and the loss itself is named.
    func nonfiniteOutputs(on batch: Batch, at position: BatchPosition?) -> String?

    /// The contributions of the model's own penalties to the last loss of training mode, which are not part of the loss
    /// that it returned.
    ///
    /// These are penalties on outputs, reported by an `ActivityPlan`. A trainer records them after those of the
    /// optimizer. Empty unless given.
    var contributions: [Contribution] { get }

    /// The first step from which on the strengths of the model's own penalties stay constant, see
    /// `ActivityPlan.scheduleEnd`.
    ///
    /// It is 0 unless given.
    var scheduleEnd: Int { get }
}

extension Model {
    /// The loss of training mode at step 0; a model whose two modes differ has to implement it.
    public mutating func loss(on batch: Batch) -> Double {
        var gradients = Gradients(like: parameters)
        return loss(on: batch, at: .step(0), gradients: &gradients)
    }

    /// Accepts every batch.
    public func check(_ batch: Batch) {}

    /// Nil: the outputs are not known.
    public func nonfiniteOutputs(on batch: Batch, at position: BatchPosition?) -> String? { nil }

    /// Empty: the model has no penalties of its own.
    public var contributions: [Contribution] { [] }

    /// 0: the model has no schedules of its own.
    public var scheduleEnd: Int { 0 }
}

extension Model where Batch == Samples {
    /// Accepts samples whose numbers are finite; throws `ModelError` otherwise.
    public func check(_ batch: Samples) throws { try batch.checkFinite() }
}
