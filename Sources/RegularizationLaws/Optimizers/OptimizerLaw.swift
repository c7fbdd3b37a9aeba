/// What must hold of every optimizer, or of every one that is a rule or states a metric.
///
/// The raw value is the law in words. The laws of pieces and of clipping are about an `UpdateRule`, those of step sizes about
/// a metric that is not `UndefinedMetric`.
public enum OptimizerLaw: String, Sendable, Hashable, CaseIterable {
    /// By one, in `state`. What breaks it is examined no further: corrections, schedules and checkpoints go by that count.
    case countsUpdates = "each update is counted once"
    /// Under the names that the optimizer has from the start; before the first update they are empty.
    case keepsBuffersInLayout = "each buffer has a number for each weight"
    /// No numbers are drawn, and no copy changes another.
    case isRepeatable = "the same gradients give the same weights and buffers again"
    /// Nothing else is remembered from one update to the next, not for step sizes either: what stores a training stores the
    /// state alone.
    case livesInItsState = "a new optimizer with the state of another goes on as that does"

    /// Blocks of one weight, of about sixteen, of about a thousand; and, unless the rule is prepared, other tensors.
    case holdsInPieces = "weights and buffers are the same however pieces and tensors are cut"
    /// Of 140,000 weights, which are updated on all threads that there may be.
    case holdsOnThreads = "weights and buffers are the same for any number of threads"
    /// A type that is a `PreparedUpdateRule` only if what it wraps is one is not prepared by its own update.
    case isPreparedEverywhere = "an update prepares the rule, with clipping and without"

    /// Weight decay is a penalty: it belongs in the plan, where it is seen.
    case staysWithoutGradient = "from the start, a weight stays while its gradient is 0"
    /// Buffers that do not depend on the learning rate are the same as under any other: a warm-up from 0 has averages.
    case standsAtRateZero = "at learning rate 0 no weight moves, and the buffers go on"
    /// A NaN that is lost hides a broken training; in a rule that is not prepared it touches no other weight.
    case propagatesNaN = "a weight becomes NaN by its gradient, and stays NaN"

    /// At finite gradients, a weight whose gradient was always 0 included.
    case hasStepSizes = "step sizes are finite and not negative"
    /// At the rate that the optimizer has when it is asked.
    case scalesStepSizes = "step sizes are proportional to the learning rate"
    /// The range is in the layout, and the sizes start at 0.
    case writesStepSizesInPieces = "the step sizes of a range are those of the tensor there"
    /// Those of the loop, which may be written by `updateWritingStepSizes`, are those that `writeStepSizes` gives afterwards;
    /// under a scalar metric both are its step size.
    case givesItsStepSizes = "a proximal step gets the step sizes of the update before it"
    /// `updateWritingStepSizes` is `update`, but for the step sizes.
    case movesAlikeWithStepSizes = "an update that writes step sizes moves the weights as one that does not"
    /// While the same gradient comes again and again, until the movement over step size × gradient stays.
    ///
    /// It is what makes a proximal step right: with p = w − s·g for the step size s, w = prox(p) says that −g is in λ∂R(w),
    /// the condition of a minimum of loss + λR. With another number in the place of s training ends elsewhere, as if λ
    /// were another one. Step sizes may depend on the gradients, as Adam's do: at rest they stay too.
    case movesByStepSizes = "at rest a weight moves by its step size times its gradient"
}
