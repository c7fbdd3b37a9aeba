import Regularization

/// A rule that goes on after a number became NaN or infinite: back to the start of the epoch, with a lower learning
/// rate.
///
///     let trainer = Trainer(epochs: 100, batchSize: 64, recovery: .loweringLearningRate(by: 0.5, atMost: 3))
///
/// The learning rate, or every value of its schedule, is multiplied by the factor from then on. What was done is in
/// `History.recoveries`. A function that is called after each epoch and sets the optimizer's rate sets it anew. Samples
/// that are not finite are refused before the first step and are no reason to go back.
public struct Recovery: Sendable, Hashable {
    /// The factor of the learning rate, at least 1e-9 and below 1.
    let factor: Double
    /// The number of times that one training may go back, 1 or more; the next failure is thrown.
    let limit: Int

    /// Goes back at most so many times, each time with the learning rate multiplied by a factor.
    ///
    /// Traps unless the factor is at least 1e-9 and below 1, and the number 1 or more.
    public static func loweringLearningRate(by factor: Double, atMost limit: Int) -> Recovery {
        require(
            factor >= 1e-9 && factor < 1,
            "A factor that lowers a rate is at least 1e-9 and below 1, not \(factor).")
        require(limit >= 1, "A recovery goes back at least once, not \(limit) times.")
        return Recovery(factor: factor, limit: limit)
    }
}

/// A return to the start of an epoch with a lower learning rate, after a number became NaN or infinite.
public struct RecoveryRecord: Sendable, Hashable, Codable {
    /// The number of the epoch, from 1, which was begun again.
    public let epoch: Int
    /// The number of updates before the step that failed.
    public let step: Int
    /// The number that was not finite, as a sentence.
    public let reason: String
    /// The factor by which the learning rate was multiplied.
    public let factor: Double
}
