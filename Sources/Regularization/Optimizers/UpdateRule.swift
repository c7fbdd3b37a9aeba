/// An optimizer that moves every weight by its own gradient and its own elements of the buffers, in any range of
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
/// One loop runs the built-in rules and those of other authors: piece by piece, on several threads where the weights
/// are many, with the penalties on a piece while it is in cache. How the weights are cut into pieces does not depend
/// on the number of threads, and a rule must not depend on where a piece begins and ends; so the bits are the same
/// for any number of threads. A rule with a `DiagonalMetric` also has `writeStepSizes(from:to:)`.
///
/// `OptimizerLaws` checks a rule. While an update runs, the rule's `state` has the number of updates, this one
/// included, but no buffers: those are in the pieces.
public protocol UpdateRule: Optimizer {
    /// Computes what is the same for all weights, such as bias corrections, once for each update; by default nothing.
    ///
    /// `state.updates` is the number of this update, counted from 1.
    mutating func begin()

    /// Moves the weights of a piece and changes their elements of the buffers.
    ///
    /// It is called on several threads at once, each with other weights.
    func update(_ piece: inout UpdatePiece)

    /// Does the same as `update`, and writes the step sizes by which it moved, for a proximal step in a diagonal
    /// metric.
    ///
    /// By default it updates and then calls `writeStepSizes(from:to:)`. A rule that has the step sizes at hand writes
    /// them to the last span of `withSpans` instead, and so saves their second computation.
    func updateWritingStepSizes(_ piece: inout UpdatePiece)

    /// Writes the step size of each weight of a piece, computed from the buffers after the update at the present
    /// learning rate.
    func writeStepSizes(from state: borrowing StatePiece, to sizes: inout MutableSpan<Float>)

    /// Calls `prepare` if this is a `PreparedUpdateRule`, and otherwise does nothing; authors do not implement it.
    ///
    /// A rule that wraps another one calls it for the wrapped rule. The wrapping rule has to be a
    /// `PreparedUpdateRule` whatever it wraps, because the loop that an update runs is chosen where a type conforms
    /// to a protocol, not where it is used.
    mutating func prepareIfNeeded(_ parameters: borrowing Parameters, _ gradients: inout Gradients)
}

/// A rule that looks at all weights or gradients before it moves any, as for a norm of all gradients or a ratio for
/// each tensor.
public protocol PreparedUpdateRule: UpdateRule {
    /// Looks at all weights and gradients, after `begin` and before the first piece is updated.
    ///
    /// The gradients include those of the loss terms, and may be changed in place. Because they have to be complete
    /// here, elementwise loss terms cost a pass of their own.
    mutating func prepare(_ parameters: borrowing Parameters, _ gradients: inout Gradients)
}

extension UpdateRule {
    /// Does nothing, since this rule has nothing to prepare.
    public mutating func prepareIfNeeded(_ parameters: borrowing Parameters, _ gradients: inout Gradients) {}

    /// Does nothing.
    public mutating func begin() {}

    /// Updates the piece, and then writes its step sizes from the buffers.
    public func updateWritingStepSizes(_ piece: inout UpdatePiece) {
        update(&piece)
        var sizes = piece.stepSizeSpan
        writeStepSizes(from: piece.state, to: &sizes)
    }
}

extension PreparedUpdateRule {
    /// Calls `prepare`.
    public mutating func prepareIfNeeded(_ parameters: borrowing Parameters, _ gradients: inout Gradients) {
        prepare(parameters, &gradients)
    }
}

extension UpdateRule where MetricType == ScalarMetric {
    /// Writes the one step size of the metric for each weight of the piece.
    public func writeStepSizes(from state: borrowing StatePiece, to sizes: inout MutableSpan<Float>) {
        let stepSize = metric.stepSize
        for index in 0..<sizes.count { sizes[index] = stepSize }
    }
}

extension UpdateRule where MetricType == UndefinedMetric {
    /// Traps, since there are no step sizes.
    public func writeStepSizes(from state: borrowing StatePiece, to sizes: inout MutableSpan<Float>) {
        fatalError("\(Self.self) has no metric, and no step sizes.")
    }
}

extension UpdateRule where MetricType == DiagonalMetric {
    /// Writes the step sizes of a range of the layout from the buffers of the state.
    ///
    /// Traps before the first update, and if `sizes` has not one element for each weight of the range.
    public func writeStepSizes(of range: Range<Int>, to sizes: inout MutableSpan<Float>) {
        require(
            sizes.count == range.count, "\(range.count) step sizes need as much room, not \(sizes.count).")
        writeStepSizes(from: state.piece(range), to: &sizes)
    }
}
