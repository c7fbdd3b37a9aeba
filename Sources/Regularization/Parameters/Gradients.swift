/// The gradient of a loss with respect to every tensor of some `Parameters`, in the same layout.
///
/// A value: a copy is independent, and is made only when one of the two changes.
public struct Gradients: Sendable {
    @usableFromInline var tensors: Parameters

    /// Makes zero gradients in the layout of the parameters.
    public init(like parameters: Parameters) {
        tensors = Parameters(zeros: parameters.layout)
    }

    /// The names, shapes and offsets of the tensors.
    public var layout: Layout { tensors.layout }

    /// Whether no element is NaN or infinite.
    ///
    /// - Complexity: O(elements), at the speed of memory.
    public var isFinite: Bool { elements.isFinite }

    /// The elements of all tensors, one tensor after the other in the order of the layout.
    @inlinable public var elements: Span<Float> {
        @_lifetime(borrow self) get { tensors.elements }
    }

    /// The elements of all tensors in the order of the layout, to read and to write.
    @inlinable public var mutableElements: MutableSpan<Float> {
        @_lifetime(&self) mutating get { tensors.mutableElements }
    }

    /// The gradient with respect to the tensor at an index of the layout; traps if there is no such index.
    @_lifetime(borrow self)
    public func weights(_ index: Int) -> Weights { tensors.weights(index) }

    /// The gradient with respect to the tensor at an index of the layout, to read and to write; traps if there is no
    /// such index.
    @_lifetime(&self)
    public mutating func mutableWeights(_ index: Int) -> MutableWeights { tensors.mutableWeights(index) }

    /// The gradient with respect to the tensor of that name, row-major, as a copy; setting it replaces all its
    /// elements.
    ///
    /// Traps if no tensor has the name, or if the new elements are not as many as those of the tensor. O(n) for n
    /// elements.
    public subscript(_ name: String) -> [Float] {
        get { tensors[name] }
        set { tensors[name] = newValue }
    }

    /// Sets every element to 0.
    public mutating func setToZero() {
        var elements = tensors.mutableElements
        for index in elements.indices { elements[index] = 0 }
    }
}
