internal import Synchronization

/// Pointers to the weights, the gradients and the optimizer's buffers during an update.
///
/// They have one layout, so that a range means the same elements in all of them. Threads work on disjoint ranges; since
/// threads cannot share a mutable span, these are pointers, one of the few uses outside of `Kernels/`.
struct UpdateBuffers {
    let layout: Layout
    let weights: UnsafeMutablePointer<Float>
    let gradient: UnsafeMutablePointer<Float>
    let firstBuffer: UnsafeMutablePointer<Float>?
    let bufferDistance: Int
    let bufferCount: Int

    /// Calls a function with the pointers, which are valid during the call; does nothing if there are no weights.
    static func with(
        _ parameters: inout Parameters, _ gradients: inout Gradients, _ state: inout OptimizerState,
        _ body: (UpdateBuffers) -> Void
    ) {
        if parameters.count == 0 { return }
        let (layout, bufferDistance, bufferCount) = (
            parameters.layout, state.bufferDistance, state.names.count
        )
        var weights = parameters.mutableElements
        var gradient = gradients.mutableElements
        weights.withUnsafeMutableBufferPointer { weights in
            gradient.withUnsafeMutableBufferPointer { gradient in
                state.withStorage { firstBuffer in
                    guard let weights = weights.baseAddress, let gradient = gradient.baseAddress else {
                        return
                    }
                    body(
                        UpdateBuffers(
                            layout: layout, weights: weights, gradient: gradient, firstBuffer: firstBuffer,
                            bufferDistance: bufferDistance,
                            bufferCount: bufferCount))
                }
            }
        }
    }

    /// Calls a function with each piece of the layout and with scratch memory of one Float for each of its elements.
    ///
    /// Many weights are shared out among several threads. How the weights are cut into pieces does not depend on the
    /// number of threads.
    ///
    /// Returns whether the function has returned true for every piece.
    func forEachPiece(_ body: (Piece, UnsafeMutablePointer<Float>?) -> Bool) -> Bool {
        let pieces = layout.pieces
        let all = Atomic<Bool>(true)
        let grain = layout.count < longPass ? pieces.count : longPass / Piece.limit
        concurrently(over: pieces.count, grain: max(1, grain)) { range in
            var scratch = Piece.Scratch(repeating: 0)
            var span = scratch.mutableSpan
            span.withUnsafeMutableBufferPointer { scratch in
                for index in range where !body(pieces[index], scratch.baseAddress) {
                    all.store(false, ordering: .relaxed)
                }
            }
        }
        return all.load(ordering: .relaxed)
    }

    /// The weights, gradients and buffers of a range of the layout, which lies within one tensor.
    @_lifetime(immortal)
    func piece(_ range: Range<Int>, of tensor: Int, stepSizes: UnsafeMutablePointer<Float>?) -> UpdatePiece {
        UpdatePiece(
            range: range, tensor: tensor, weights: weights + range.lowerBound,
            gradient: gradient + range.lowerBound, firstBuffer: firstBuffer.map { $0 + range.lowerBound },
            bufferDistance: bufferDistance, bufferCount: bufferCount, stepSizes: stepSizes)
    }

    /// Whether the weights of an updated piece are finite, and the buffers too if its rule has looked at them.
    func isFinite(_ piece: borrowing UpdatePiece) -> Bool {
        piece.isFinite ?? Span(_unsafeStart: UnsafePointer(piece.weights), count: piece.count).isFinite
    }

    /// The weights of a piece.
    @_lifetime(immortal)
    func weights(of piece: Piece) -> MutableWeights { tensor(weights, piece) }

    /// The gradients of a piece.
    @_lifetime(immortal)
    func gradient(of piece: Piece) -> MutableWeights { tensor(gradient, piece) }

    @_lifetime(immortal)
    private func tensor(_ start: UnsafeMutablePointer<Float>, _ piece: Piece) -> MutableWeights {
        let elements = MutableSpan(_unsafeStart: start + piece.range.lowerBound, count: piece.range.count)
        return _overrideLifetime(MutableWeights(shape: piece.shape, elements), copying: ())
    }
}

extension OptimizerState {
    /// Makes one update of an optimizer that needs whole tensors: counts it, and calls a function with each tensor as
    /// one piece.
    ///
    ///     mutating func update(_ parameters: inout Parameters, along gradients: inout Gradients) {
    ///         let rate = learningRate
    ///         state.update(&parameters, along: &gradients) { tensor in
    ///             tensor.withSpans { weights, gradient, momentum, _ in … }
    ///         }
    ///     }
    ///
    /// The function is called on the calling thread, in the order of the layout. Traps if the parameters, the
    /// gradients and the buffers differ in their number of elements.
    public mutating func update(
        _ parameters: inout Parameters, along gradients: inout Gradients, _ body: (inout UpdatePiece) -> Void
    ) {
        begin(for: parameters, gradients)
        var isFinite = true
        UpdateBuffers.with(&parameters, &gradients, &self) { buffers in
            for (index, tensor) in buffers.layout.tensors.enumerated() {
                var piece = buffers.piece(tensor.range, of: index, stepSizes: nil)
                body(&piece)
                if !buffers.isFinite(piece) { isFinite = false }
            }
        }
        self.isFinite = isFinite
    }
}
