/// Samples that a trainer draws batches from.
public protocol Dataset {
    /// What a model's loss is computed on.
    associatedtype Batch

    /// The number of samples.
    var count: Int { get }

    /// The samples at the indices, in their order.
    func batch(at indices: ArraySlice<Int>) -> Batch

    /// Replaces a batch by the samples at the indices; a data set that reuses the storage of the batch trains
    /// without allocation.
    func fill(_ batch: inout Batch, at indices: ArraySlice<Int>)
}

extension Dataset {
    /// Makes a new batch.
    public func fill(_ batch: inout Batch, at indices: ArraySlice<Int>) {
        batch = self.batch(at: indices)
    }
}

extension Samples: Dataset {}
