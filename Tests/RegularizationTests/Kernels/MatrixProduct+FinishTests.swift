import Regularization
import Testing

/// What a product does to its elements at last, against the same in a loop of its own.
@Suite struct MatrixProductFinishTests {
    /// Below and above a tile, with a partial vector, with packed rows, and with several blocks of each kind.
    static let sizes = [
        (1, 1, 1), (3, 5, 7), (12, 32, 4), (13, 33, 20), (64, 30, 10), (14, 131, 9), (5, 401, 37),
        (7, 35, 653), (90, 33, 400), (4, 6, 0), (3, 0, 5),
    ]

    @Test(arguments: sizes)
    func equalsTheLoop(rows: Int, columns: Int, inner: Int) {
        for form in MatrixProduct.Form.allCases {
            for finish in Finish.all(rows: rows, columns: columns) {
                let flaw = finish.flaw(MatrixProblem(rows: rows, columns: columns, inner: inner), form)
                #expect(flaw == nil, "\(form), \(rows) × \(columns), inner \(inner)")
            }
        }
    }

    /// Sums of NaN, ±∞ and ±0, finished by factors of the same kinds.
    @Test func equalsTheLoopForSpecialValues() {
        let special: [Float] = [.nan, .infinity, -.infinity, -0.0, 0, 1, -1, .leastNonzeroMagnitude]
        var problem = MatrixProblem(rows: 21, columns: 37, inner: 1)
        for row in 0..<21 { problem.a[row] = special[row % 8] }
        for column in 0..<37 { problem.b[column] = column % 2 == 0 ? 1 : -1 }
        for form in MatrixProduct.Form.allCases {
            for var finish in Finish.all(rows: 21, columns: 37) {
                for index in 0..<21 * 37 where finish.outputs != nil {
                    finish.outputs![index] = special[(index + index / 37) % 8]
                }
                if finish.bias != nil { finish.bias = (0..<37).map { special[$0 % 8] } }
                #expect(finish.flaw(problem, form) == nil, "\(form)")
            }
        }
    }

    @Test func rectifierKeepsNotANumberAndDropsMinusInfinity() {
        var problem = MatrixProblem(rows: 1, columns: 3, inner: 1)
        problem.a = [1]
        problem.b = [.nan, -.infinity, .infinity]
        let product = Finish(negativeSlope: 0).product(problem, .aTimesB)
        #expect(product[0].isNaN)
        #expect(product[1...] == [0, .infinity])
    }

    @Test func followsWhatWasAddedToTheOldContent() {
        let problem = MatrixProblem(rows: 2, columns: 3, inner: 0)
        let old: [Float] = [1, -2, 3, -4, 5, -6]
        let product = Finish(bias: [1, 1, 10], negativeSlope: 0.5)
            .product(problem, .aTimesB, over: old, accumulating: true)
        #expect(product == [2, -0.5, 13, -1.5, 6, 4])
    }

    @Test func sizesThatDoNotFitStopTheProcess() async {
        await #expect(processExitsWith: .failure) {
            _ = Finish(bias: [1, 2]).product(MatrixProblem(rows: 2, columns: 3, inner: 4), .aTimesB)
        }
        await #expect(processExitsWith: .failure) {
            _ = Finish(outputs: [1, 2, 3]).product(MatrixProblem(rows: 2, columns: 3, inner: 4), .aTimesB)
        }
        await #expect(processExitsWith: .failure) {
            _ = Finish(factors: [1, 2, 3]).product(MatrixProblem(rows: 2, columns: 3, inner: 4), .aTimesB)
        }
    }
}

private struct Finish {
    var bias: [Float]?
    var negativeSlope: Float = 1
    var outputs: [Float]?
    var factors: [Float]?

    /// Each part alone and with the others.
    static func all(rows: Int, columns: Int) -> [Finish] {
        let bias = (0..<columns).map { Float($0 % 7) / 4 - 0.75 }
        let outputs = (0..<rows * columns).map { Float($0 % 3 - 1) }
        let factors = (0..<rows * columns).map { $0 % 5 == 0 ? 0 : Float(1.25) }
        return [
            Finish(), Finish(bias: bias), Finish(negativeSlope: 0), Finish(negativeSlope: 0.01),
            Finish(factors: factors), Finish(bias: bias, negativeSlope: 0, factors: factors),
            Finish(outputs: outputs), Finish(negativeSlope: 0, outputs: outputs),
            Finish(bias: bias, negativeSlope: 0.25, outputs: outputs, factors: factors),
        ]
    }

    func product(
        _ problem: MatrixProblem, _ form: MatrixProduct.Form, over old: [Float]? = nil,
        accumulating: Bool = false
    ) -> [Float] {
        var c = old ?? [Float](repeating: .nan, count: problem.rows * problem.columns)
        let (a, b) = problem.operands(form)
        var span = c.mutableSpan
        MatrixProduct.multiply(
            form, rows: problem.rows, columns: problem.columns, inner: problem.inner, a.span, b.span,
            into: &span, accumulating: accumulating, bias: bias?.span, negativeSlope: negativeSlope,
            outputs: outputs?.span, factors: factors?.span)
        return c
    }

    /// Where the product differs from the plain one, finished in a loop, by a bit; or nil.
    func flaw(_ problem: MatrixProblem, _ form: MatrixProduct.Form) -> String? {
        let plain = problem.product(form)
        let finished = product(problem, form)
        for index in plain.indices {
            var z = plain[index]
            if let bias { z += bias[index % problem.columns] }
            if let outputs {
                z = outputs[index] > 0 ? z : negativeSlope * z
            } else if z < 0 {
                z = negativeSlope == 0 ? 0 : negativeSlope * z
            }
            if let factors { z *= factors[index] }
            let found = finished[index]
            if found.bitPattern != z.bitPattern && !(found.isNaN && z.isNaN) {
                return "element \(index) is \(found) instead of \(z)"
            }
        }
        return nil
    }
}
