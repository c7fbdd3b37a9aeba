import Regularization

/// The mean magnitude of the cosines between rows or between columns: 0 where they are orthogonal.
///
///     R(W) = mean over the pairs i < j of |⟨wᵢ, wⱼ⟩| / (‖wᵢ‖‖wⱼ‖)
///
/// over the rows or columns of an m × n matrix. Unlike that of `Orthogonality`, the value does not depend on the norms
/// of these vectors.
///
/// - Shape: rank 2 or more, read as a matrix.
/// - Gradient: for each pair, with c its cosine, sign(c)·(wⱼ/‖wⱼ‖ − c·wᵢ/‖wᵢ‖)/‖wᵢ‖ at i, and the same at j with i and
///   j exchanged; 0 where c = 0. Toward wᵢ = 0 it grows as 1/‖wᵢ‖, and exceeds Float where ‖wᵢ‖ is about 1e-38.
/// - Proximal point: not offered; use a loss term.
/// - Composition: not convex; as a loss term it can be combined with every penalty.
/// - Edge cases: fewer than two vectors have value 0; a zero vector has cosine 0 with every other, and gradient 0; NaN
///   or infinity in one of several vectors makes the value and the whole gradient NaN.
/// - Complexity: O(n²·d) for n vectors of d elements, without memory on the heap.
/// - Source: Keras, `OrthogonalRegularizer`, whose factor is the penalty's strength.
public struct MeanAbsoluteCosine: DifferentiableRegularizer, Hashable, Codable {
    /// The vectors of a matrix that are compared.
    public enum Axis: String, Sendable, Hashable, Codable {
        /// The rows: the incoming weights of each unit.
        case rows
        /// The columns: the outgoing weights of each input.
        case columns
    }

    /// The vectors that are compared.
    public let axis: Axis

    /// Makes the regularizer.
    public init(of axis: Axis) {
        self.axis = axis
    }

    /// `MeanAbsoluteCosine(rows)` or `MeanAbsoluteCosine(columns)`.
    public var name: String { "MeanAbsoluteCosine(\(axis))" }

    /// Accepts rank 2 and more.
    public func check(_ shape: Shape) throws {
        if shape.rank < 2 {
            throw ShapeError("cosines between \(axis) need a tensor of rank 2 or more, not \(shape)")
        }
    }

    /// The mean magnitude of the cosines; 0 for fewer than two vectors.
    public func value(at weights: Weights) -> Double {
        let lines = Lines(axis, weights.shape)
        var sum = 0.0
        lines.forEachPair(in: weights) { _, _, pair in sum += abs(pair.cosine) }
        return sum / lines.pairCount
    }

    /// Adds scale × gradient to `gradient`.
    public func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        _ = valueAddingGradient(at: weights, scale: scale, to: &gradient)
    }

    /// Adds scale × gradient to `gradient` and returns the value, computing each pair's inner product once.
    ///
    /// Traps if the weights and the gradient differ in count.
    public func valueAddingGradient(
        at weights: Weights, scale: Float, to gradient: inout MutableWeights
    ) -> Double {
        guard weights.count == gradient.count else {
            fatalError("The weights and the gradient differ in count.")
        }
        let lines = Lines(axis, weights.shape)
        let share = Double(scale) / lines.pairCount
        var sum = 0.0
        lines.forEachPair(in: weights) { first, second, pair in
            sum += abs(pair.cosine)
            if pair.cosine == 0 { return }
            let derivative = pair.cosine < 0 ? -share : share
            for index in 0..<lines.length {
                let (one, other) = (lines.element(index, of: first), lines.element(index, of: second))
                let a = Double(weights[one]) / pair.firstNorm
                let b = Double(weights[other]) / pair.secondNorm
                gradient[one] += Float(derivative * (b - pair.cosine * a) / pair.firstNorm)
                gradient[other] += Float(derivative * (a - pair.cosine * b) / pair.secondNorm)
            }
        }
        return sum / lines.pairCount
    }
}

/// The rows or the columns of a matrix as vectors, by their row-major indices.
private struct Lines {
    let count: Int
    let length: Int
    private let start: Int
    private let stride: Int

    init(_ axis: MeanAbsoluteCosine.Axis, _ shape: Shape) {
        let isRows = axis == .rows
        (count, length) = isRows ? (shape.rows, shape.columns) : (shape.columns, shape.rows)
        (start, stride) = isRows ? (shape.columns, 1) : (1, shape.columns)
    }

    /// The number of pairs, but at least 1, so that the mean over no pairs is 0.
    var pairCount: Double { max(1, Double(count) * Double(count - 1) / 2) }

    /// The row-major index of a vector's element.
    func element(_ index: Int, of vector: Int) -> Int { vector * start + index * stride }

    /// Calls `body` with i, j and their cosine and norms for each pair i < j.
    func forEachPair(in weights: Weights, _ body: (Int, Int, Pair) -> Void) {
        for first in 0..<count {
            let firstNorm = product(first, first, in: weights).squareRoot()
            for second in first + 1..<count {
                let secondNorm = product(second, second, in: weights).squareRoot()
                let norms = firstNorm * secondNorm
                let cosine = norms == 0 ? 0 : product(first, second, in: weights) / norms
                body(first, second, Pair(cosine: cosine, firstNorm: firstNorm, secondNorm: secondNorm))
            }
        }
    }

    private func product(_ first: Int, _ second: Int, in weights: Weights) -> Double {
        var sum = 0.0
        for index in 0..<length {
            sum += Double(weights[element(index, of: first)]) * Double(weights[element(index, of: second)])
        }
        return sum
    }
}

/// The cosine and the norms of two vectors.
private struct Pair {
    let cosine: Double
    let firstNorm: Double
    let secondNorm: Double
}
