import Regularization

/// A rule that stops training after some epochs without a lower data loss on the validation part.
///
/// The parameters of the best epoch are restored. The data loss alone decides: the penalties of epochs with different
/// strengths cannot be compared.
public struct EarlyStopping: Sendable, Hashable {
    /// The epochs among which the best one is chosen.
    public enum Candidates: Sendable, Hashable {
        /// The epochs at whose end every strength has reached its final value.
        ///
        /// A model from the time in which penalties grow often has a lower loss and is never sparse. A schedule given
        /// as a closure counts as constant. If a schedule is attached during training, the choice begins anew.
        case afterSchedules
        /// All epochs.
        case all
    }

    /// The number of epochs without improvement after which training stops, 1 or more.
    public let patience: Int
    /// The smallest decrease of the loss below the best one that counts as an improvement, in units of the loss.
    public let minimumImprovement: Double
    /// The epochs among which the best one is chosen; patience counts from the first of them.
    public let candidates: Candidates

    /// Makes the rule; traps if the patience is less than 1, or the improvement negative or more than Float can hold.
    public init(
        patience: Int, minimumImprovement: Double = 0, candidates: Candidates = .afterSchedules
    ) {
        require(patience >= 1, "Early stopping needs a patience of 1 or more, not \(patience).")
        self.patience = patience
        self.minimumImprovement = trapping(
            try ArgumentError.nonnegative(minimumImprovement, "minimum improvement", of: Self.self))
        self.candidates = candidates
    }
}

/// The best epoch so far among the candidates of early stopping, with the parameters that the model had at its end.
struct BestEpoch {
    private let rule: EarlyStopping?
    private var loss = Double.infinity
    /// The number of the epoch; nil before the first candidate.
    private(set) var epoch: Int?
    /// The number of updates at the end of the epoch; nil before the first candidate.
    private(set) var step: Int?
    /// The parameters at the end of the epoch; nil before the first candidate.
    private(set) var parameters: Parameters?

    /// Makes the state before the first epoch; without a rule no epoch is a candidate.
    init(by rule: EarlyStopping?) { self.rule = rule }

    /// Compares an epoch with the best one; returns whether the rule's patience is over.
    ///
    /// `hasFinalStrengths` says whether every strength had reached its final value at the end of the epoch.
    mutating func observe(
        _ loss: Double?, epoch: Int, step: Int, hasFinalStrengths: Bool, at parameters: Parameters
    ) -> Bool {
        guard let rule, let loss, rule.candidates == .all || hasFinalStrengths else { return false }
        if loss < self.loss - (self.epoch == nil ? 0 : rule.minimumImprovement) {
            (self.loss, self.epoch, self.step, self.parameters) = (loss, epoch, step, parameters)
            return false
        }
        return epoch - (self.epoch ?? 0) >= rule.patience
    }

    /// Forgets the epochs before, if only those after the schedules are candidates and new schedules have begun.
    mutating func schedulesBegin() {
        if rule?.candidates == .afterSchedules { self = BestEpoch(by: rule) }
    }
}
