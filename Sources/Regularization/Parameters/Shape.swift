/// The dimensions of a tensor, outermost first, as PyTorch writes them: `[out, in]` for a linear layer.
///
/// Regularizers read every tensor as a matrix of `rows` × `columns`: the first dimension by the product
/// of the others, so that a convolution `[out, in, kh, kw]` has one row for each output channel. A tensor
/// of rank 0 or 1 is a single row.
public struct Shape: Sendable, Hashable, ExpressibleByArrayLiteral, CustomStringConvertible {
    /// The dimensions of ranks up to two, which most shapes have, take no memory on the heap.
    private enum Dimensions: Sendable, Hashable {
        case vector(Int)
        case matrix(Int, Int)
        case other([Int])
    }

    private let storage: Dimensions
    /// The number of elements: the product of the dimensions, 1 for rank 0.
    public let count: Int
    /// The number of rows of the tensor read as a matrix.
    public let rows: Int
    /// The number of columns of the tensor read as a matrix.
    public let columns: Int

    /// Makes a shape; traps if a dimension is negative.
    public init(_ dimensions: [Int]) {
        require(dimensions.allSatisfy { $0 >= 0 }, "A shape has no negative dimension: \(dimensions).")
        switch dimensions.count {
        case 1: storage = .vector(dimensions[0])
        case 2: storage = .matrix(dimensions[0], dimensions[1])
        default: storage = .other(dimensions)
        }
        count = dimensions.reduce(1, *)
        rows = dimensions.count < 2 ? 1 : dimensions[0]
        columns = dimensions.count < 2 ? count : dimensions.dropFirst().reduce(1, *)
    }

    /// The shape of a vector, without an array.
    init(vector count: Int) {
        storage = .vector(count)
        self.count = count
        rows = 1
        columns = count
    }

    /// The shape of a matrix, without an array.
    init(rows: Int, columns: Int) {
        storage = .matrix(rows, columns)
        count = rows * columns
        self.rows = rows
        self.columns = columns
    }

    /// Makes a shape from its dimensions; traps if one is negative.
    public init(arrayLiteral dimensions: Int...) {
        self.init(dimensions)
    }

    /// The dimensions, outermost first.
    public var dimensions: [Int] {
        switch storage {
        case .vector(let count): [count]
        case .matrix(let rows, let columns): [rows, columns]
        case .other(let dimensions): dimensions
        }
    }

    /// The number of dimensions.
    public var rank: Int {
        switch storage {
        case .vector: 1
        case .matrix: 2
        case .other(let dimensions): dimensions.count
        }
    }

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
