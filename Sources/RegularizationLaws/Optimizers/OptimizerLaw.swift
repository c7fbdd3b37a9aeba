/// A property that every optimizer must have, or every optimizer that is an `UpdateRule` or states a metric.
///
/// The raw value is the law in words. The laws of pieces and of preparation apply to an `UpdateRule`, the laws of step
/// sizes to an optimizer whose metric is not `UndefinedMetric`.
public enum OptimizerLaw: String, Sendable, Hashable, CaseIterable {
    /// Each update adds 1 to `state.updates`. No other law is checked for an optimizer that breaks this one, since bias
    /// corrections, schedules and checkpoints depend on that number.
    case countsUpdates = "each update is counted once"
    /// Each buffer keeps the name that it has from the start; a buffer is empty before the first update.
    case keepsBuffersInLayout = "each buffer has a number for each weight"
    /// An update draws no random numbers, and an update of one copy does not change another copy.
    case isRepeatable = "the same gradients give the same weights and buffers again"
    /// The state is all that an optimizer remembers from one update to the next, also for its step sizes: a checkpoint
    /// of a training stores the state alone.
    case livesInItsState = "a new optimizer with the state of another goes on as that does"

    /// Blocks have 1, about 16, about 1000 or 4095 weights. Unless the rule is prepared, the same weights are also cut
    /// into other tensors: a prepared rule, such as one that clips, may treat each tensor as a whole.
    case holdsInPieces = "weights and buffers are the same however pieces and tensors are cut"
    /// Checked with one, two and three threads, on 140,000 weights: enough for an update to use them all.
    case holdsOnThreads = "weights and buffers are the same for any number of threads"
    /// A generic rule that conforms to `PreparedUpdateRule` only if the rule that it wraps does breaks this law: its
    /// own `update` is that of `UpdateRule`, chosen at compile time, which never calls `prepare`.
    case isPreparedEverywhere = "an update prepares the rule, with clipping and without"

    /// Weight decay in the rule itself breaks this law: it is a penalty, and belongs in the plan, where reports show
    /// it.
    case staysWithoutGradient = "from the start, a weight stays while its gradient is 0"
    /// Buffers that do not depend on the learning rate are the same as at any other rate, so that a warm-up from rate 0
    /// gathers its averages from the first step.
    case keepsWeightsAtRateZero = "at learning rate 0 no weight moves, and the buffers go on"
    /// A NaN that disappears would hide a broken training. In a rule that is not prepared it affects no other weight.
    case propagatesNaN = "a weight becomes NaN by its gradient, and stays NaN"

    /// Checked at finite gradients, also for a weight whose gradient was always 0.
    case hasStepSizes = "step sizes are finite and not negative"
    /// The learning rate is the one that the optimizer has when it is asked, which may have changed since its last
    /// update.
    case scalesStepSizes = "step sizes are proportional to the learning rate"
    /// A range counts weights from the start of the layout, and the first step size written is that of the range's
    /// first weight.
    case writesStepSizesInPieces = "the step sizes of a range are those of the tensor there"
    /// The update loop may have its step sizes from `updateWritingStepSizes`; `writeStepSizes` must give the same
    /// afterwards. Under a scalar metric both must be the step size of the metric.
    case givesItsStepSizes = "a proximal step gets the step sizes of the update before it"
    /// `updateWritingStepSizes` must change weights and buffers exactly as `update` does.
    case movesAlikeWithStepSizes = "an update that writes step sizes moves the weights as one that does not"
    /// Rest: the same gradient is repeated until the ratio of movement to step size × gradient no longer changes.
    ///
    /// This law makes a proximal step right. With p = w − s·g for the step size s, w = prox(p) means that −g is in
    /// λ∂R(w), the condition of a minimum of loss + λR. With another number in place of s, training ends at the minimum
    /// for another λ. Step sizes may depend on the gradients, as Adam's do: at rest they no longer change either.
    case movesByStepSizes = "at rest a weight moves by its step size times its gradient"
}
