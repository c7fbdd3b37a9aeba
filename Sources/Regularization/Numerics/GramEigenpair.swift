/// The eigenvalue of M = G − shift·I with the largest magnitude, and an eigenvector; G is the smaller Gram matrix of
/// W.
///
/// Rayleigh and Ritz's method on the Krylov space of a seeded random vector v: on span{v, Mv, M²v, …} rather than on
/// a power of M alone, which stalls where +μ and −μ nearly tie. The basis is orthonormalized twice, and when it has
/// `dimensions` vectors, the best few Ritz vectors of both ends are kept (Wu, Simon, "Thick-restart Lanczos method
/// for large symmetric eigenvalue problems", 2000). M is never stored: a product with it is one with W and one with
/// Wᵀ.
struct GramEigenpair {
    /// The eigenvalue; NaN if an element of W is NaN, else infinite if one is infinite.
    private(set) var value = 0.0
    /// A unit eigenvector, as long as the smaller side of W; empty if that is 0, or if an element of W is NaN or
    /// infinite.
    private(set) var vector: [Double] = []

    /// The largest number of vectors in the basis.
    private static let dimensions = 40
    /// The number of Ritz vectors of each end that a restart keeps.
    private static let kept = 4
    /// The largest number of restarts.
    private static let cycles = 60

    /// Computes the pair until its residual ‖Mv − μv‖ is at most 1e-10·|μ|, or for all cycles.
    init(of weights: Weights, shift: Double) {
        guard weights.isFinite else {
            value = weights.hasNaN ? .nan : .infinity
            return
        }
        let side = min(weights.shape.rows, weights.shape.columns)
        if side == 0 { return }
        let size = min(side, Self.dimensions)
        var operation = GramOperation(weights, shift: shift)
        var basis = DoubleMatrix(rows: size + 1, columns: side)
        var projected = DoubleMatrix(rows: size, columns: size)
        var generator = SeededGenerator(seed: 0)
        for column in 0..<side { basis[0, column] = Double(generator.nextUnitFloat()) - 0.5 }
        basis.multiplyRow(0, by: 1 / basis.dot(0, 0).squareRoot())
        var known = 0
        for _ in 0..<Self.cycles {
            let (count, remainder) = Self.extend(&basis, &projected, from: known, by: &operation)
            let ritz = RitzPairs(of: projected, count: count)
            let best = abs(ritz.value(0)) >= abs(ritz.value(count - 1)) ? 0 : count - 1
            value = ritz.value(best)
            vector = ritz.combination(best, of: basis)
            // The norm of what M makes of the vector beyond its multiple: ‖Mv − μv‖.
            let residual = remainder * abs(ritz.vectors[best, count - 1])
            if residual <= 1e-10 * abs(value) { return }
            known = min(2 * Self.kept, count - 1)
            restart(&basis, &projected, ritz, count: count, keeping: known)
        }
    }

    /// Adds a multiple of Wvvᵀ, or of vvᵀW if W has no more rows than columns, to a gradient of W's shape.
    ///
    /// Fills the gradient with NaN if there is no v.
    func addProduct(with weights: Weights, times factor: Double, to gradient: inout MutableWeights) {
        require(weights.count == gradient.count, "The weights and the gradient differ in count.")
        if vector.isEmpty { return gradient.fill(with: .nan) }
        let shape = weights.shape
        let isOfRows = shape.rows <= shape.columns
        var product = [Double](repeating: 0, count: max(shape.rows, shape.columns))
        weights.multiply(vector, into: &product, byRows: !isOfRows)
        let (left, right) = isOfRows ? (vector, product) : (product, vector)
        for row in 0..<shape.rows {
            for column in 0..<shape.columns {
                gradient[row: row, column: column] += Float(factor * left[row] * right[column])
            }
        }
    }

    /// Adds M times the last vector to the orthonormal basis until that is full, and extends M's projection on the
    /// basis.
    ///
    /// Returns the number of vectors in the projection, and the norm of the part of M times the last vector that lies
    /// outside of the basis; 0 if only rounding errors are left of it.
    private static func extend(
        _ basis: inout DoubleMatrix, _ projected: inout DoubleMatrix, from known: Int,
        by operation: inout GramOperation
    ) -> (count: Int, remainder: Double) {
        var norm = 0.0
        for step in known..<projected.rows {
            operation.apply(to: &basis, row: step)
            let size = basis.dot(step + 1, step + 1).squareRoot()
            for _ in 0..<2 {
                for row in 0...step {
                    let product = basis.dot(row, step + 1)
                    projected[row, step] += product
                    basis.add(-product, timesRow: row, to: step + 1)
                }
            }
            for row in 0..<step { projected[step, row] = projected[row, step] }
            norm = basis.dot(step + 1, step + 1).squareRoot()
            if step + 1 == basis.columns || norm <= 1e-13 * size { return (step + 1, 0) }
            basis.multiplyRow(step + 1, by: 1 / norm)
        }
        return (projected.rows, norm)
    }

    /// Begins a new basis with Ritz vectors of both ends and with the vector that would have come next.
    private func restart(
        _ basis: inout DoubleMatrix, _ projected: inout DoubleMatrix, _ ritz: RitzPairs, count: Int,
        keeping known: Int
    ) {
        var next = DoubleMatrix(rows: basis.rows, columns: basis.columns)
        projected = DoubleMatrix(rows: projected.rows, columns: projected.rows)
        for row in 0..<known {
            let pair = row < (known + 1) / 2 ? row : count - known + row
            for index in 0..<count { next.add(ritz.vectors[pair, index], times: basis, row: index, to: row) }
            projected[row, row] = ritz.value(pair)
        }
        next.add(1, times: basis, row: count, to: known)
        basis = next
    }
}

/// The eigenpairs of a small symmetric matrix, the largest eigenvalue first.
private struct RitzPairs {
    /// The eigenvectors, one in each row.
    let vectors: DoubleMatrix
    private let values: [Double]

    /// Computes the eigenpairs of the first `count` rows and columns of a matrix.
    ///
    /// A shift makes the matrix positive semidefinite, so that its singular vectors are the eigenvectors.
    init(of matrix: DoubleMatrix, count: Int) {
        var shifted = DoubleMatrix(rows: count, columns: count)
        var bound = 0.0
        for row in 0..<count {
            var sum = 0.0
            for column in 0..<count {
                shifted[row, column] = matrix[row, column]
                sum += abs(matrix[row, column])
            }
            bound = max(bound, sum)
        }
        for row in 0..<count { shifted[row, row] += bound }
        var rotations: DoubleMatrix? = DoubleMatrix(identity: count)
        _ = shifted.orthogonalizeRows(rotatingAlong: &rotations)
        let vectors = rotations ?? shifted
        self.vectors = vectors
        values = (0..<count).map { pair in
            var value = 0.0
            for row in 0..<count {
                for column in 0..<count {
                    value += vectors[pair, row] * matrix[row, column] * vectors[pair, column]
                }
            }
            return value
        }
    }

    func value(_ pair: Int) -> Double { values[pair] }

    /// The unit vector whose coordinates in a basis are an eigenvector.
    func combination(_ pair: Int, of basis: DoubleMatrix) -> [Double] {
        var sum = DoubleMatrix(rows: 1, columns: basis.columns)
        for index in 0..<vectors.rows { sum.add(vectors[pair, index], times: basis, row: index, to: 0) }
        let norm = sum.dot(0, 0).squareRoot()
        return (0..<basis.columns).map { sum[0, $0] / norm }
    }
}
