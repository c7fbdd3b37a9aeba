/// A matrix of Doubles, stored row by row in blocks of four for vector instructions; zeros fill up the last block of
/// a row.
struct DoubleMatrix {
    private typealias Block = SIMD4<Double>

    let rows, columns: Int
    /// The number of blocks in a row.
    private let length: Int
    private var blocks: [SIMD4<Double>]

    /// Makes a matrix of zeros.
    init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
        length = (columns + 3) / 4
        blocks = Array(repeating: .zero, count: rows * length)
    }

    /// Makes an identity matrix.
    init(identity side: Int) {
        self.init(rows: side, columns: side)
        for index in 0..<side { self[index, index] = 1 }
    }

    subscript(row: Int, column: Int) -> Double {
        get { blocks[row * length + column >> 2][column & 3] }
        set { blocks[row * length + column >> 2][column & 3] = newValue }
    }

    /// The inner product of two rows.
    func dot(_ row: Int, _ other: Int) -> Double { dot(row, self, other) }

    /// The inner product of a row with a row of a matrix, which may be this one.
    ///
    /// At least one of the two rows is 0 before the column `start`, so that the blocks before it are skipped.
    func dot(_ row: Int, _ matrix: borrowing DoubleMatrix, _ other: Int, from start: Int = 0) -> Double {
        let first = blocks.span.extracting(row * length..<(row + 1) * length)
        let second = matrix.blocks.span.extracting(other * length..<(other + 1) * length)
        var (even, odd) = (Block.zero, Block.zero)
        var index = start >> 2
        while index &+ 2 <= length {
            even += first[unchecked: index] * second[unchecked: index]
            odd += first[unchecked: index &+ 1] * second[unchecked: index &+ 1]
            index &+= 2
        }
        if index < length { even += first[unchecked: index] * second[unchecked: index] }
        return (even + odd).sum()
    }

    /// Adds a multiple of a row of another matrix, which is 0 before the column `start`, to a row.
    mutating func add(
        _ factor: Double, times matrix: borrowing DoubleMatrix, row other: Int, to row: Int,
        from start: Int = 0
    ) {
        let length = length
        let source = matrix.blocks.span.extracting(other * length..<(other + 1) * length)
        var all = blocks.mutableSpan
        var target = all._mutatingExtracting(row * length..<(row + 1) * length)
        for index in start >> 2..<length { target[unchecked: index] += factor * source[unchecked: index] }
    }

    /// Adds a multiple of a row, which is 0 before the column `start`, to another row; traps if they are the same
    /// row.
    mutating func add(_ factor: Double, timesRow other: Int, to row: Int, from start: Int = 0) {
        require(row != other && max(row, other) < rows, "Row \(other) cannot be added to row \(row).")
        let (source, target, length) = (other * length, row * length, length)
        var all = blocks.mutableSpan
        for index in start >> 2..<length {
            all[unchecked: target &+ index] += factor * all[unchecked: source &+ index]
        }
    }

    /// Replaces two rows a and b by c·a − s·b and s·a + c·b, with a cosine c and a sine s; traps if they are the same
    /// row.
    mutating func rotate(_ row: Int, _ other: Int, cosine: Double, sine: Double) {
        require(row != other && max(row, other) < rows, "Rows \(row) and \(other) make no rotation.")
        let (first, second, length) = (row * length, other * length, length)
        var all = blocks.mutableSpan
        for index in 0..<length {
            let (a, b) = (all[unchecked: first &+ index], all[unchecked: second &+ index])
            all[unchecked: first &+ index] = cosine * a - sine * b
            all[unchecked: second &+ index] = sine * a + cosine * b
        }
    }

    mutating func multiplyRow(_ row: Int, by factor: Double) {
        for index in row * length..<(row + 1) * length { blocks[index] *= factor }
    }

    mutating func swapRows(_ row: Int, _ other: Int) {
        if row == other { return }
        for index in 0..<length { blocks.swapAt(row * length + index, other * length + index) }
    }
}

extension DoubleMatrix {
    /// Rotates the rows until they are orthogonal, and the rows of another matrix along with them, and sorts both by
    /// the norms.
    ///
    /// Returns the norms of the rows, the largest first. This is the one-sided Jacobi iteration (Hestenes, "Inversion
    /// of matrices by biorthogonalization and related results", 1958), in at most 60 sweeps. Pairs of rows count as
    /// orthogonal relative to their own norms, so that the small singular values of rows of different sizes are as
    /// accurate as the large ones.
    mutating func orthogonalizeRows(rotatingAlong other: inout DoubleMatrix?) -> [Double] {
        var squares = [Double](repeating: 0, count: rows)
        for _ in 0..<60 {
            for row in 0..<rows { squares[row] = dot(row, row) }
            var isOrthogonal = true
            for first in 0..<rows {
                for second in first + 1..<max(first + 1, rows) {
                    let product = dot(first, second)
                    let norms = squares[first].squareRoot() * squares[second].squareRoot()
                    if abs(product) <= 1e-12 * norms { continue }
                    isOrthogonal = false
                    let tangent = Self.tangent(squares[first], squares[second], product)
                    let cosine = 1 / (1 + tangent * tangent).squareRoot()
                    rotate(first, second, cosine: cosine, sine: cosine * tangent)
                    other?.rotate(first, second, cosine: cosine, sine: cosine * tangent)
                    // By subtraction the square that shrinks may lose all its digits; it is then computed anew.
                    let (old, change) = ((squares[first], squares[second]), tangent * product)
                    squares[first] -= change
                    squares[second] += change
                    if squares[first] < 0.1 * old.0 { squares[first] = dot(first, first) }
                    if squares[second] < 0.1 * old.1 { squares[second] = dot(second, second) }
                }
            }
            if isOrthogonal { break }
        }
        for row in 0..<rows {
            let largest = (row..<rows).max { squares[$0] < squares[$1] } ?? row
            squares.swapAt(row, largest)
            swapRows(row, largest)
            other?.swapRows(row, largest)
        }
        return (0..<rows).map { dot($0, $0).squareRoot() }
    }

    /// The tangent of the smaller angle whose rotation makes two rows orthogonal, from their squared norms and inner
    /// product.
    private static func tangent(_ first: Double, _ second: Double, _ product: Double) -> Double {
        let cotangent = (second - first) / (2 * product)
        let size = abs(cotangent)
        let tangent = size > 1e100 ? 0.5 / size : 1 / (size + (1 + size * size).squareRoot())
        return cotangent < 0 ? -tangent : tangent
    }

    /// Divides orthogonal rows by their norms and replaces rows of zeros, so that all rows are orthonormal.
    ///
    /// Each row of zeros becomes what Gram–Schmidt, done twice, leaves of the first unit vector that is far enough
    /// from all other rows, so that the same rows are always completed alike.
    mutating func normalizeRows(norms: [Double]) {
        var remainders = [Double](repeating: 1, count: columns)
        func note(_ row: Int, _ matrix: borrowing DoubleMatrix) {
            for column in 0..<matrix.columns {
                remainders[column] -= matrix[row, column] * matrix[row, column]
            }
        }
        for row in 0..<rows where norms[row] > 0 {
            multiplyRow(row, by: 1 / norms[row])
            note(row, self)
        }
        let enough = 0.5 / Double(max(1, columns))
        for row in 0..<rows where !(norms[row] > 0) {
            let column = remainders.firstIndex { $0 >= enough } ?? 0
            multiplyRow(row, by: 0)
            self[row, column] = 1
            for _ in 0..<2 {
                for other in 0..<rows where other < row || norms[other] > 0 {
                    add(-dot(row, other), timesRow: other, to: row)
                }
                multiplyRow(row, by: 1 / dot(row, row).squareRoot())
            }
            note(row, self)
        }
    }
}
