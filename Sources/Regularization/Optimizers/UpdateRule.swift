/// An optimizer that moves every weight from its own gradient and its own numbers in the state: a rule for any range of
/// weights.
///
///     struct Momentum: UpdateRule {
///         var learningRate: Float
///         var state = OptimizerState("velocity")
///         var metric: ScalarMetric { ScalarMetric(learningRate / (1 - 0.9)) }
///
///         func update(_ piece: inout UpdatePiece) {
///             piece.forEach { weight, gradient, velocity in
///                 velocity = 0.9 * velocity + gradient
///                 weight -= learningRate * velocity
///             }
///         }
///     }
///
/// One loop calls it, for built-in rules and for those of others: piece by piece, on several threads where the weights are
/// many, with the penalties around it while the piece is in cache. The bits are the same for any number of threads, since
/// pieces don't depend on it; a rule must not depend on where a piece begins and ends. A metric with a step size for
/// each weight asks for `writeStepSizes(from:to:)`.
///
/// `OptimizerLaws` checks a rule. While an update runs, `state` has the count, this update included, and no buffers: those
/// are in the pieces.
public protocol UpdateRule: Optimizer {
    /// Computes what is the same for all weights, such as bias corrections, once for each update; nothing unless given.
    ///
    /// `state.updates` is the number of this update, from 1.
    mutating func begin()

    /// Moves some weights and changes their numbers in the buffers; called on several threads, each with other weights.
    func update(_ piece: inout UpdatePiece)

    /// Does the same, and writes the step sizes that it moved by; where a proximal step in a diagonal metric follows.
    ///
    /// Unless given, it updates and then calls `writeStepSizes(from:to:)`. A rule that has the step sizes at hand saves
    /// their second computation by writing them to the last span of `withSpans`.
    func updateWritingStepSizes(_ piece: inout UpdatePiece)

    /// Writes the step size of each weight of a piece from the numbers in the buffers after the update, at the learning rate
    /// that the rule has now.
    func writeStepSizes(from state: borrowing StatePiece, to sizes: inout MutableSpan<Float>)

    /// Prepares a `PreparedUpdateRule`, and does nothing with another rule; nobody writes another one.
    ///
    /// A rule around another one calls it. It has to be a `PreparedUpdateRule` whatever the other is: what an update calls is
    /// chosen where a type conforms, not where it is used.
    mutating func prepareIfNeeded(_ parameters: borrowing Parameters, _ gradients: inout Gradients)
}

/// A rule that takes something of all weights before it updates any: a norm of the gradients, a ratio for each tensor.
public protocol PreparedUpdateRule: UpdateRule {
    /// Looks at all weights and gradients, those of the loss terms included, after `begin` and before the pieces.
    ///
    /// The gradients may be changed in place. Those of elementwise loss terms cost a pass of their own then.
    mutating func prepare(_ parameters: borrowing Parameters, _ gradients: inout Gradients)
}

extension UpdateRule {
    /// Nothing.
    public mutating func prepareIfNeeded(_ parameters: borrowing Parameters, _ gradients: inout Gradients) {}

    /// Nothing.
    public mutating func begin() {}

    /// Updates, and then writes the step sizes.
    public func updateWritingStepSizes(_ piece: inout UpdatePiece) {
        update(&piece)
        var sizes = piece.stepSizeRoom
        writeStepSizes(from: piece.state, to: &sizes)
    }
}

extension PreparedUpdateRule {
    /// Prepares the rule.
    public mutating func prepareIfNeeded(_ parameters: borrowing Parameters, _ gradients: inout Gradients) {
        prepare(parameters, &gradients)
    }
}

extension UpdateRule where MetricType == ScalarMetric {
    /// Writes the step size of the metric.
    public func writeStepSizes(from state: borrowing StatePiece, to sizes: inout MutableSpan<Float>) {
        for index in 0..<sizes.count { sizes[index] = metric.stepSize }
    }
}

extension UpdateRule where MetricType == UndefinedMetric {
    /// Traps, since there are none.
    public func writeStepSizes(from state: borrowing StatePiece, to sizes: inout MutableSpan<Float>) {
        fatalError("\(Self.self) has no metric, and no step sizes.")
    }
}

extension UpdateRule where MetricType == DiagonalMetric {
    /// Writes the step sizes from the buffers of the state; traps before the first update.
    public func writeStepSizes(of range: Range<Int>, to sizes: inout MutableSpan<Float>) {
        require(
            sizes.count == range.count, "\(range.count) step sizes need as much room, not \(sizes.count).")
        writeStepSizes(from: state.piece(range), to: &sizes)
    }
}
