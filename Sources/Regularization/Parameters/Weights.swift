/// A borrowed view of one tensor's elements: its shape and a span, without a copy.
///
/// It cannot outlive what it borrows. Elements are row-major.
public struct Weights: ~Escapable {
    /// The shape of the tensor.
    public let shape: Shape
    /// The elements, row-major.
    public let elements: Span<Float>

    /// Views the elements as a tensor of that shape; traps if the counts differ.
    @inlinable
    @_lifetime(copy elements)
    public init(shape: Shape, _ elements: Span<Float>) {
        require(shape.count == elements.count, "The shape and the elements differ in count.")
        self.shape = shape
        self.elements = elements
    }

    /// The number of elements.
    @inlinable public var count: Int { elements.count }

    /// The element at a row-major index.
    @inlinable public subscript(_ index: Int) -> Float { elements[index] }

    /// The element of the tensor read as a matrix.
    @inlinable public subscript(row row: Int, column column: Int) -> Float {
        elements[row * shape.columns + column]
    }

    /// One row of the tensor read as a matrix.
    @inlinable
    @_lifetime(copy self)
    public func row(_ index: Int) -> Span<Float> {
        elements.extracting(index * shape.columns..<(index + 1) * shape.columns)
    }
}

/// A borrowed view through which one tensor's elements can be changed.
public struct MutableWeights: ~Copyable, ~Escapable {
    /// The shape of the tensor.
    public let shape: Shape
    /// The elements, row-major.
    public var elements: MutableSpan<Float>

    /// Views the elements as a tensor of that shape; traps if the counts differ.
    @inlinable
    @_lifetime(copy elements)
    public init(shape: Shape, _ elements: consuming MutableSpan<Float>) {
        require(shape.count == elements.count, "The shape and the elements differ in count.")
        self.shape = shape
        self.elements = elements
    }

    /// The number of elements.
    @inlinable public var count: Int { elements.count }

    /// The element at a row-major index.
    @inlinable public subscript(_ index: Int) -> Float {
        get { elements[index] }
        set { elements[index] = newValue }
    }

    /// The element of the tensor read as a matrix.
    @inlinable public subscript(row row: Int, column column: Int) -> Float {
        get { elements[row * shape.columns + column] }
        set { elements[row * shape.columns + column] = newValue }
    }

    /// The same elements, to read.
    @inlinable public var readOnly: Weights {
        @_lifetime(borrow self) get { Weights(shape: shape, elements.span) }
    }
}
