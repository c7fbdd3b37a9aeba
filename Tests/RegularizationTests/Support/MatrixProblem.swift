import Regularization

/// A product of two matrices with values between -1 and 1, the same on every run.
struct MatrixProblem: Sendable {
    let rows, columns, inner: Int
    /// Not transposed: rows × inner and inner × columns.
    var a, b: [Float]

    init(rows: Int, columns: Int, inner: Int, a: [Float]? = nil, b: [Float]? = nil) {
        var state = UInt32(truncatingIfNeeded: rows &* 10_007 &+ columns &* 101 &+ inner)
        func next() -> Float {
            // Numerical Recipes (1992), section 7.1.
            state = state &* 1_664_525 &+ 1_013_904_223
            return Float(Int32(bitPattern: state) >> 8) / 8_388_608
        }
        self.rows = rows
        self.columns = columns
        self.inner = inner
        self.a = a ?? (0..<rows * inner).map { _ in next() }
        self.b = b ?? (0..<inner * columns).map { _ in next() }
    }

    /// The operands as a form stores them.
    func operands(_ form: MatrixProduct.Form) -> (a: [Float], b: [Float]) {
        switch form {
        case .aTimesB: (a, b)
        case .aTimesBTransposed: (a, transposed(b, columns: columns))
        case .aTransposedTimesB: (transposed(a, columns: inner), b)
        }
    }

    /// The product over `old`, which is all NaN unless given.
    func product(
        _ form: MatrixProduct.Form, over old: [Float]? = nil, accumulating: Bool = false
    ) -> [Float] {
        var c = old ?? [Float](repeating: .nan, count: rows * columns)
        let (a, b) = operands(form)
        var span = c.mutableSpan
        MatrixProduct.multiply(
            form, rows: rows, columns: columns, inner: inner, a.span, b.span, into: &span,
            accumulating: accumulating)
        return c
    }

    /// The product in double precision.
    func sums() -> Sums {
        var sums = Sums(inner: inner)
        for i in 0..<rows {
            for j in 0..<columns {
                var value = 0.0
                var magnitude = 0.0
                for p in 0..<inner {
                    let term = Double(a[i * inner + p]) * Double(b[p * columns + j])
                    value += term
                    magnitude += abs(term)
                }
                sums.values.append(value)
                sums.magnitudes.append(magnitude)
            }
        }
        return sums
    }
}

/// The exact elements of a product, and the sums of the magnitudes of their terms.
struct Sums {
    let inner: Int
    var values: [Double] = []
    var magnitudes: [Double] = []

    /// What is wrong with a product in single precision, or nil.
    ///
    /// A sum of k terms in any order, fused or not, is off by at most k roundings of the sum of magnitudes
    /// (Higham, Accuracy and Stability of Numerical Algorithms, 2002, section 3.1).
    func flaw(in product: [Float]) -> String? {
        let tolerance = 1.01 * Double(inner) * 0x1p-24
        for (index, value) in values.enumerated() {
            let found = Double(product[index])
            // NaN must not pass.
            if !(abs(found - value) <= tolerance * magnitudes[index]) {
                return "element \(index) is \(found) instead of \(value)"
            }
        }
        return nil
    }
}

private func transposed(_ matrix: [Float], columns: Int) -> [Float] {
    guard columns > 0 else { return [] }
    return (0..<columns).flatMap { j in stride(from: j, to: matrix.count, by: columns).map { matrix[$0] } }
}
