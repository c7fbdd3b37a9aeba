/// The sum of the differences between neighbors, which makes weights piecewise constant as a proximal step.
///
///     R(w) = Σ |w_{i+1} − w_i| over the neighbors i, i + 1 within each row, or within each column
///
/// It is the second term of the fused lasso. A line is a row or a column, whichever the neighbors are in.
///
/// - Shape: any along rows, where a vector is one row; rank 2 or more along columns.
/// - Gradient: sign(wᵢ − wᵢ₋₁) − sign(wᵢ₊₁ − wᵢ), with the sign 0 at 0.
/// - Proximal point: exact, by dynamic programming; for large scales it tends to the mean of the line.
/// - Metric: diagonal, by the same algorithm; for large scales it tends to the mean of the line weighted by 1/tᵢ.
/// - Composition: convex, positively homogeneous, a sum over the lines, and linear in the order of a line's
///   elements.
/// - Edge cases: a line of at most one element has value 0 and stays; NaN in a line makes the line NaN;
///   infinity stays infinite; an element whose 2tᵢ is too small to change it in Float stays.
/// - Complexity: O(n). Lines of more than 8,192 elements allocate eight Doubles for each element.
/// - Source: Johnson, "A Dynamic Programming Algorithm for the Fused Lasso and L0-Segmentation", 2013.
public struct TotalVariation: DifferentiableRegularizer, MetricProximalRegularizer, Hashable, Codable {
    /// The direction in which neighbors are compared.
    public enum Axis: String, Sendable, Hashable, Codable, CaseIterable {
        /// Neighbors within each row.
        case rows
        /// Neighbors within each column.
        case columns
    }

    /// The direction in which neighbors are compared.
    public let axis: Axis

    /// Makes the regularizer.
    public init(along axis: Axis) {
        self.axis = axis
    }

    /// Reads `axis`, which is `"rows"` or `"columns"`; throws a `DecodingError` for another value.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        axis = try values.decode(CaseName<Axis>.self, forKey: .axis).value
    }

    /// `TotalVariation(rows)` or `TotalVariation(columns)`.
    public var name: String { "TotalVariation(\(axis))" }

    /// `.grouped` by rows or columns, since it is a sum over these lines.
    public var structure: Structure { .grouped(axis == .rows ? .rows : .columns) }

    /// Convex, positively homogeneous, linear where the elements keep their order, and one function for all lines.
    public var properties: CompositionProperties {
        [.convex, .positivelyHomogeneous, .linearInOrder, .groupsAlike]
    }

    /// Accepts every shape along rows, rank 2 and more along columns.
    public func check(_ shape: Shape) throws {
        if axis == .columns && shape.rank < 2 {
            throw ShapeError(
                "total variation along columns needs a tensor of rank 2 or more; use .rows for \(shape)")
        }
    }

    /// Σ |w_{i+1} − w_i|.
    public func value(at weights: Weights) -> Double {
        var sum = 0.0
        forEachPair(in: weights.shape) { first, second in
            let (a, b) = (weights[first], weights[second])
            sum += abs(Double(b) - Double(a))
        }
        return sum
    }

    /// Adds scale · (sign(wᵢ − wᵢ₋₁) − sign(wᵢ₊₁ − wᵢ)) to each element of the gradient.
    public func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        require(weights.count == gradient.count, "The weights and the gradient differ in count.")
        forEachPair(in: weights.shape) { first, second in
            let (a, b) = (weights[first], weights[second])
            let step = a < b ? scale : a > b ? -scale : a == b ? 0 : .nan
            gradient[first] -= step
            gradient[second] += step
        }
    }

    /// Moves every row, or every column, to its proximal point; traps if the counts of weights and scales differ.
    public func applyProx(to weights: inout MutableWeights, scales: Scales) {
        require(weights.count == scales.count, "The weights and the scales differ in count.")
        if let scale = scales.uniform {
            if scale == 0 { return }
            let scale = Double(min(scale, .greatestFiniteMagnitude))
            return forEachLine(of: &weights) { line, weights, buffers in
                line.fuse(&weights, &buffers) { _ in scale }
            }
        }
        forEachLine(of: &weights) { line, weights, buffers in
            line.fuse(&weights, &buffers) { Double(min(scales[ofEach: $0], .greatestFiniteMagnitude)) }
        }
    }

    /// Calls a function with the row-major indices of each pair of neighbors.
    private func forEachPair(in shape: Shape, _ body: (Int, Int) -> Void) {
        if axis == .rows {
            for row in 0..<shape.rows {
                for index in row * shape.columns..<max(0, (row + 1) * shape.columns - 1)
                where shape.columns > 0 {
                    body(index, index + 1)
                }
            }
        } else {
            for index in 0..<max(0, shape.rows - 1) * shape.columns { body(index, index + shape.columns) }
        }
    }

    /// Calls a function with each line and with memory for its dynamic programming, on several threads where the
    /// weights are many.
    private func forEachLine(
        of weights: inout MutableWeights,
        _ body: (FusedLine, inout MutableWeights, inout MutableSpan<Double>) -> Void
    ) {
        let shape = weights.shape
        let isRows = axis == .rows
        let count = isRows ? shape.columns : shape.rows
        if count < 2 { return }
        weights.concurrently(isRows ? shape.rows : shape.columns) { index, weights in
            let line = FusedLine(
                start: isRows ? index * count : index, stride: isRows ? 1 : shape.columns, count: count)
            if line.bufferCount <= scratchCount / 2 {
                withDoubleScratch { buffers in body(line, &weights, &buffers) }
            } else {
                var memory = [Double](repeating: 0, count: line.bufferCount)
                var buffers = memory.mutableSpan
                body(line, &weights, &buffers)
            }
        }
    }
}
