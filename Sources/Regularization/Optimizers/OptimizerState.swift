/// What an optimizer's updates change: their number, and buffers of one number for each weight, by name.
///
///     var state = OptimizerState("mean", "square")
///
/// Buffers have the layout of the parameters. They are made at the first update, and can be read and written by name,
/// so that whoever stores a training or removes weights from a model need not know the optimizer.
public struct OptimizerState: Sendable {
    /// The names of the buffers.
    public let names: [String]
    /// The number of updates made: the one count that bias corrections and the schedules of strengths go by.
    ///
    /// Traps if it is negative.
    public var updates = 0 {
        didSet { require(updates >= 0, "A number of updates is not negative: \(updates).") }
    }
    /// What every number of a buffer is before the first update.
    let initialValue: Float
    /// One buffer after the other, `distance` apart.
    private(set) var storage: [Float] = []
    /// The number of elements of each buffer; 0 before the first update.
    public private(set) var count = 0

    /// A state of named buffers, which may be none; traps if a name occurs twice.
    public init(_ names: String..., startingAt initialValue: Float = 0) {
        self.init(names, startingAt: initialValue)
    }

    /// A state of named buffers; traps if a name occurs twice.
    public init(_ names: [String], startingAt initialValue: Float = 0) {
        require(Set(names).count == names.count, "Two buffers of an optimizer have one name: \(names).")
        self.names = names
        self.initialValue = initialValue
    }

    /// How far apart buffers are.
    ///
    /// Distances of a power of two have all buffers compete for a few lines of the cache.
    var distance: Int { count < 1024 ? count : (count + 1023) / 1024 * 1024 + 272 }

    /// The buffer of that name, in the parameters' layout, to copy or to replace; empty before the first update.
    ///
    /// The first that is written decides how many elements there are. Traps if there is none of that name, or if its
    /// elements are not as many as those of the others.
    public subscript(_ name: String) -> [Float] {
        get {
            let start = index(of: name) * distance
            return Array(storage[start..<start + count])
        }
        set {
            if storage.isEmpty { makeBuffers(of: newValue.count) }
            require(newValue.count == count, "\"\(name)\" has \(count) elements, not \(newValue.count).")
            let start = index(of: name) * distance
            storage.replaceSubrange(start..<start + count, with: newValue)
        }
    }

    private func index(of name: String) -> Int {
        guard let index = names.firstIndex(of: name) else {
            fatalError("No buffer of this optimizer is named \"\(name)\"; there are \(names).")
        }
        return index
    }

    private mutating func makeBuffers(of count: Int) {
        self.count = count
        storage = Array(repeating: initialValue, count: names.count * distance)
    }

    /// 1 − βᵗ after t updates: what an average that began at 0, m ← βm + (1 − β)g, is divided by.
    public func biasCorrection(decay: Float) -> Double { 1 - power(Double(decay), updates) }

    /// Counts an update, and makes buffers that are missing.
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

    /// The names and the count alone, for what changes the buffers to have beside them.
    var withoutBuffers: OptimizerState {
        OptimizerState(names, startingAt: initialValue, updates: updates)
    }

    private init(_ names: [String], startingAt initialValue: Float, updates: Int) {
        self.names = names
        self.initialValue = initialValue
        self.updates = updates
    }

    /// The buffers of a range of the layout, to read without a copy; traps before the first update.
    @_lifetime(borrow self)
    public func piece(_ range: Range<Int>) -> StatePiece {
        require(updates > 0, "An optimizer has step sizes of its own after its first update.")
        require(
            range.lowerBound >= 0 && range.upperBound <= count,
            "The range \(range) is not among the \(count) numbers of an optimizer's buffers.")
        return StatePiece(storage.span, range, offset: range.lowerBound, distance: distance)
    }

    /// Calls a function with the start of the buffers.
    mutating func withStorage<Result>(_ body: (UnsafeMutablePointer<Float>?) -> Result) -> Result {
        storage.withUnsafeMutableBufferPointer { body($0.isEmpty ? nil : $0.baseAddress) }
    }
}
