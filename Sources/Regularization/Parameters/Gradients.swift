/// The gradient of a loss with respect to every tensor of some `Parameters`, in the same layout.
public struct Gradients: Sendable {
    @usableFromInline var tensors: Parameters

    /// Zero gradients in the layout of the parameters.
    public init(like parameters: Parameters) {
        tensors = Parameters(zeros: parameters.layout)
    }

    /// The names, shapes and offsets of the tensors.
    public var layout: Layout { tensors.layout }

    /// All elements in the order of the layout.
    @inlinable public var elements: Span<Float> {
        @_lifetime(borrow self) get { tensors.elements }
    }

    /// All elements in the order of the layout, to change.
    @inlinable public var mutableElements: MutableSpan<Float> {
        @_lifetime(&self) mutating get { tensors.mutableElements }
    }

    /// The gradient of the tensor at an index of the layout.
    @_lifetime(borrow self)
    public func weights(_ index: Int) -> Weights { tensors.weights(index) }

    /// The gradient of the tensor at an index of the layout, to change.
    @_lifetime(&self)
    public mutating func mutableWeights(_ index: Int) -> MutableWeights { tensors.mutableWeights(index) }

    /// The gradient of the tensor of that name, row-major, to copy or to replace; traps if there is none.
    public subscript(_ name: String) -> [Float] {
        get { tensors[name] }
        set { tensors[name] = newValue }
    }

    /// Makes every element zero.
    public mutating func setToZero() {
        var elements = tensors.mutableElements
        for index in elements.indices { elements[index] = 0 }
    }
}
