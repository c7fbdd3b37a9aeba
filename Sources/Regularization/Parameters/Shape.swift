/// The dimensions of a tensor, outermost first, as PyTorch writes them: `[out, in]` for a linear layer.
///
/// Regularizers read every tensor as a matrix of `rows` × `columns`: the first dimension by the product
/// of the others, so that a convolution `[out, in, kh, kw]` has one row for each output channel. A tensor
/// of rank 0 or 1 is a single row.
public struct Shape: Sendable, Hashable, ExpressibleByArrayLiteral, CustomStringConvertible {
    /// The dimensions, stored without memory on the heap for ranks 1 and 2, which most shapes have.
    private enum Dimensions: Sendable, Hashable {
        case vector(Int)
        case matrix(Int, Int)
        case other([Int])
    }

    private let storage: Dimensions
    /// The number of elements: the product of the dimensions, 1 for rank 0.
    public let count: Int
    /// The number of rows of the tensor read as a matrix: the first dimension, 1 for ranks 0 and 1.
    public let rows: Int
    /// The number of columns of the tensor read as a matrix: the number of elements of one row.
    public let columns: Int

    /// Makes a shape of any rank; traps if a dimension is negative, or if the elements are more than an Int counts.
    public init(_ dimensions: [Int]) {
        require(dimensions.allSatisfy { $0 >= 0 }, "A shape has no negative dimension: \(dimensions).")
        switch dimensions.count {
        case 1: storage = .vector(dimensions[0])
        case 2: storage = .matrix(dimensions[0], dimensions[1])
        default: storage = .other(dimensions)
        }
        rows = dimensions.count < 2 ? 1 : dimensions[0]
        columns = (dimensions.count < 2 ? dimensions[...] : dimensions.dropFirst()).reduce(1, product)
        count = product(rows, columns)
    }

    /// Makes the shape of a vector without allocating an array.
    init(vector count: Int) {
        storage = .vector(count)
        self.count = count
        rows = 1
        columns = count
    }

    /// Makes the shape of a matrix without allocating an array.
    init(rows: Int, columns: Int) {
        storage = .matrix(rows, columns)
        count = product(rows, columns)
        self.rows = rows
        self.columns = columns
    }

    /// Makes a shape from its dimensions, as `[100, 30]`; traps if one is negative.
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

extension Shape {
    /// The row-major index of an element of the tensor read as a matrix; traps if there is no such element.
    @inlinable
    func index(row: Int, column: Int) -> Int {
        require(
            row >= 0 && row < rows && column >= 0 && column < columns,
            "There is no row \(row) with a column \(column) in a tensor of \(rows) × \(columns).")
        return row &* columns &+ column
    }

    /// Throws a `ShapeError` unless the tensor has rank 2 or more; the sentence begins with the regularizer's name.
    func checkMatrix(for name: String) throws(ShapeError) {
        guard rank >= 2 else {
            throw ShapeError("\(name) needs a matrix, a tensor of rank 2 or more, not \(self)")
        }
    }
}

/// The product of two dimensions; traps with a sentence if an Int cannot hold it.
private func product(_ one: Int, _ other: Int) -> Int {
    let (product, overflows) = one.multipliedReportingOverflow(by: other)
    require(!overflows, "A tensor of \(one) × \(other) has more elements than an Int counts.")
    return product
}
