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
}

extension Dataset {
    /// Replaces the batch by a new one.
    public func fill(_ batch: inout Batch, at indices: ArraySlice<Int>) {
        batch = self.batch(at: indices)
    }
}

extension Samples: Dataset {}
