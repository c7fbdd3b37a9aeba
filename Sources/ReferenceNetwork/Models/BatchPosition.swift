import Regularization

/// The position of a batch in a training: the number of updates before it, and of its first sample among those of the
/// step.
///
/// A model's randomness and schedules depend on it and a seed alone. A model that drops units decides each by its seed,
/// the step, the layer, the sample's number in the global batch and the unit's number. So the same position drops the
/// same units whatever was computed before, and a batch that is distributed over processes drops the units that it
/// would drop as a whole:
///
///     let loss = network.loss(on: part, at: BatchPosition(step: step, firstSample: 32), gradients: &gradients)
public struct BatchPosition: Sendable, Hashable {
    /// The number of updates made before, 0 or more.
    public let step: Int
    /// The index of the batch's first sample in the global batch, which consists of the batches of all processes in the
    /// step.
    public let firstSample: Int

    /// Makes a position; traps if the step or the index is negative.
    public init(step: Int, firstSample: Int = 0) {
        require(
            step >= 0 && firstSample >= 0,
            "A position in training has no negative numbers: step \(step), first sample \(firstSample).")
        self.step = step
        self.firstSample = firstSample
    }

    /// The position of a batch that is not distributed, after `step` updates.
    public static func step(_ step: Int) -> BatchPosition { BatchPosition(step: step) }
}
