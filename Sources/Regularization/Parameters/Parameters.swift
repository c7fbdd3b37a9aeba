/// The named tensors of a model in one contiguous buffer.
///
///     var parameters = Parameters([
///         ("fully.0.weight", [2, 3], [0.1, -0.2, 0.3, 0.4, -0.5, 0.6]),
///         ("fully.0.bias", [2], [0, 0]),
///     ])
///
/// A value: a copy is independent, and is made only when one of the two changes.
public struct Parameters: Sendable {
    /// The names, shapes and offsets of the tensors.
    public let layout: Layout
    @usableFromInline var storage: [Float]

    /// Lays tensors out in the order given, with values that are row-major.
    ///
    /// Traps if a name occurs twice or is empty, or if a tensor has not as many values as its shape has elements.
    public init(_ tensors: [(name: String, shape: Shape, values: [Float])]) {
        for tensor in tensors {
            require(
                tensor.values.count == tensor.shape.count,
                """
                "\(tensor.name)" has \(tensor.values.count) values, \
                but its shape \(tensor.shape) needs \(tensor.shape.count).
                """)
        }
        layout = Layout(tensors.map { ($0.name, $0.shape) })
        storage = tensors.flatMap(\.values)
    }

    /// Makes parameters of a layout with every element 0.
    public init(zeros layout: Layout) {
        self.layout = layout
        storage = Array(repeating: 0, count: layout.count)
    }

    /// The number of elements of all tensors together.
    public var count: Int { storage.count }

    /// Whether no element is NaN or infinite.
    ///
    /// - Complexity: O(count), at the speed of memory.
    public var isFinite: Bool { elements.isFinite }

    /// The elements of all tensors, one tensor after the other in the order of the layout.
    @inlinable public var elements: Span<Float> {
        @_lifetime(borrow self) get { storage.span }
    }

    /// The elements of all tensors in the order of the layout, to read and to write.
    @inlinable public var mutableElements: MutableSpan<Float> {
        @_lifetime(&self) mutating get { storage.mutableSpan }
    }

    /// The tensor at an index of the layout; traps if there is no such index.
    @_lifetime(borrow self)
    public func weights(_ index: Int) -> Weights {
        let tensor = layout.tensor(index)
        return Weights(shape: tensor.shape, storage.span.extracting(tensor.range))
    }

    /// The tensor at an index of the layout, to read and to write; traps if there is no such index.
    @_lifetime(&self)
    public mutating func mutableWeights(_ index: Int) -> MutableWeights {
        let tensor = layout.tensor(index)
        return MutableWeights(shape: tensor.shape, storage.mutableSpan.slice(tensor.range))
    }

    /// The elements of the tensor of that name, row-major, as a copy; setting it replaces all of them.
    ///
    /// Traps if no tensor has the name, or if the new elements are not as many as those of the tensor. O(n) for n
    /// elements.
    public subscript(_ name: String) -> [Float] {
        get { Array(storage[range(of: name)]) }
        set {
            let range = range(of: name)
            require(
                newValue.count == range.count,
                "\"\(name)\" has \(range.count) elements, not \(newValue.count).")
            storage.replaceSubrange(range, with: newValue)
        }
    }

    private func range(of name: String) -> Range<Int> {
        guard let index = layout.index(of: name) else {
            fatalError(
                "No parameter is named \"\(name)\"; there are \(layout.tensors.map(\.name)).")
        }
        return layout.tensors[index].range
    }
}
