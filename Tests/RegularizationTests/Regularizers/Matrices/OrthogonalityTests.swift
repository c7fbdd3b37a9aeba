import Regularization
import Testing

@Suite("Orthogonality")
struct OrthogonalityTests {
    @Test("Values and gradients are PyTorch's on the smaller side")
    func values() throws {
        for file in ["torch_orth_rows", "torch_orth_columns"] {
            for reference in try Reference.cases(file) {
                let tensor = reference.tensor
                let isOtherSide =
                    file.hasSuffix("rows")
                    ? tensor.shape.rows > tensor.shape.columns : tensor.shape.columns > tensor.shape.rows
                let constant = isOtherSide ? Double(abs(tensor.shape.rows - tensor.shape.columns)) : 0
                let expected = try #require(reference.value) - constant
                #expect(
                    abs(tensor.value(Orthogonality()) - expected) <= 1e-5 * max(1, expected),
                    "file \(file), \(reference.name)")
                let slopes = try #require(reference.gradient)
                expectClose(
                    tensor.gradient(Orthogonality()), slopes, ofInput: slopes.map { Float($0) },
                    "\(reference.name)")
            }
        }
    }

    @Test(
        "Panel by panel they are those of the whole Gram matrix",
        arguments: [[130, 131], [131, 130], [300, 257], [257, 300], [128, 128], [1, 5], [5, 1]])
    func panels(dimensions: [Int]) {
        let (rows, columns) = (dimensions[0], dimensions[1])
        let weights = (0..<rows * columns).map { Float(($0 * 37 + $0 / columns * 11) % 201 - 100) / 500 }
        let tensor = Tensor(Shape(dimensions), weights)
        let expected = wholeMatrix(weights, rows, columns)
        expectClose(tensor.value(Orthogonality()), expected.value, relative: 1e-5)
        let slopes = tensor.gradient(Orthogonality())
        let largest = expected.gradient.map(abs).max()!
        expectClose(slopes, expected.gradient.map { Double($0) }, within: 1e-5 * Double(largest))
    }

    /// Few numbers that are not 0, so that the Gram matrix is known, though it takes more than one panel a row.
    @Test("Panels next to each other make up a large Gram matrix", arguments: [false, true])
    func manyPanels(isTransposed: Bool) {
        let (rows, columns) = (1030, 1031)
        var entries: [[(column: Int, weight: Double)]] = (0..<rows).map { row in
            [(row, 1 + Double(row % 5) / 8), (row + 1, 0.25)]
        }
        entries[0] += [(900, 0.5), (columns - 1, 0.5)]
        var users: [[Int]] = Array(repeating: [], count: columns)
        for (row, numbers) in entries.enumerated() {
            for number in numbers { users[number.column].append(row) }
        }
        let index = { (row: Int, column: Int) in isTransposed ? column * rows + row : row * columns + column }
        var weights = Array(repeating: Float(0), count: rows * columns)
        var (value, slopes) = (0.0, Array(repeating: 0.0, count: rows * columns))
        for (row, numbers) in entries.enumerated() {
            for (column, weight) in numbers { weights[index(row, column)] = Float(weight) }
            for other in Set(numbers.flatMap { users[$0.column] }) {
                var product = row == other ? -1.0 : 0
                for (column, weight) in numbers {
                    for number in entries[other] where number.column == column {
                        product += weight * number.weight
                    }
                }
                value += product * product
                for (column, weight) in entries[other] { slopes[index(row, column)] += 4 * product * weight }
            }
        }
        let tensor = Tensor(isTransposed ? [columns, rows] : [rows, columns], weights)
        expectClose(tensor.value(Orthogonality()), value, relative: 1e-6)
        let found = tensor.gradient(Orthogonality())
        let wrong = found.indices.first { !(abs(Double(found[$0]) - slopes[$0]) < 1e-5) }
        #expect(wrong == nil, "\(wrong.map { "\(found[$0]) instead of \(slopes[$0])" } ?? "")")
    }

    @Test(
        "A value too large for a number is infinite",
        arguments: [[1e20], [1e20, 0, 0, 1], [.infinity]] as [[Float]])
    func overflow(values: [Float]) {
        let side = values.count == 1 ? 1 : 2
        #expect(Tensor([side, side], values).value(Orthogonality()) == .infinity)
    }

    @Test("Value and gradient together are the two alone, and the gradient is scaled and added")
    func together() {
        let weights = (0..<140 * 150).map { Float($0 % 23 - 11) / 64 }
        let tensor = Tensor([140, 150], weights)
        let plain = tensor.gradient(Orthogonality())
        var gradient = [Float](repeating: 3, count: weights.count)
        var slopes = MutableWeights(shape: [140, 150], gradient.mutableSpan)
        let value = Orthogonality().valueAddingGradient(
            at: Weights(shape: [140, 150], weights.span), scale: 0.5, to: &slopes)
        #expect(value == tensor.value(Orthogonality()))
        let largest = plain.map(abs).max()!
        expectClose(gradient, plain.map { 3 + Double($0) / 2 }, within: 1e-5 * Double(max(3, largest)))
    }

    @Test("It is 0 at orthonormal rows and positive at antiparallel ones")
    func signedSumsAreNoPenalty() {
        let orthonormal = Tensor([2, 3], [0.6, 0.8, 0, -0.8, 0.6, 0])
        #expect(orthonormal.value(Orthogonality()) < 1e-12)
        #expect(
            orthonormal.gradient(Orthogonality()).allSatisfy { abs($0) < 1e-6 },
            "\(orthonormal.gradient(Orthogonality()))")
        #expect(Tensor([2, 2], [1, 0, -1, 0]).value(Orthogonality()) == 2)
        #expect(Tensor([2, 2], [0, 0, 0, 0]).value(Orthogonality()) == 2)
    }

    @Test("A convolution is read as a matrix, a vector is refused")
    func shapes() throws {
        try Orthogonality().check([4, 3, 2, 2])
        #expect(
            throws: ShapeError("orthogonality needs a matrix, a tensor of rank 2 or more, not [3]")
        ) { try Orthogonality().check([3]) }
        #expect(Tensor([0, 3], []).value(Orthogonality()) == 0)
    }
}

/// The value and the gradient from the Gram matrix as a whole.
private func wholeMatrix(
    _ weights: [Float], _ rows: Int, _ columns: Int
) -> (value: Double, gradient: [Float]) {
    let (side, inner) = (min(rows, columns), max(rows, columns))
    var gram = [Float](repeating: 0, count: side * side)
    var span = gram.mutableSpan
    MatrixProduct.multiply(
        rows <= columns ? .aTimesBTransposed : .aTransposedTimesB, rows: side, columns: side, inner: inner,
        weights.span, weights.span, into: &span)
    for index in 0..<side { gram[index * side + index] -= 1 }
    let value = gram.reduce(0.0) { $0 + Double($1) * Double($1) }
    var gradient = [Float](repeating: 0, count: weights.count)
    span = gradient.mutableSpan
    let (left, right) = rows <= columns ? (gram, weights) : (weights, gram)
    MatrixProduct.multiply(
        .aTimesB, rows: rows, columns: columns, inner: side, left.span, right.span, into: &span)
    return (value, gradient.map { 4 * $0 })
}
