import Regularization

extension Tensor {
    /// Random numbers between -1 and 1 that are multiples of 2⁻¹⁰.
    static func random(_ shape: Shape, seed: UInt64) -> Tensor {
        var generator = SeededGenerator(seed: seed)
        return Tensor(
            shape, (0..<shape.count).map { _ in Float(Int(generator.next() % 2049) - 1024) * 0x1p-10 })
    }

    /// A product U diag(values) Vᵀ of rounded orthogonal matrices, as large as the shape.
    static func random(_ shape: Shape, singularValues: [Double], seed: UInt64) -> Tensor {
        let left = DenseMatrix.rotation(shape.rows, seed: seed)
        let right = DenseMatrix.rotation(shape.columns, seed: seed &+ 1)
        var middle = DenseMatrix(shape.rows, shape.columns)
        for (index, value) in singularValues.enumerated() { middle[index, index] = value }
        return (left * middle * right).tensor
    }

    var matrix: DenseMatrix {
        DenseMatrix(shape.rows, shape.columns, values.map { Double($0) })
    }

    func multiplied(by factor: Float) -> Tensor { Tensor(shape, values.map { $0 * factor }) }

    /// The same matrix with its rows as columns.
    var transposed: Tensor { matrix.transposed.tensor }
}

/// A matrix of Doubles, for definitions to be written down as they are.
struct DenseMatrix {
    let rows, columns: Int
    var elements: [Double]

    init(_ rows: Int, _ columns: Int, _ elements: [Double]? = nil) {
        self.rows = rows
        self.columns = columns
        self.elements = elements ?? Array(repeating: 0, count: rows * columns)
    }

    /// A random orthogonal matrix: a product of plane rotations.
    static func rotation(_ side: Int, seed: UInt64, size: Double = 3) -> DenseMatrix {
        var generator = SeededGenerator(seed: seed)
        var matrix = DenseMatrix(side, side)
        for index in 0..<side { matrix[index, index] = 1 }
        for first in 0..<side {
            for second in first + 1..<max(first + 1, side) {
                // The tangent of half the angle.
                let tangent = size * (2 * Double(generator.nextUnitFloat()) - 1)
                let cosine = (1 - tangent * tangent) / (1 + tangent * tangent)
                let sine = 2 * tangent / (1 + tangent * tangent)
                for row in 0..<side {
                    let (a, b) = (matrix[row, first], matrix[row, second])
                    matrix[row, first] = cosine * a - sine * b
                    matrix[row, second] = sine * a + cosine * b
                }
            }
        }
        return matrix
    }

    subscript(row: Int, column: Int) -> Double {
        get { elements[row * columns + column] }
        set { elements[row * columns + column] = newValue }
    }

    var transposed: DenseMatrix {
        var result = DenseMatrix(columns, rows)
        for row in 0..<rows { for column in 0..<columns { result[column, row] = self[row, column] } }
        return result
    }

    /// The smaller Gram matrix less the identity.
    var defect: DenseMatrix {
        var gram = rows <= columns ? self * transposed : transposed * self
        for index in 0..<gram.rows { gram[index, index] -= 1 }
        return gram
    }

    var sumOfSquares: Double { elements.reduce(0) { $0 + $1 * $1 } }
    var largestMagnitude: Double { elements.reduce(0) { max($0, abs($1)) } }
    var tensor: Tensor { Tensor([rows, columns], elements.map { Float($0) }) }

    static func * (a: DenseMatrix, b: DenseMatrix) -> DenseMatrix {
        var product = DenseMatrix(a.rows, b.columns)
        for row in 0..<a.rows {
            for inner in 0..<a.columns where a[row, inner] != 0 {
                for column in 0..<b.columns { product[row, column] += a[row, inner] * b[inner, column] }
            }
        }
        return product
    }

    static func - (a: DenseMatrix, b: DenseMatrix) -> DenseMatrix {
        DenseMatrix(a.rows, a.columns, zip(a.elements, b.elements).map { $0 - $1 })
    }
}

/// The slopes of a value along each element by central differences, extrapolated; exact for weights of
/// `Tensor.random` but for the value's own curvature.
func centralDifferences(_ tensor: Tensor, _ value: (Tensor) -> Double) -> [Double] {
    tensor.values.indices.map { index in
        func slope(_ step: Float) -> Double {
            let sides = [step, -step].map { step in
                var moved = tensor.values
                moved[index] += step
                return value(Tensor(tensor.shape, moved))
            }
            return (sides[0] - sides[1]) / (2 * Double(step))
        }
        return (4 * slope(0x1p-9) - slope(0x1p-8)) / 3
    }
}
