/// The state of an optimizer: the number of updates made, and named buffers with one number for each weight.
///
///     var state = OptimizerState("mean", "square")
///
/// The buffers have the layout of the parameters and are made at the first update. They can be read and written by
/// name, so that code that stores a training, or removes weights from a model, need not know which optimizer it is.
public struct OptimizerState: Sendable {
    /// The names of the buffers, in the order in which `UpdatePiece` and `StatePiece` index them.
    public let names: [String]
    /// The number of updates made, which is the one count that bias corrections and schedules of strengths depend on.
    ///
    /// Traps if it is set to a negative number.
    public var updates = 0 {
        didSet {
            require(updates >= 0, "A number of updates is not negative: \(updates).")
            isFinite = nil
        }
    }
    /// Whether the last update, proximal steps included, left every weight finite.
    ///
    /// With a built-in rule it says so of the buffers too. It costs hardly any time, since it is found while they are
    /// written. Where it is false,
    /// `Optimizer.firstNonfinite(updating:along:)` says what went wrong. It is nil where this is not known: before the
    /// first update, and after an update that an optimizer of one's own counted by itself.
    public internal(set) var isFinite: Bool?
    /// The number that all elements of every buffer have before the first update.
    let initialValue: Float
    /// The elements of all buffers in one allocation, in the order of the names; one buffer begins `bufferDistance`
    /// elements after the one before.
    private(set) var storage: [Float] = []
    /// The number of elements of each buffer; 0 until the buffers are made, and if there are none.
    public private(set) var count = 0

    /// Makes a state with named buffers, which may be none, whose elements all start at one number.
    ///
    /// Traps if a name occurs twice.
    public init(_ names: String..., startingAt initialValue: Float = 0) {
        self.init(names, startingAt: initialValue)
    }

    /// Makes a state with named buffers, whose elements all start at one number.
    ///
    /// Traps if a name occurs twice.
    public init(_ names: [String], startingAt initialValue: Float = 0) {
        require(Set(names).count == names.count, "Two buffers of an optimizer have one name: \(names).")
        require(initialValue.isFinite, "Buffers start at a finite number, not at \(initialValue).")
        self.names = names
        self.initialValue = initialValue
    }

    /// The number of elements from the start of one buffer to the start of the next.
    ///
    /// From 1024 elements on it is no power of two, with which the same element of all buffers would compete for a few
    /// lines of the cache.
    var bufferDistance: Int { count < 1024 ? count : (count + 1023) / 1024 * 1024 + 272 }

    /// A copy of the buffer of that name, in the parameters' layout; assigning replaces the buffer.
    ///
    /// The copy is empty before the buffers are made. The first buffer that is assigned decides how many elements each
    /// buffer has. Traps if there is no buffer of that name, or if the assigned elements are not as many as those of
    /// the others.
    public subscript(_ name: String) -> [Float] {
        get {
            let start = index(of: name) * bufferDistance
            return Array(storage[start..<start + count])
        }
        set {
            if storage.isEmpty { makeBuffers(of: newValue.count) }
            require(newValue.count == count, "\"\(name)\" has \(count) elements, not \(newValue.count).")
            let start = index(of: name) * bufferDistance
            storage.replaceSubrange(start..<start + count, with: newValue)
        }
    }

    private func index(of name: String) -> Int {
        guard let index = names.firstIndex(of: name) else {
            fatalError("No buffer of this optimizer is named \"\(name)\"; there are \(names).")
        }
        return index
    }

    /// Makes the buffers of so many elements each.
    package mutating func makeBuffers(of count: Int) {
        self.count = count
        storage = Array(repeating: initialValue, count: names.count * bufferDistance)
    }

    /// The number 1 − βᵗ after t updates, by which an average m ← βm + (1 − β)g that began at 0 is divided to correct
    /// its bias.
    public func biasCorrection(decay: Float) -> Double { 1 - power(Double(decay), updates) }

    /// Counts an update, and makes the buffers if there are none yet.
    ///
    /// Traps if the parameters, the gradients and existing buffers differ in their number of elements.
    mutating func begin(for parameters: borrowing Parameters, _ gradients: borrowing Gradients) {
        require(
            gradients.elements.count == parameters.count, "Parameters and gradients differ in count.")
        updates += 1
        if names.isEmpty { return }
        if storage.isEmpty { makeBuffers(of: parameters.count) }
        require(
            count == parameters.count,
            "An optimizer's state belongs to one model; make a new optimizer for another.")
    }

    /// A range of the elements of a buffer, given by its index among the names.
    @_lifetime(borrow self)
    package func elements(of buffer: Int, in range: Range<Int>) -> Span<Float> {
        let start = buffer * bufferDistance
        return storage.span.extracting(start + range.lowerBound..<start + range.upperBound)
    }

    /// A range of the elements of a buffer, given by its index among the names, to read and to write.
    @_lifetime(&self)
    package mutating func mutableElements(of buffer: Int, in range: Range<Int>) -> MutableSpan<Float> {
        let start = buffer * bufferDistance
        return storage.mutableSpan.slice(start + range.lowerBound..<start + range.upperBound)
    }

    /// The names and the number of updates without the buffers, which a rule holds while the loop has the buffers.
    package var withoutBuffers: OptimizerState {
        OptimizerState(names, startingAt: initialValue, updates: updates)
    }

    private init(_ names: [String], startingAt initialValue: Float, updates: Int) {
        self.names = names
        self.initialValue = initialValue
        self.updates = updates
    }

    /// A view of the buffers over a range of the layout, to read without a copy.
    ///
    /// Traps before the first update, and if the range does not lie within the buffers.
    @_lifetime(borrow self)
    public func piece(_ range: Range<Int>) -> StatePiece {
        require(updates > 0, "An optimizer with a diagonal metric has no step sizes before its first update.")
        require(
            range.lowerBound >= 0 && range.upperBound <= count,
            "The range \(range) is not among the \(count) numbers of an optimizer's buffers.")
        return StatePiece(storage.span, range, offset: range.lowerBound, bufferDistance: bufferDistance)
    }

    /// Calls a function with the start of the first buffer; with nil if there are no buffers.
    mutating func withStorage<Result>(_ body: (UnsafeMutablePointer<Float>?) -> Result) -> Result {
        storage.withUnsafeMutableBufferPointer { body($0.isEmpty ? nil : $0.baseAddress) }
    }
}
