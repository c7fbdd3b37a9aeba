/// The vectors of a matrix whose inner products make its smaller Gram matrix: its rows, or its columns if these are
/// fewer.
struct GramSide {
    private let shape: Shape
    private let isOfRows: Bool

    init(_ shape: Shape) {
        self.shape = shape
        isOfRows = shape.rows <= shape.columns
    }

    /// The number of vectors.
    var count: Int { min(shape.rows, shape.columns) }
    /// The number of elements of each vector.
    var length: Int { max(shape.rows, shape.columns) }

    /// The row-major index of an element of a vector.
    func element(_ index: Int, of vector: Int) -> Int {
        isOfRows ? vector * shape.columns + index : index * shape.columns + vector
    }

    /// An entry of the Gram matrix less the identity, in Double.
    func entry(_ row: Int, _ column: Int, of weights: Weights) -> Double {
        var sum = row == column ? -1.0 : 0
        for index in 0..<length {
            sum += Double(weights[element(index, of: row)]) * Double(weights[element(index, of: column)])
        }
        return sum
    }
}
