import Regularization

/// When training stops early: after some epochs without a better data loss on the validation part.
///
/// The parameters of the best epoch are restored. The data loss alone decides, since penalties whose strength
/// changes would make epochs incomparable.
public struct EarlyStopping: Sendable, Hashable {
    /// Which epochs can be the best one.
    public enum Candidates: Sendable, Hashable {
        /// Those that end with every strength where it stays. A model from the time in which penalties grow is often better
        /// and never sparse. A schedule by closure counts as constant, and one that is attached on the way begins
        /// this anew.
        case afterSchedules
        /// All of them.
        case all
    }

    /// The number of epochs without improvement after which training stops.
    public var patience: Int
    /// What counts as an improvement, in units of the loss.
    public var minimumImprovement: Double
    /// Which epochs can be the best one; patience counts from the first of them.
    public var candidates: Candidates

    /// Makes the rule; traps if the patience is less than 1.
    public init(
        patience: Int, minimumImprovement: Double = 0, candidates: Candidates = .afterSchedules
    ) {
        require(patience >= 1, "Early stopping needs a patience of 1 or more, not \(patience).")
        self.patience = patience
        self.minimumImprovement = minimumImprovement
        self.candidates = candidates
    }
}
