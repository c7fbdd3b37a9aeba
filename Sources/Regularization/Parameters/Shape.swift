/// The dimensions of a tensor, outermost first, as PyTorch writes them: `[out, in]` for a linear layer.
///
/// Regularizers read every tensor as a matrix of `rows` × `columns`: the first dimension by the product
/// of the others, so that a convolution `[out, in, kh, kw]` has one row for each output channel. A tensor
/// of rank 0 or 1 is a single row.
public struct Shape: Sendable, Hashable, ExpressibleByArrayLiteral, CustomStringConvertible {
    /// The dimensions, outermost first.
    public let dimensions: [Int]
    /// The number of elements: the product of the dimensions, 1 for rank 0.
    public let count: Int
    /// The number of rows of the tensor read as a matrix.
    public let rows: Int
    /// The number of columns of the tensor read as a matrix.
    public let columns: Int

    /// Makes a shape; traps if a dimension is negative.
    public init(_ dimensions: [Int]) {
        require(dimensions.allSatisfy { $0 >= 0 }, "A shape has no negative dimension: \(dimensions).")
        self.dimensions = dimensions
        count = dimensions.reduce(1, *)
        rows = dimensions.count < 2 ? 1 : dimensions[0]
        columns = dimensions.count < 2 ? count : dimensions.dropFirst().reduce(1, *)
    }

    /// Makes a shape from its dimensions; traps if one is negative.
    public init(arrayLiteral dimensions: Int...) {
        self.init(dimensions)
    }

    /// The number of dimensions.
    public var rank: Int { dimensions.count }

    /// The dimensions in brackets, as `[100, 30]`.
    public var description: String { "\(dimensions)" }
}

/// A shape that a regularizer does not accept, with the reason as a sentence.
public struct ShapeError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What does not fit and what would.
    public let description: String

    /// Makes an error; the sentence names what does not fit and what would.
    public init(_ description: String) {
        self.description = description
    }
}
