/// One regularizer in a sum, with its factor: the function factor · R.
struct Summand: Sendable {
    let regularizer: any Regularizer
    let factor: Double
    /// The tolerance of an iteration, if the author of the sum permits one; see `Iterative`.
    var tolerance: Double?
}
