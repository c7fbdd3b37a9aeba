import Foundation
import Regularization
import Testing

@Suite struct MatrixProductTests {
    /// Around the multiples of every vector width and tile.
    static let sizes = [0, 1, 2, 3, 5, 7, 8, 15, 16, 17, 31, 33, 64, 100]

    @Test(arguments: sizes)
    func equalsTheSumOfProducts(rows: Int) {
        for columns in Self.sizes {
            // The largest are left to the next test, for the time of a debug build.
            for inner in Self.sizes where rows * columns * inner <= 5000 {
                expectSumsOfProducts(rows: rows, columns: columns, inner: inner)
            }
        }
    }

    /// Sizes that take more than one block of the kernel in each direction, those whose first operand it
    /// packs: large ones, and ones with rows that lie a power of two apart, and one whose second operand it
    /// fetches ahead.
    @Test(arguments: [
        (64, 100, 31), (33, 64, 33), (5, 401, 37), (3, 390, 330), (17, 31, 653), (130, 33, 300),
        (100, 34, 401), (1030, 33, 33), (13, 40, 256), (256, 35, 12), (65, 661, 401),
    ])
    func equalsTheSumOfProductsWhenLarge(rows: Int, columns: Int, inner: Int) {
        expectSumsOfProducts(rows: rows, columns: columns, inner: inner)
    }

    private func expectSumsOfProducts(rows: Int, columns: Int, inner: Int) {
        let problem = MatrixProblem(rows: rows, columns: columns, inner: inner)
        let expected = problem.sums()
        for form in MatrixProduct.Form.allCases {
            let flaw = expected.flaw(in: problem.product(form))
            #expect(flaw == nil, "\(form), \(rows) × \(columns), inner \(inner)")
        }
    }

    @Test func comparisonFindsAMissingTerm() {
        let problem = MatrixProblem(rows: 7, columns: 5, inner: 653)
        var incomplete = problem
        incomplete.a[652] = 0
        #expect(problem.sums().flaw(in: incomplete.product(.aTimesB)) != nil)
    }

    /// Small integers, whose sums are exact.
    @Test(arguments: [(3, 5, 7), (12, 32, 4), (30, 17, 700), (7, 390, 5), (90, 33, 400), (4, 6, 0)])
    func accumulatingAddsToTheOldContent(rows: Int, columns: Int, inner: Int) {
        var problem = MatrixProblem(rows: rows, columns: columns, inner: inner)
        problem.a = problem.a.map { ($0 * 8).rounded() }
        problem.b = problem.b.map { ($0 * 8).rounded() }
        let old = (0..<rows * columns).map { Float($0 % 19 - 9) }
        for form in MatrixProduct.Form.allCases {
            let sum = zip(old, problem.product(form)).map { $0 + $1 }
            #expect(problem.product(form, over: old, accumulating: true) == sum, "\(form)")
        }
    }

    @Test func emptySumIsZeroOrLeavesTheOldContent() {
        let problem = MatrixProblem(rows: 3, columns: 5, inner: 0)
        let old = [Float](repeating: 7, count: 15)
        for form in MatrixProduct.Form.allCases {
            #expect(problem.product(form, over: old) == [Float](repeating: 0, count: 15), "form \(form)")
            #expect(problem.product(form, over: old, accumulating: true) == old, "form \(form)")
        }
    }

    /// Against a factor of zeros, too, an infinity gives NaN and does so in its own row or column only.
    @Test(arguments: [Float.nan, .infinity, -.infinity])
    func notANumberAndInfinitySpread(value: Float) {
        let (rows, columns, inner) = (14, 37, 9)
        for form in MatrixProduct.Form.allCases {
            var problem = MatrixProblem(rows: rows, columns: columns, inner: inner)
            problem.a[12 * inner + 8] = value
            problem.b = problem.b.map { _ in 0 }
            var product = problem.product(form)
            for index in product.indices {
                #expect(product[index].isNaN == (index / columns == 12), "\(form), element \(index)")
            }

            problem = MatrixProblem(rows: rows, columns: columns, inner: inner)
            problem.b[8 * columns + 36] = value
            problem.a = problem.a.map { _ in 0 }
            product = problem.product(form)
            for index in product.indices {
                #expect(product[index].isNaN == (index % columns == 36), "\(form), element \(index)")
            }
        }
    }

    @Test func infinityTimesAPositiveNumberIsInfinity() {
        for form in MatrixProduct.Form.allCases {
            var problem = MatrixProblem(rows: 2, columns: 3, inner: 5)
            problem.a[1] = .infinity
            problem.b = problem.b.map { abs($0) + 1 }
            #expect(problem.product(form).prefix(3) == [.infinity, .infinity, .infinity], "form \(form)")
        }
    }

    @Test(arguments: [(13, 37, 50), (29, 150, 330), (90, 37, 400)])
    func bitsAreTheSameOnRepeatAndOnAllThreads(rows: Int, columns: Int, inner: Int) async {
        let problem = MatrixProblem(rows: rows, columns: columns, inner: inner)
        for form in MatrixProduct.Form.allCases {
            let first = problem.product(form).map(\.bitPattern)
            await withTaskGroup(of: [UInt32].self) { group in
                for _ in 0..<4 {
                    group.addTask { problem.product(form).map(\.bitPattern) }
                }
                for await again in group {
                    #expect(again == first, "\(form)")
                }
            }
        }
    }

    #if !canImport(Accelerate)
        /// Each row alone, written into the middle of one larger buffer.
        @Test(arguments: [(13, 37, 50), (5, 150, 330), (90, 37, 400), (65, 661, 401)])
        func rowsAloneHaveTheBitsOfTheWhole(rows: Int, columns: Int, inner: Int) {
            let problem = MatrixProblem(rows: rows, columns: columns, inner: inner)
            for form in [MatrixProduct.Form.aTimesB, .aTimesBTransposed] {
                let whole = problem.product(form)
                let (a, b) = problem.operands(form)
                for row in 0..<rows {
                    var buffer = [Float](repeating: 0.5, count: columns + 2)
                    var span = buffer.mutableSpan
                    var middle = span._mutatingExtracting(1..<columns + 1)
                    MatrixProduct.multiply(
                        form, rows: 1, columns: columns, inner: inner,
                        a.span.extracting(row * inner..<(row + 1) * inner), b.span, into: &middle)
                    let expected = [0.5] + whole[row * columns..<(row + 1) * columns] + [0.5]
                    #expect(buffer == expected, "\(form), row \(row)")
                }
            }
        }
    #endif

    /// What lies between the rows has no influence and keeps its content.
    @Test(arguments: [(13, 37, 50), (5, 150, 330), (90, 37, 400), (3, 1, 2)])
    func partsOfLargerMatricesMultiplyAlike(rows: Int, columns: Int, inner: Int) {
        let problem = MatrixProblem(rows: rows, columns: columns, inner: inner)
        for form in MatrixProduct.Form.allCases {
            let (a, b) = problem.operands(form)
            let widthOfA = form == .aTransposedTimesB ? rows : inner
            let widthOfB = form == .aTimesBTransposed ? inner : columns
            let product = problem.product(form)
            var c = widened([Float](repeating: .nan, count: rows * columns), columns, by: 5)
            var span = c.mutableSpan
            MatrixProduct.multiply(
                form, rows: rows, columns: columns, inner: inner,
                widened(a, widthOfA, by: 3).span, widened(b, widthOfB, by: 4).span, into: &span,
                rowDistances: .init(a: widthOfA + 3, b: widthOfB + 4, c: columns + 5), negativeSlope: 0.5,
                factors: widened([Float](repeating: 2, count: rows * columns), columns, by: 5).span)
            let expected = widened(product.map { $0 < 0 ? $0 : 2 * $0 }, columns, by: 5)
            #expect(c.map(\.bitPattern) == expected.map(\.bitPattern), "\(form)")
        }
    }

    @Test func rowsThatDoNotFitStopTheProcess() async {
        await #expect(processExitsWith: .failure) { multiplyParts(a: 3, b: 2, c: 2, count: 8) }
        await #expect(processExitsWith: .failure) { multiplyParts(a: 4, b: 1, c: 2, count: 8) }
        await #expect(processExitsWith: .failure) { multiplyParts(a: 4, b: 2, c: 3, count: 7) }
    }

    @Test func sizesThatDoNotFitStopTheProcess() async {
        await #expect(processExitsWith: .failure) {
            _ = MatrixProblem(rows: 2, columns: 3, inner: 4, a: [1, 2, 3, 4, 5, 6, 7]).product(.aTimesB)
        }
        await #expect(processExitsWith: .failure) {
            _ = MatrixProblem(rows: 2, columns: 3, inner: 4, b: [1, 2, 3, 4, 5, 6, 7]).product(.aTimesB)
        }
        await #expect(processExitsWith: .failure) {
            _ = MatrixProblem(rows: 2, columns: 3, inner: 4).product(.aTimesB, over: [1, 2, 3, 4, 5])
        }
    }

    @Test func operationsInRegistersAreCounted() {
        let once = multiplyInRegisters(iterations: 1)
        #expect(once >= 2 * 12 * 4)
        #expect(multiplyInRegisters(iterations: 1000) == 1000 * once)
    }
}

/// A 3 × 4 by 4 × 2 product with these row distances, into so many elements.
private func multiplyParts(a: Int, b: Int, c: Int, count: Int) {
    var product = [Float](repeating: 0, count: count)
    var span = product.mutableSpan
    let operands = [Float](repeating: 1, count: 12)
    MatrixProduct.multiply(
        .aTimesB, rows: 3, columns: 2, inner: 4, operands.span, operands.span, into: &span,
        rowDistances: .init(a: a, b: b, c: c))
}

/// A matrix with NaN after each row.
private func widened(_ matrix: [Float], _ columns: Int, by gap: Int) -> [Float] {
    stride(from: 0, to: matrix.count, by: columns).flatMap {
        matrix[$0..<$0 + columns] + [Float](repeating: .nan, count: gap)
    }
}
