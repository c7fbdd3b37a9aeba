import Regularization

/// The loss of a data set from those of its batches, see `Dataset.weight(of:)`.
struct BatchMean {
    private var sum = 0.0
    private var weight = 0.0

    /// Adds the loss of a batch; traps if its weight is negative or not finite.
    mutating func add(_ loss: Double, weight: Double) {
        require(
            weight >= 0 && weight < .infinity,
            "The weight of a batch is \(weight); it must be a finite number of 0 or more.")
        sum += loss * weight
        self.weight += weight
    }

    /// The mean by weights; traps if all batches weigh 0.
    var value: Double {
        require(weight > 0, "All batches of a data set weigh 0, so that it has no loss.")
        return sum / weight
    }
}
