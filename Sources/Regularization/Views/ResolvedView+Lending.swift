/// Memory for copies of a view's weights, and of the numbers that belong to them in another buffer, such as step sizes.
struct ViewScratch: Sendable {
    var weights: [Float] = []
    var others: [Float] = []
}

extension ViewScratch {
    /// Allocates memory for the largest of those views whose elements have to be copied.
    init(for views: some Sequence<ResolvedView>) {
        let count = views.reduce(0) { $1.needsScratch(byRows: false) ? max($0, $1.count) : $0 }
        weights = Array(repeating: 0, count: count)
        others = weights
    }
}

extension ResolvedView {
    /// Calls a function with each tensor that a regularizer on the view is given, in order; copies the elements unless
    /// they are contiguous.
    func forEach(
        in buffer: Span<Float>, _ scratch: inout ViewScratch, _ body: (Weights) throws -> Void
    ) rethrows {
        if let range { return try forEachTensor(of: buffer.extracting(range), body) }
        var vector = scratch.weights.mutableSpan.slice(0..<count)
        for copy in copies { copy.gather(from: buffer, into: &vector) }
        try forEachTensor(of: vector.span, body)
    }

    private func forEachTensor(of elements: Span<Float>, _ body: (Weights) throws -> Void) rethrows {
        for part in 0..<repetitions {
            try body(Weights(shape: shape, elements.extracting(range(ofTensor: part))))
        }
    }

    private func range(ofTensor tensor: Int) -> Range<Int> {
        tensor * shape.count..<(tensor + 1) * shape.count
    }

    /// Calls a function with each tensor that a regularizer on the view is given, to change, and with the numbers that
    /// belong to its elements in another buffer of the same layout, such as step sizes.
    ///
    /// An empty buffer gives an empty span.
    ///
    /// `byRows` says that the function does the same to some rows alone as to all rows. Then it may be called with a
    /// few rows at a time, copies of which stay in cache, and on several threads.
    func change(
        _ buffer: inout MutableSpan<Float>, beside other: Span<Float>, byRows: Bool = false,
        _ scratch: inout ViewScratch, _ body: (inout MutableWeights, Span<Float>) -> Void
    ) {
        if let range {
            var elements = buffer._mutatingExtracting(range)
            let others = other.count == 0 ? other : other.extracting(range)
            change(&elements, others, body)
        } else if !needsScratch(byRows: byRows) {
            copies.changeRows(of: &buffer, beside: other, shape, body)
        } else {
            change(&buffer, beside: other, &scratch.weights, &scratch.others, body)
        }
    }

    /// Changes the tensors of the view in copies of all their elements, and copies these back.
    private func change(
        _ buffer: inout MutableSpan<Float>, beside other: Span<Float>, _ weights: inout [Float],
        _ others: inout [Float], _ body: (inout MutableWeights, Span<Float>) -> Void
    ) {
        var others = others.mutableSpan.slice(0..<(other.count == 0 ? 0 : count))
        if other.count > 0 { for copy in copies { copy.gather(from: other, into: &others) } }
        var elements = weights.mutableSpan.slice(0..<count)
        for copy in copies { copy.gather(from: buffer.span, into: &elements) }
        change(&elements, others.span, body)
        for copy in copies { copy.scatter(elements.span, to: &buffer) }
    }

    private func change(
        _ elements: inout MutableSpan<Float>, _ others: Span<Float>,
        _ body: (inout MutableWeights, Span<Float>) -> Void
    ) {
        for part in 0..<repetitions {
            let range = range(ofTensor: part)
            var weights = MutableWeights(shape: shape, elements._mutatingExtracting(range))
            body(&weights, others.count == 0 ? others : others.extracting(range))
        }
    }
}
