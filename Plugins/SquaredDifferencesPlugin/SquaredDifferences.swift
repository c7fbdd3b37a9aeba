import Regularization

/// Half the squared differences between neighbors, which makes weights smooth along rows or columns.
///
///     R(w) = ½ Σ (w_{i+1} − w_i)² over the neighbors i, i + 1 within each row, or within each column
///
/// Its proximal point is Whittaker's smoother with first differences.
///
/// - Shape: any along rows, where a vector is one row; rank 2 or more along columns.
/// - Gradient: (wᵢ − wᵢ₋₁) − (wᵢ₊₁ − wᵢ), without the difference that an end of a line lacks.
/// - Proximal point: exact, by a tridiagonal system for each line; in the limit of large scales the line's mean.
/// - Metric: diagonal, by the same system; in the limit the mean weighted by 1/tᵢ.
/// - Composition: convex, a sum over the lines.
/// - Edge cases: a line of at most one element has value 0 and stays; NaN or infinity in a line makes the line's
///   proximal point NaN; a zero is +0.
/// - Complexity: O(n). A proximal point allocates three Doubles for each element of one line.
/// - Source: Whittaker, "On a new method of graduation", 1922; Eilers, "A perfect smoother", 2003.
public struct SquaredDifferences: DifferentiableRegularizer, MetricProximalRegularizer, Hashable, Codable {
    /// The direction in which neighbors are compared.
    public enum Axis: String, Sendable, Hashable, Codable {
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

    /// `SquaredDifferences(rows)` or `SquaredDifferences(columns)`.
    public var name: String { "SquaredDifferences(\(axis))" }

    /// `.grouped` by rows or columns.
    public var structure: Structure { .grouped(axis == .rows ? .rows : .columns) }

    /// Convex, as a sum of squares.
    public var properties: CompositionProperties { .convex }

    /// Flat: the gradient at zero is 0.
    public var kink: Kink { .flat }

    /// Accepts every shape along rows, rank 2 and more along columns.
    public func check(_ shape: Shape) throws {
        if axis == .columns && shape.rank < 2 {
            throw ShapeError(
                "differences along columns need a tensor of rank 2 or more; use .rows for \(shape)")
        }
    }

    /// ½ Σ (w_{i+1} − w_i)².
    public func value(at weights: Weights) -> Double {
        var sum = 0.0
        forEachPair(in: weights) { _, _, difference in sum += difference * difference }
        return sum / 2
    }

    /// Adds scale · ((wᵢ − wᵢ₋₁) − (wᵢ₊₁ − wᵢ)) to each element of the gradient.
    public func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        _ = valueAddingGradient(at: weights, scale: scale, to: &gradient)
    }

    /// Adds scale × gradient to `gradient` and returns the value, in one pass over the differences.
    ///
    /// Traps if the weights and the gradient differ in count.
    public func valueAddingGradient(
        at weights: Weights, scale: Float, to gradient: inout MutableWeights
    ) -> Double {
        guard weights.count == gradient.count else {
            fatalError("The weights and the gradient differ in count.")
        }
        var sum = 0.0
        forEachPair(in: weights) { first, second, difference in
            sum += difference * difference
            gradient[first] -= scale * Float(difference)
            gradient[second] += scale * Float(difference)
        }
        return sum / 2
    }

    /// Moves every line to its proximal point; uniform scales of 0 leave the weights as they are.
    ///
    /// Traps if the weights and the scales differ in count.
    public func applyProx(to weights: inout MutableWeights, scales: Scales) {
        guard weights.count == scales.count else { fatalError("The weights and the scales differ in count.") }
        if scales.uniform == 0 { return }
        let lines = Lines(axis, weights.shape)
        if lines.length < 2 { return }
        var rows = [TridiagonalRow](repeating: TridiagonalRow(), count: lines.length)
        for line in 0..<lines.count {
            var before = TridiagonalRow()
            for index in 0..<lines.length {
                let element = lines.element(index, of: line)
                before = TridiagonalRow(
                    eliminating: before, value: weights[element], scale: scales[element],
                    isLast: index == lines.length - 1)
                rows[index] = before
            }
            var point = 0.0
            for index in (0..<lines.length).reversed() {
                point = rows[index].offset + rows[index].share * point
                weights[lines.element(index, of: line)] = Float(point) + 0
            }
        }
    }

    private func forEachPair(in weights: Weights, _ body: (Int, Int, Double) -> Void) {
        let lines = Lines(axis, weights.shape)
        for line in 0..<lines.count {
            for index in 1..<max(1, lines.length) {
                let (first, second) = (lines.element(index - 1, of: line), lines.element(index, of: line))
                body(first, second, Double(weights[second]) - Double(weights[first]))
            }
        }
    }
}

/// One equation of a line's system after the elements before are eliminated: pᵢ = offset + share · pᵢ₊₁.
///
/// The equation is (1 + kᵢtᵢ)pᵢ − tᵢpᵢ₋₁ − tᵢpᵢ₊₁ = zᵢ with k the number of neighbors: pᵢ = zᵢ where tᵢ = 0. The
/// algorithm is Thomas'; it keeps `remainder` = 1 − share, so that nothing is subtracted and the 1 is not lost beside a
/// large tᵢ.
private struct TridiagonalRow {
    /// 1 − share; 0 before the first element, as if the element before were equal to the first.
    private var remainder = 0.0
    private(set) var share = 0.0
    private(set) var offset = 0.0

    init() {}

    init(eliminating before: TridiagonalRow, value: Float, scale: Float, isLast: Bool) {
        let scale = Double(min(scale, .greatestFiniteMagnitude))
        let own = 1 + scale * before.remainder
        let pivot = isLast ? own : own + scale
        remainder = own / pivot
        share = isLast ? 0 : scale / pivot
        offset = ((value.isFinite ? Double(value) : .nan) + scale * before.offset) / pivot
    }
}

/// The rows or the columns of a matrix as lines, by their row-major indices.
private struct Lines {
    let count: Int
    let length: Int
    private let start: Int
    private let stride: Int

    init(_ axis: SquaredDifferences.Axis, _ shape: Shape) {
        let isRows = axis == .rows
        (count, length) = isRows ? (shape.rows, shape.columns) : (shape.columns, shape.rows)
        (start, stride) = isRows ? (shape.columns, 1) : (1, shape.columns)
    }

    /// The row-major index of a line's element.
    func element(_ index: Int, of line: Int) -> Int { line * start + index * stride }
}
