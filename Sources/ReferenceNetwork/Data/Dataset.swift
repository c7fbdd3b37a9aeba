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

    /// What the loss of the batch at the indices counts in the loss of the data set, 0 or more.
    ///
    /// The loss of the data set is Σ weight(b) · loss(b) / Σ weight(b) over its batches b, and so is its gradient. This
    /// decides what a trainer reports and measures, and no step, which follows the loss of its batch as the model
    /// computes it. Which weight is right depends on what the model's loss divides by, for a batch of m samples with
    /// losses ℓ and sample weights w:
    ///
    ///     loss                    weight
    ///     (1/m) Σ ℓᵢ              m, the number of indices, which it is unless given
    ///     (1/(m·w̄)) Σ wᵢ ℓᵢ       m too, with the mean weight w̄ of the whole data set: so do `Samples`
    ///     (1/Σwᵢ) Σ wᵢ ℓᵢ         Σ wᵢ over the batch, as for a mean over the words of texts
    ///
    /// In each the loss of the data set is (1/Σw) Σ wᵢ ℓᵢ: every sample weight is applied once. In the last, steps
    /// follow the whole on average only if batches weigh about the same, and a batch that weighs 0 needs a loss of 0.
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
