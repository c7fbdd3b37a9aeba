/// A range of weights of one tensor during an update, with their gradients and their elements of the optimizer's
/// buffers.
///
/// Buffers are in the order in which `OptimizerState` names them. An `UpdateRule` gets pieces that stay in cache; an
/// optimizer of whole tensors gets each tensor as one piece.
public struct UpdatePiece: ~Copyable, ~Escapable {
    /// The position of the weights in the layout.
    public let range: Range<Int>
    /// The index of their tensor in the layout.
    public let tensor: Int
    @usableFromInline let weights: UnsafeMutablePointer<Float>
    @usableFromInline let gradient: UnsafeMutablePointer<Float>
    /// The first buffer from this piece on; the same weight's element of the next buffer lies `distance` elements
    /// further.
    @usableFromInline let firstBuffer: UnsafeMutablePointer<Float>?
    @usableFromInline let bufferDistance: Int
    @usableFromInline let bufferCount: Int
    /// The memory for the step sizes; nil if they are not wanted.
    @usableFromInline let stepSizes: UnsafeMutablePointer<Float>?

    /// Whether the weights are finite, if a loop has looked at them as it wrote them; else nil.
    @usableFromInline var isFinite: Bool?

    /// The number of weights.
    @inlinable public var count: Int { range.count }

    @_lifetime(immortal)
    @usableFromInline
    init(
        range: Range<Int>, tensor: Int, weights: UnsafeMutablePointer<Float>,
        gradient: UnsafeMutablePointer<Float>, firstBuffer: UnsafeMutablePointer<Float>?, bufferDistance: Int,
        bufferCount: Int, stepSizes: UnsafeMutablePointer<Float>?
    ) {
        self.range = range
        self.tensor = tensor
        self.weights = weights
        self.gradient = gradient
        self.firstBuffer = firstBuffer
        self.bufferDistance = bufferDistance
        self.bufferCount = bufferCount
        self.stepSizes = stepSizes
    }

    /// The part of this piece at some offsets from its start.
    @_lifetime(copy self)
    @usableFromInline
    func block(_ offsets: Range<Int>) -> UpdatePiece {
        let start = offsets.lowerBound
        return _overrideLifetime(
            UpdatePiece(
                range: range.lowerBound + start..<range.lowerBound + offsets.upperBound, tensor: tensor,
                weights: weights + start, gradient: gradient + start,
                firstBuffer: firstBuffer.map { $0 + start },
                bufferDistance: bufferDistance, bufferCount: bufferCount,
                stepSizes: stepSizes.map { $0 + start }),
            copying: self)
    }

    /// The span for the step sizes; empty if they are not wanted.
    @inlinable
    var stepSizeSpan: MutableSpan<Float> {
        @_lifetime(copy self) get {
            _overrideLifetime(
                MutableSpan(
                    _unsafeElements: UnsafeMutableBufferPointer(
                        start: stepSizes, count: stepSizes == nil ? 0 : count)),
                copying: self)
        }
    }

    /// This piece of the buffers, to read.
    var state: StatePiece {
        @_lifetime(copy self) get {
            let all = Span(
                _unsafeElements: UnsafeBufferPointer(
                    start: firstBuffer,
                    count: firstBuffer == nil ? 0 : (bufferCount - 1) * bufferDistance + count))
            return _overrideLifetime(
                StatePiece(all, range, offset: 0, bufferDistance: bufferDistance), copying: self)
        }
    }
}

/// A range of the elements of an optimizer's buffers, to read.
public struct StatePiece: ~Copyable, ~Escapable {
    private let storage: Span<Float>
    private let offset: Int
    private let bufferDistance: Int
    private let range: Range<Int>

    @_lifetime(copy storage)
    init(_ storage: Span<Float>, _ range: Range<Int>, offset: Int, bufferDistance: Int) {
        self.storage = storage
        self.offset = offset
        self.range = range
        self.bufferDistance = bufferDistance
    }

    /// The elements of a buffer, given by its index among the names of `OptimizerState`; traps if there is no such
    /// buffer.
    public subscript(_ index: Int) -> Span<Float> {
        @_lifetime(borrow self) get {
            let start = index * bufferDistance + offset
            return storage.extracting(start..<start + range.count)
        }
    }
}
