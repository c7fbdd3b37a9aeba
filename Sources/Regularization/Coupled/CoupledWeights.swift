/// A borrowed view of several tensors, without a copy.
public struct CoupledWeights: ~Escapable {
    let slots: [Layout.Tensor]
    let elements: Span<Float>

    @_lifetime(copy elements)
    init(_ slots: [Layout.Tensor], in elements: Span<Float>) {
        self.slots = slots
        self.elements = elements
    }

    /// Views elements as tensors one after the other; traps if the counts differ.
    @_lifetime(copy elements)
    public init(shapes: [Shape], _ elements: Span<Float>) {
        slots = Layout.consecutive(shapes, count: elements.count)
        self.elements = elements
    }

    /// The number of tensors.
    public var count: Int { slots.count }

    /// The shape of a tensor.
    public func shape(of tensor: Int) -> Shape { slots[tensor].shape }

    /// One of the tensors.
    public subscript(_ tensor: Int) -> Weights {
        @_lifetime(copy self)
        get { Weights(shape: slots[tensor].shape, elements.extracting(slots[tensor].range)) }
    }

    /// An element, by its tensor and its row-major index there.
    public subscript(_ tensor: Int, _ index: Int) -> Float {
        elements[slots[tensor].place(of: index)]
    }
}

/// A borrowed view through which several tensors can be changed.
public struct MutableCoupledWeights: ~Copyable, ~Escapable {
    let slots: [Layout.Tensor]
    var elements: MutableSpan<Float>

    @_lifetime(copy elements)
    init(_ slots: [Layout.Tensor], in elements: consuming MutableSpan<Float>) {
        self.slots = slots
        self.elements = elements
    }

    /// Views elements as tensors one after the other; traps if the counts differ.
    @_lifetime(copy elements)
    public init(shapes: [Shape], _ elements: consuming MutableSpan<Float>) {
        slots = Layout.consecutive(shapes, count: elements.count)
        self.elements = elements
    }

    /// The number of tensors.
    public var count: Int { slots.count }

    /// The shape of a tensor.
    public func shape(of tensor: Int) -> Shape { slots[tensor].shape }

    /// An element, by its tensor and its row-major index there.
    public subscript(_ tensor: Int, _ index: Int) -> Float {
        get { elements[slots[tensor].place(of: index)] }
        set { elements[slots[tensor].place(of: index)] = newValue }
    }

    /// Lends one of the tensors, to change.
    public mutating func withTensor<Result, Failure: Error>(
        _ tensor: Int, _ body: (inout MutableWeights) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        var weights = MutableWeights(
            shape: slots[tensor].shape, elements._mutatingExtracting(slots[tensor].range))
        return try body(&weights)
    }

    /// The same tensors, to read.
    public var weights: CoupledWeights {
        @_lifetime(borrow self) get { CoupledWeights(slots, in: elements.span) }
    }
}

/// One proximal scale for each element of several tensors; see `Scales`.
public struct CoupledScales: ~Escapable {
    let slots: [Layout.Tensor]
    let stepSizes: Span<Float>
    let factor: Float

    @_lifetime(copy stepSizes)
    init(_ slots: [Layout.Tensor], in stepSizes: Span<Float>, factor: Float) {
        self.slots = slots
        self.stepSizes = stepSizes
        self.factor = factor
    }

    /// Views step sizes as the scales of tensors one after the other, each multiplied by a factor; traps if the counts
    /// differ.
    @_lifetime(copy stepSizes)
    public init(shapes: [Shape], _ stepSizes: Span<Float>, factor: Float) {
        slots = Layout.consecutive(shapes, count: stepSizes.count)
        self.stepSizes = stepSizes
        self.factor = factor
    }

    /// The step sizes, which the factor multiplies.
    var steps: CoupledWeights {
        @_lifetime(copy self) get { CoupledWeights(slots, in: stepSizes) }
    }

    /// The scales of one of the tensors.
    public subscript(_ tensor: Int) -> Scales {
        @_lifetime(copy self)
        get { Scales(stepSizes.extracting(slots[tensor].range), factor: factor) }
    }

    /// The scale of an element, by its tensor and its row-major index there.
    public subscript(_ tensor: Int, _ index: Int) -> Float {
        factor * stepSizes[slots[tensor].place(of: index)]
    }
}

extension Layout {
    /// Tensors one after the other; traps unless they have that many elements.
    fileprivate static func consecutive(_ shapes: [Shape], count: Int) -> [Layout.Tensor] {
        let layout = Layout(shapes.enumerated().map { ("\($0)", $1) })
        require(
            layout.count == count, "Tensors of \(shapes) have \(layout.count) elements, not \(count).")
        return layout.tensors
    }
}

extension Layout.Tensor {
    /// The place in the buffer of an element of the tensor; traps if there is no such element.
    fileprivate func place(of index: Int) -> Int {
        require(index >= 0 && index < range.count, "A tensor of \(shape) has no element \(index).")
        return range.lowerBound + index
    }
}
