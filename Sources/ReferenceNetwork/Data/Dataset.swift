/// A collection of samples from which a trainer draws batches.
public protocol Dataset {
    /// The type of batch, on which a model computes its loss.
    associatedtype Batch

    /// The number of samples.
    var count: Int { get }

    /// The samples at the indices, in the order of the indices, which are at least 0 and less than `count`.
    func batch(at indices: ArraySlice<Int>) -> Batch

    /// Replaces the samples of a batch by those at the indices.
    ///
    /// A data set that reuses the batch's storage allocates nothing in training. Unless given, it makes a new batch.
    func fill(_ batch: inout Batch, at indices: ArraySlice<Int>)

    /// The weight of the loss of the batch at the indices in the loss of the whole data set, 0 or more.
    ///
    /// The loss of the data set, and its gradient, is Σ weight(b) · loss(b) / Σ weight(b) over its batches b. That is
    /// the only thing that weights decide here: a step follows the loss of its batch as the model computes it. So which
    /// weight is right depends on what the model's loss of a batch of m samples divides by, for losses ℓᵢ and sample
    /// weights wᵢ:
    ///
    ///     loss(b)                   weight(b)
    ///     (1/m) Σ ℓᵢ                m: the number of indices, which it is unless given
    ///     (1/(m·w̄)) Σ wᵢ ℓᵢ         m too, as for `Samples`, where w̄ is the mean of all weights of the data set
    ///     (1/Σwᵢ) Σ wᵢ ℓᵢ           Σ wᵢ, over the batch; for example a mean over the words of texts of many lengths
    ///
    /// In each the loss of the data set is (1/Σw) Σ wᵢ ℓᵢ, with each weight applied once. In the last a model returns 0
    /// for a batch whose weights are all 0. In the last, too, the mean of the gradients of an epoch is not the gradient
    /// of the whole, since a small weight counts more in a batch of small weights.
    func weight(of indices: ArraySlice<Int>) -> Double
}

extension Dataset {
    /// Replaces the batch by a new one.
    public func fill(_ batch: inout Batch, at indices: ArraySlice<Int>) {
        batch = self.batch(at: indices)
    }

    /// The number of indices.
    public func weight(of indices: ArraySlice<Int>) -> Double { Double(indices.count) }
}

extension Samples: Dataset {}
