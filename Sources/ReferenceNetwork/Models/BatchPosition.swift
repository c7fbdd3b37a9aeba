import Regularization

/// Where a batch stands in training: what a model's randomness and schedules depend on beside a seed.
///
/// A model that drops units decides each by its seed, the step, the layer, the sample's number in the global
/// batch and the unit's number. So the same position drops the same units whatever was computed before, and a
/// batch that processes share out drops the units that it would drop as a whole:
///
///     let loss = network.loss(on: part, at: BatchPosition(step: step, firstSample: 32), gradients: &gradients)
public struct BatchPosition: Sendable, Hashable {
    /// The number of updates made before.
    public let step: Int
    /// The number of the batch's first sample in the global batch, which is larger where processes share it
    /// out.
    public let firstSample: Int

    /// Makes a position; traps if a number is negative.
    public init(step: Int, firstSample: Int = 0) {
        require(
            step >= 0 && firstSample >= 0,
            "A position in training has no negative numbers: step \(step), first sample \(firstSample).")
        self.step = step
        self.firstSample = firstSample
    }

    /// The position of a whole batch, after so many updates.
    public static func step(_ step: Int) -> BatchPosition { BatchPosition(step: step) }
}
