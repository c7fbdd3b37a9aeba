/// The thin singular value decomposition W = Σ σᵢuᵢvᵢᵀ of a tensor read as a matrix, in Double.
///
/// It is computed by a Householder QR decomposition of the vectors along the longer side, the largest first, and by
/// one-sided Jacobi iteration on the rows of R (Drmač, Veselić, "New fast and accurate Jacobi SVD algorithm", 2008).
/// Squares of Floats neither overflow nor vanish in Double, so that nothing is scaled.
///
/// - Complexity: for k vectors of length l, O(k²l) and some five to ten times 9k³ operations, and memory for kl + 2k²
///   Doubles.
struct SingularValueDecomposition {
    /// The singular values, the largest first; as many as the smaller side has elements.
    private(set) var values: [Double] = []

    private let shape: Shape
    /// The row or column of W to which each column of R belongs.
    private var order: [Int]
    /// The indices along the longer side: first those where not all vectors are 0, then the others, which stay
    /// exactly 0.
    private let longSide: [Int]
    /// The Householder vectors h of the reflections I − f·hhᵀ whose product is Q, one in each row; each is 0 before
    /// its own column.
    private var reflectors: DoubleMatrix
    /// The factors f of the reflections; 0 for a reflection that is not needed.
    private var factors: [Double]
    /// The singular vectors along the smaller side, one in each row, in the order of R's columns.
    private var short: DoubleMatrix
    /// The singular vectors along the longer side, multiplied by Qᵀ, one in each row; nil if only the values are
    /// computed.
    private var long: DoubleMatrix?

    /// Decomposes a matrix; nil if an element is NaN or infinite.
    ///
    /// Singular vectors that belong to a singular value of exactly 0 are completed to an orthonormal set.
    init?(of weights: Weights, valuesOnly: Bool = false) {
        guard weights.isFinite else { return nil }
        shape = weights.shape
        let side = GramSide(shape)
        let count = side.count
        order = Array(0..<count)
        var (used, unused): ([Int], [Int]) = ([], [])
        for element in 0..<side.length {
            var isZero = true
            for vector in 0..<count where weights[side.element(element, of: vector)] != 0 { isZero = false }
            if isZero { unused.append(element) } else { used.append(element) }
        }
        longSide = used + unused
        reflectors = DoubleMatrix(rows: count, columns: side.length)
        factors = Array(repeating: 0, count: count)
        short = DoubleMatrix(rows: count, columns: count)
        long = valuesOnly ? nil : DoubleMatrix(identity: count)
        for (index, element) in longSide.enumerated() {
            for vector in 0..<count {
                reflectors[vector, index] = Double(weights[side.element(element, of: vector)])
            }
        }
        triangularize()
        values = short.orthogonalizeRows(rotatingAlong: &long)
        if !valuesOnly { short.normalizeRows(norms: values) }
    }

    /// Decomposes into Q and R with pivoting; leaves R in `short` and the vectors of Q in `reflectors`.
    private mutating func triangularize() {
        let count = order.count
        var squares = (0..<count).map { reflectors.dot($0, $0) }
        for step in 0..<count {
            let pivot = (step..<count).max { squares[$0] < squares[$1] } ?? step
            squares.swapAt(step, pivot)
            order.swapAt(step, pivot)
            reflectors.swapRows(step, pivot)
            for row in 0..<step {
                short[row, step] = reflectors[step, row]
                reflectors[step, row] = 0
            }
            let norm = reflectors.dot(step, reflectors, step, from: step).squareRoot()
            if norm == 0 { continue }
            let first = reflectors[step, step]
            short[step, step] = first < 0 ? norm : -norm
            reflectors[step, step] = first - short[step, step]
            factors[step] = 1 / (norm * (norm + abs(first)))
            for row in step + 1..<max(step + 1, count) {
                let product = reflectors.dot(step, reflectors, row, from: step)
                if product == 0 { continue }
                reflectors.add(-factors[step] * product, timesRow: step, to: row, from: step)
                squares[row] -= reflectors[row, step] * reflectors[row, step]
            }
        }
    }

    /// Replaces the weights by Σ sᵢuᵢvᵢᵀ, with multiples sᵢ of which those that are missing at the end count as 0.
    func write(_ multiples: [Double], to weights: inout MutableWeights) {
        forEachElement(ofProductWith: multiples, count: weights.count) { index, element in
            // A zero is +0.
            weights[index] = Float(element) + 0
        }
    }

    /// Adds Σ sᵢuᵢvᵢᵀ to a gradient, with multiples sᵢ as in `write`.
    func add(_ multiples: [Double], to gradient: inout MutableWeights) {
        forEachElement(ofProductWith: multiples, count: gradient.count) { index, element in
            gradient[index] = Float(Double(gradient[index]) + element)
        }
    }

    /// Calls a function with the row-major index and the value of each element of Σ sᵢuᵢvᵢᵀ.
    private func forEachElement(
        ofProductWith multiples: [Double], count: Int, _ body: (Int, Double) -> Void
    ) {
        require(count == shape.count, "\(count) elements and \(shape.count) others differ in count.")
        guard let long else { fatalError("Only the singular values have been computed.") }
        var narrow = DoubleMatrix(rows: 1, columns: order.count)
        var wide = DoubleMatrix(rows: 1, columns: reflectors.columns)
        let side = GramSide(shape)
        for column in order.indices {
            narrow.multiplyRow(0, by: 0)
            for index in 0..<min(multiples.count, order.count) {
                let factor = multiples[index] * short[index, column]
                if factor != 0 { narrow.add(factor, times: long, row: index, to: 0) }
            }
            wide.multiplyRow(0, by: 0)
            for index in order.indices { wide[0, index] = narrow[0, index] }
            for step in order.indices.reversed() where factors[step] != 0 {
                let product = wide.dot(0, reflectors, step, from: step)
                wide.add(-factors[step] * product, times: reflectors, row: step, to: 0, from: step)
            }
            for (index, element) in longSide.enumerated() {
                body(side.element(element, of: order[column]), wide[0, index])
            }
        }
    }
}

extension MutableWeights {
    /// Replaces every singular value by a function of it, and keeps the singular vectors.
    ///
    /// Nothing changes if the function is said to be the identity. Otherwise NaN or infinity anywhere makes all
    /// elements NaN.
    mutating func mapSingularValues(unless isIdentity: Bool, _ function: (Double) -> Double) {
        if isIdentity { return }
        guard let decomposition = SingularValueDecomposition(of: readOnly) else { return fill(with: .nan) }
        decomposition.write(decomposition.values.map(function), to: &self)
    }
}
