/// One group of a tensor's elements, as a sequence of their row-major indices.
///
///     for element in groups.group(3, in: weights.shape) { sum += weights[element] }
public struct Group: Sendable, Sequence {
    /// The index of the group among the groups of the tensor, from 0.
    public let index: Int
    /// The number of elements.
    public let size: Int
    @usableFromInline let start: Int
    @usableFromInline let runs: Int
    @usableFromInline let stride: Int
    @usableFromInline let runLength: Int
    @usableFromInline let elements: [Int]

    /// Makes a group of `runs` runs of `runLength` neighboring elements, the first run at `start`, the next ones
    /// `stride` apart.
    init(index: Int, start: Int, runs: Int, stride: Int, runLength: Int) {
        self.index = index
        size = runs * runLength
        self.start = start
        self.runs = runs
        self.stride = stride
        self.runLength = runLength
        elements = []
    }

    /// Makes a group of elements that are listed one by one, by their row-major indices.
    init(index: Int, elements: [Int]) {
        self.index = index
        size = elements.count
        start = 0
        runs = 0
        stride = 0
        runLength = 0
        self.elements = elements
    }

    /// An iterator over the row-major indices of a group's elements, in order.
    public struct Iterator: IteratorProtocol {
        @usableFromInline let group: Group
        @usableFromInline var run: Int
        @usableFromInline var position: Int
        @usableFromInline var remaining: Int

        @inlinable
        init(_ group: Group) {
            self.group = group
            run = 0
            position = group.start
            remaining = group.size == 0 ? 0 : group.elements.isEmpty ? group.runLength : group.size
        }

        /// The next element's row-major index.
        @inlinable
        public mutating func next() -> Int? {
            if remaining == 0 {
                run += 1
                guard run < group.runs, group.runLength > 0 else { return nil }
                position = group.start + run * group.stride
                remaining = group.runLength
            }
            remaining -= 1
            defer { position += 1 }
            return group.elements.isEmpty ? position : group.elements[position]
        }
    }

    /// An iterator over the elements' row-major indices.
    @inlinable
    public func makeIterator() -> Iterator { Iterator(self) }

    /// Calls a function with each element's row-major index, in order; faster than a loop over the sequence.
    @inlinable
    @inline(__always)
    public func forEach(_ body: (Int) -> Void) {
        if !elements.isEmpty {
            for element in elements { body(element) }
        } else if runLength == 1 {
            var element = start
            for _ in 0..<runs {
                body(element)
                element &+= stride
            }
        } else {
            for run in 0..<runs {
                let first = start &+ run &* stride
                for element in first..<first &+ runLength { body(element) }
            }
        }
    }
}
