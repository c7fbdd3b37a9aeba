extension [StridedCopy] {
    /// Calls a function with copies of up to sixteen rows at a time, to change, and writes them back.
    ///
    /// It also gets copies of the same elements of another buffer, to read, which are empty if that buffer is. The
    /// copies put together make a matrix of the given shape; they go by rows, and its rows are no longer than
    /// `vectorLimit`. The calls come on several threads where the elements are many.
    func changeRows(
        of buffer: inout MutableSpan<Float>, beside other: Span<Float>, _ shape: Shape,
        _ body: (inout MutableWeights, Span<Float>) -> Void
    ) {
        let (rows, columns) = (shape.rows, shape.columns)
        let atOnce = Swift.min(16, vectorLimit / Swift.max(1, columns))
        let grain =
            shape.count < longPass ? rows : atOnce * Swift.max(1, longPass / 2 / (atOnce * columns))
        buffer.withUnsafeMutableBufferPointer { buffer in
            other.withUnsafeBufferPointer { other in
                concurrently(over: rows, grain: grain) { range in
                    withVectors(of: atOnce * columns) { vector, others in
                        var elements = MutableSpan(_unsafeElements: buffer)
                        for start in stride(from: range.lowerBound, to: range.upperBound, by: atOnce) {
                            let block = start..<Swift.min(start + atOnce, range.upperBound)
                            let count = block.count * columns
                            for copy in self {
                                let copy = copy.rows(block)
                                copy.gather(from: elements.span, into: &vector)
                                if !other.isEmpty {
                                    copy.gather(from: Span(_unsafeElements: other), into: &others)
                                }
                            }
                            var weights = MutableWeights(
                                shape: Shape(rows: block.count, columns: columns),
                                vector._mutatingExtracting(0..<count))
                            body(&weights, others.span.extracting(0..<(other.isEmpty ? 0 : count)))
                            for copy in self { copy.rows(block).scatter(vector.span, to: &elements) }
                        }
                    }
                }
            }
        }
    }
}
