/// A tensor's elements, borrowed to read: its shape and a span, without a copy.
///
/// It cannot outlive the memory that it borrows. Elements are row-major.
public struct Weights: ~Escapable {
    /// The shape of the tensor.
    public let shape: Shape
    /// The elements, row-major.
    public let elements: Span<Float>

    /// Reads the elements as a tensor of that shape, row-major; traps if the shape has another number of elements.
    @inlinable
    @_lifetime(copy elements)
    public init(shape: Shape, _ elements: Span<Float>) {
        require(shape.count == elements.count, "The shape and the elements differ in count.")
        self.shape = shape
        self.elements = elements
    }

    /// The number of elements.
    @inlinable public var count: Int { elements.count }

    /// The element at a row-major index; traps if the index is out of bounds.
    @inlinable public subscript(_ index: Int) -> Float { elements[index] }

    /// The element in a row and a column of the tensor read as a matrix.
    ///
    /// Traps if the element's row-major index is out of bounds; a column that is out of bounds may reach another row.
    @inlinable public subscript(row row: Int, column column: Int) -> Float {
        elements[row * shape.columns + column]
    }

    /// One row of the tensor read as a matrix; traps if there is no such row.
    @inlinable
    @_lifetime(copy self)
    public func row(_ index: Int) -> Span<Float> {
        elements.extracting(index * shape.columns..<(index + 1) * shape.columns)
    }
}

/// A tensor's elements, borrowed to read and to write, without a copy.
///
/// It cannot outlive the memory that it borrows. Elements are row-major.
public struct MutableWeights: ~Copyable, ~Escapable {
    /// The shape of the tensor.
    public let shape: Shape
    /// The elements, row-major.
    public var elements: MutableSpan<Float>

    /// Reads the elements as a tensor of that shape, row-major; traps if the shape has another number of elements.
    @inlinable
    @_lifetime(copy elements)
    public init(shape: Shape, _ elements: consuming MutableSpan<Float>) {
        require(shape.count == elements.count, "The shape and the elements differ in count.")
        self.shape = shape
        self.elements = elements
    }

    /// The number of elements.
    @inlinable public var count: Int { elements.count }

    /// The element at a row-major index; traps if the index is out of bounds.
    @inlinable public subscript(_ index: Int) -> Float {
        get { elements[index] }
        set { elements[index] = newValue }
    }

    /// The element in a row and a column of the tensor read as a matrix.
    ///
    /// Traps if the element's row-major index is out of bounds; a column that is out of bounds may reach another row.
    @inlinable public subscript(row row: Int, column column: Int) -> Float {
        get { elements[row * shape.columns + column] }
        set { elements[row * shape.columns + column] = newValue }
    }

    /// The same elements, borrowed to read only.
    @inlinable public var readOnly: Weights {
        @_lifetime(borrow self) get { Weights(shape: shape, elements.span) }
    }
}
