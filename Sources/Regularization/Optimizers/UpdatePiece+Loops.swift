/// The loops of a rule of one's own, specialized where they are written.
///
/// The closure takes the weights, the gradients and as many of the optimizer's buffers as it has parameters for, in their
/// order; traps if there are fewer.
extension UpdatePiece {
    /// Calls a function with each weight and its gradient.
    @inlinable
    @inline(__always)
    public mutating func forEach(
        _ body: (_ weight: inout Float, _ gradient: Float) -> Void
    ) {
        for index in 0..<count {
            body(&weights[index], gradient[index])
        }
    }

    /// Calls a function with each weight, its gradient and its number in the first buffer.
    @inlinable
    @inline(__always)
    public mutating func forEach(
        _ body: (_ weight: inout Float, _ gradient: Float, _ first: inout Float) -> Void
    ) {
        let first = buffer(0)
        for index in 0..<count {
            body(&weights[index], gradient[index], &first[index])
        }
    }

    /// Calls a function with each weight, its gradient and its numbers in two buffers.
    @inlinable
    @inline(__always)
    public mutating func forEach(
        _ body: (_ weight: inout Float, _ gradient: Float, _ first: inout Float, _ second: inout Float) ->
            Void
    ) {
        let first = buffer(0)
        let second = buffer(1)
        for index in 0..<count {
            body(&weights[index], gradient[index], &first[index], &second[index])
        }
    }

    /// Calls a function with each weight, its gradient and its numbers in three buffers.
    @inlinable
    @inline(__always)
    public mutating func forEach(
        _ body: (
            _ weight: inout Float, _ gradient: Float, _ first: inout Float, _ second: inout Float,
            _ third: inout Float
        ) -> Void
    ) {
        let first = buffer(0)
        let second = buffer(1)
        let third = buffer(2)
        for index in 0..<count {
            body(&weights[index], gradient[index], &first[index], &second[index], &third[index])
        }
    }

    /// Calls a function with all weights and gradients, and at last with the step sizes.
    ///
    /// The gradients may be overwritten: they are not needed any more. The step sizes are empty unless the rule is to write
    /// them, see `UpdateRule.updateWritingStepSizes`.
    @inlinable
    @inline(__always)
    public mutating func withSpans<Result>(
        _ body: (
            _ weights: inout MutableSpan<Float>,
            _ gradient: inout MutableSpan<Float>,
            _ stepSizes: inout MutableSpan<Float>
        ) -> Result
    ) -> Result {
        var weights = MutableSpan(_unsafeStart: weights, count: count)
        var gradient = MutableSpan(_unsafeStart: gradient, count: count)
        var stepSizes = stepSizeRoom
        return body(&weights, &gradient, &stepSizes)
    }

    /// Calls a function with all weights and gradients and the first buffer, and at last with the step sizes.
    @inlinable
    @inline(__always)
    public mutating func withSpans<Result>(
        _ body: (
            _ weights: inout MutableSpan<Float>,
            _ gradient: inout MutableSpan<Float>,
            _ first: inout MutableSpan<Float>,
            _ stepSizes: inout MutableSpan<Float>
        ) -> Result
    ) -> Result {
        var weights = MutableSpan(_unsafeStart: weights, count: count)
        var gradient = MutableSpan(_unsafeStart: gradient, count: count)
        var first = MutableSpan(_unsafeStart: buffer(0), count: count)
        var stepSizes = stepSizeRoom
        return body(&weights, &gradient, &first, &stepSizes)
    }

    /// Calls a function with all weights and gradients and two buffers, and at last with the step sizes.
    @inlinable
    @inline(__always)
    public mutating func withSpans<Result>(
        _ body: (
            _ weights: inout MutableSpan<Float>,
            _ gradient: inout MutableSpan<Float>,
            _ first: inout MutableSpan<Float>,
            _ second: inout MutableSpan<Float>,
            _ stepSizes: inout MutableSpan<Float>
        ) -> Result
    ) -> Result {
        var weights = MutableSpan(_unsafeStart: weights, count: count)
        var gradient = MutableSpan(_unsafeStart: gradient, count: count)
        var first = MutableSpan(_unsafeStart: buffer(0), count: count)
        var second = MutableSpan(_unsafeStart: buffer(1), count: count)
        var stepSizes = stepSizeRoom
        return body(&weights, &gradient, &first, &second, &stepSizes)
    }

    /// Calls a function with all weights and gradients and three buffers, and at last with the step sizes.
    @inlinable
    @inline(__always)
    public mutating func withSpans<Result>(
        _ body: (
            _ weights: inout MutableSpan<Float>,
            _ gradient: inout MutableSpan<Float>,
            _ first: inout MutableSpan<Float>,
            _ second: inout MutableSpan<Float>,
            _ third: inout MutableSpan<Float>,
            _ stepSizes: inout MutableSpan<Float>
        ) -> Result
    ) -> Result {
        var weights = MutableSpan(_unsafeStart: weights, count: count)
        var gradient = MutableSpan(_unsafeStart: gradient, count: count)
        var first = MutableSpan(_unsafeStart: buffer(0), count: count)
        var second = MutableSpan(_unsafeStart: buffer(1), count: count)
        var third = MutableSpan(_unsafeStart: buffer(2), count: count)
        var stepSizes = stepSizeRoom
        return body(&weights, &gradient, &first, &second, &third, &stepSizes)
    }

    /// Calls a function with pieces of at most so many weights.
    ///
    /// For a rule that takes several loops: a thousand weights with all that belongs to them stay in the first cache from
    /// one loop to the next.
    @inlinable
    @inline(__always)
    public mutating func forEachBlock(of limit: Int = 1024, _ body: (inout UpdatePiece) -> Void) {
        require(limit > 0, "A block has at least one weight, not \(limit).")
        for start in stride(from: 0, to: count, by: limit) {
            var block = self.block(start..<min(start + limit, count))
            body(&block)
        }
    }

    /// A buffer, by its index among the names of the state.
    @inlinable
    @inline(__always)
    func buffer(_ index: Int) -> UnsafeMutablePointer<Float> {
        guard index < stateCount, let states else {
            fatalError("The loop takes buffer \(index + 1), but the optimizer's state has \(stateCount).")
        }
        return states + index * distance
    }
}
