/// Multiplies vectors by G − shift·I, with the smaller Gram matrix G of W, through products with W and Wᵀ.
struct GramOperation: ~Escapable {
    private let weights: Weights
    private let shift: Double
    private let isOfRows: Bool
    private var short, long: [Double]

    @_lifetime(copy weights)
    init(_ weights: Weights, shift: Double) {
        self.weights = weights
        self.shift = shift
        isOfRows = weights.shape.rows <= weights.shape.columns
        short = Array(repeating: 0, count: min(weights.shape.rows, weights.shape.columns))
        long = Array(repeating: 0, count: max(weights.shape.rows, weights.shape.columns))
    }

    /// Writes (G − shift·I)v into the row after the one that holds v.
    mutating func apply(to basis: inout DoubleMatrix, row: Int) {
        for index in short.indices { short[index] = basis[row, index] }
        weights.multiply(short, into: &long, byRows: !isOfRows)
        weights.multiply(long, into: &short, byRows: isOfRows)
        for index in short.indices { basis[row + 1, index] = short[index] - shift * basis[row, index] }
    }
}

extension Weights {
    /// Writes the product of W with a vector, or of Wᵀ with it unless `byRows`; traps if the sizes do not fit.
    func multiply(_ vector: [Double], into product: inout [Double], byRows: Bool) {
        require(
            vector.count == (byRows ? shape.columns : shape.rows)
                && product.count == (byRows ? shape.rows : shape.columns),
            "A matrix of \(shape) has no product of \(product.count) elements with a vector of \(vector.count)."
        )
        let vector = vector.span
        if byRows {
            for row in 0..<shape.rows { product[row] = self.row(row).dot(vector) }
        } else {
            var sums = product.mutableSpan
            for column in 0..<sums.count { sums[unchecked: column] = 0 }
            for row in 0..<shape.rows {
                let (factor, elements) = (vector[row], self.row(row))
                for column in 0..<sums.count {
                    sums[unchecked: column] += factor * Double(elements[unchecked: column])
                }
            }
        }
    }
}

extension Span<Float> {
    /// The inner product with a span of Doubles, in Double; traps if the counts differ.
    fileprivate func dot(_ other: Span<Double>) -> Double {
        require(count == other.count, "\(count) elements and \(other.count) others differ in count.")
        var (a, b, c, d) = (0.0, 0.0, 0.0, 0.0)
        var index = 0
        while index &+ 4 <= count {
            a += Double(self[unchecked: index]) * other[unchecked: index]
            b += Double(self[unchecked: index &+ 1]) * other[unchecked: index &+ 1]
            c += Double(self[unchecked: index &+ 2]) * other[unchecked: index &+ 2]
            d += Double(self[unchecked: index &+ 3]) * other[unchecked: index &+ 3]
            index &+= 4
        }
        while index < count {
            a += Double(self[unchecked: index]) * other[unchecked: index]
            index &+= 1
        }
        return (a + b) + (c + d)
    }
}
