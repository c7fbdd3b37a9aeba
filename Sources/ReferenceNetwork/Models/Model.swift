import Regularization

/// What a trainer trains: parameters, and a loss with its gradients on a batch.
///
/// A model of one's own needs the batch type, the parameters and the first `loss`:
///
///     struct Line: Model {
///         var parameters = Parameters([("slope.weight", [1, 1], [0])])
///         func loss(on batch: Samples, at position: BatchPosition, gradients: inout Gradients) -> Double { … }
///     }
///
/// Keep `parameters` a stored property (or give it a `_modify` accessor): with a computed `get` and `set` the
/// whole buffer is copied at each step.
public protocol Model {
    /// What the loss is computed on.
    associatedtype Batch

    /// The parameters to train.
    var parameters: Parameters { get set }

    /// The mean data loss over the samples of a batch in training mode; overwrites every gradient.
    ///
    /// It is a function of the parameters, the batch and its position: a model that draws random numbers draws
    /// them by the position, and counts no steps. So a loss can be measured between two steps and the next is
    /// what it was.
    mutating func loss(on batch: Batch, at position: BatchPosition, gradients: inout Gradients) -> Double

    /// The mean data loss over the samples of a batch in evaluation mode, without dropout.
    mutating func loss(on batch: Batch) -> Double

    /// Throws, with a sentence, if the model cannot be trained or evaluated on a batch.
    func check(_ batch: Batch) throws

    /// What penalties of the model's own added to the last loss of training mode, beyond the data loss that it
    /// returned: those on outputs, which an `ActivityPlan` reports. The trainer records them with the optimizer's.
    var contributions: [Contribution] { get }

    /// The step from which on the strengths of the model's own penalties stay the same, as `ActivityPlan.scheduleEnd`; 0 unless
    /// given.
    var scheduleEnd: Int { get }
}

extension Model {
    /// The loss of training mode at step 0; a model whose two modes differ gives its own.
    public mutating func loss(on batch: Batch) -> Double {
        var gradients = Gradients(like: parameters)
        return loss(on: batch, at: .step(0), gradients: &gradients)
    }

    /// Accepts every batch.
    public func check(_ batch: Batch) {}

    /// None.
    public var contributions: [Contribution] { [] }

    /// 0.
    public var scheduleEnd: Int { 0 }
}
