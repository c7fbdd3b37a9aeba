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
    /// Traps if there is no such row or no such column.
    @inlinable public subscript(row row: Int, column column: Int) -> Float {
        elements[shape.index(row: row, column: column)]
    }

    /// One row of the tensor read as a matrix; traps if there is no such row.
    @inlinable
    @_lifetime(copy self)
    public func row(_ index: Int) -> Span<Float> {
        require(
            index >= 0 && index < shape.rows, "There is no row \(index) in a tensor of \(shape.rows) rows.")
        return elements.extracting(index * shape.columns..<(index + 1) * shape.columns)
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
    /// Traps if there is no such row or no such column.
    @inlinable public subscript(row row: Int, column column: Int) -> Float {
        get { elements[shape.index(row: row, column: column)] }
        set { elements[shape.index(row: row, column: column)] = newValue }
    }

    /// The same elements, borrowed to read only.
    @inlinable public var readOnly: Weights {
        @_lifetime(borrow self) get { Weights(shape: shape, elements.span) }
    }
}
