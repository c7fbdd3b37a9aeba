/// Loops for authors of rules; the body is specialized in the caller, so that it costs no call for each weight.
///
/// The body takes the weights, the gradients and as many of the optimizer's buffers as it has parameters for, in the
/// order of their names. Traps if the state has fewer buffers.
extension UpdatePiece {
    /// Calls a function with each weight and its gradient.
    @inlinable
    @inline(__always)
    public mutating func forEach(
        _ body: (_ weight: inout Float, _ gradient: Float) -> Void
    ) {
        var found = Finiteness()
        for index in 0..<count {
            body(&weights[index], gradient[index])
            found.look(at: weights[index])
        }
        isFinite = found.isFinite
    }

    /// Calls a function with each weight, its gradient and its element of the first buffer.
    @inlinable
    @inline(__always)
    public mutating func forEach(
        _ body: (_ weight: inout Float, _ gradient: Float, _ first: inout Float) -> Void
    ) {
        let first = buffer(0)
        var found = Finiteness()
        for index in 0..<count {
            body(&weights[index], gradient[index], &first[index])
            found.look(at: weights[index])
        }
        isFinite = found.isFinite
    }

    /// Calls a function with each weight, its gradient and its elements of the first two buffers.
    @inlinable
    @inline(__always)
    public mutating func forEach(
        _ body: (_ weight: inout Float, _ gradient: Float, _ first: inout Float, _ second: inout Float) ->
            Void
    ) {
        let first = buffer(0)
        let second = buffer(1)
        var found = Finiteness()
        for index in 0..<count {
            body(&weights[index], gradient[index], &first[index], &second[index])
            found.look(at: weights[index])
        }
        isFinite = found.isFinite
    }

    /// Calls a function with each weight, its gradient and its elements of the first three buffers.
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
        var found = Finiteness()
        for index in 0..<count {
            body(&weights[index], gradient[index], &first[index], &second[index], &third[index])
            found.look(at: weights[index])
        }
        isFinite = found.isFinite
    }

    /// Calls a function with spans of the weights, of the gradients and, last, of the step sizes.
    ///
    /// All spans have `count` elements, but for the step sizes, which are empty unless the rule is to write them, see
    /// `UpdateRule.updateWritingStepSizes`. The gradients may be overwritten, as they are not needed after the
    /// update.
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
        var stepSizes = stepSizeSpan
        isFinite = nil
        return body(&weights, &gradient, &stepSizes)
    }

    /// Calls a function with spans of the weights, of the gradients, of the first buffer and, last, of the step
    /// sizes.
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
        var stepSizes = stepSizeSpan
        isFinite = nil
        return body(&weights, &gradient, &first, &stepSizes)
    }

    /// Calls a function with spans of the weights, of the gradients, of the first two buffers and, last, of the step
    /// sizes.
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
        var stepSizes = stepSizeSpan
        isFinite = nil
        return body(&weights, &gradient, &first, &second, &stepSizes)
    }

    /// Calls a function with spans of the weights, of the gradients, of the first three buffers and, last, of the
    /// step sizes.
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
        var stepSizes = stepSizeSpan
        isFinite = nil
        return body(&weights, &gradient, &first, &second, &third, &stepSizes)
    }

    /// Calls a function with consecutive pieces of this one, each of at most `limit` weights.
    ///
    /// This is for a rule that takes several loops: about a thousand weights, with their gradients and buffers, stay
    /// in the first-level cache from one loop to the next. Traps if the limit is not positive.
    @inlinable
    @inline(__always)
    public mutating func forEachBlock(of limit: Int = 1024, _ body: (inout UpdatePiece) -> Void) {
        require(limit > 0, "A block has at least one weight, not \(limit).")
        var (isKnown, areFinite) = (true, true)
        for start in stride(from: 0, to: count, by: limit) {
            var block = self.block(start..<min(start + limit, count))
            body(&block)
            if let isFinite = block.isFinite { areFinite = areFinite && isFinite } else { isKnown = false }
        }
        isFinite = isKnown ? areFinite : nil
    }

    /// The start of this piece in a buffer, given by its index among the names of the state; traps if there is no
    /// such buffer.
    @inlinable
    @inline(__always)
    func buffer(_ index: Int) -> UnsafeMutablePointer<Float> {
        guard index < bufferCount, let firstBuffer else {
            fatalError("The loop takes buffer \(index + 1), but the optimizer's state has \(bufferCount).")
        }
        return firstBuffer + index * bufferDistance
    }
}
