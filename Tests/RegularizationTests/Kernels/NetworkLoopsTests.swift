import Foundation
import Regularization
import Testing

struct NetworkLoopsTests {
    @Test("Column sums add row by row", arguments: [(0, 3), (1, 1), (5, 17), (3, 40)])
    func columnSums(rows: Int, columns: Int) {
        let matrix = (0..<rows * columns).map { Float($0 * 7919 % 101) / 8 }
        var sums = Array(repeating: Float(9), count: columns)
        var span = sums.mutableSpan
        sumColumns(of: matrix.span, into: &span)
        #expect(sums == (0..<columns).map { j in (0..<rows).reduce(0) { $0 + matrix[$1 * columns + j] } })
    }

    private func exponentials(_ values: [Float]) -> [Float] {
        var values = values
        var span = values.mutableSpan
        replaceByExponentials(&span)
        return values
    }

    @Test func exponentialsAgreeWithTheMathematicalLibrary() {
        let values = (0...8_700).map { -Float($0) / 100 }
        let largest = zip(exponentials(values), values)
            .map { abs(Double($0) / Foundation.exp(Double($1)) - 1) }.max()
        #expect((largest ?? 1) < 2.4e-7)
    }

    @Test func exponentialsAreExactAtZeroAndZeroFarBelow() {
        #expect(exponentials([0, -0.0]) == [1, 1])
        #expect(exponentials([-88, -1e30, -.infinity]) == [0, 0, 0])
    }

    @Test func exponentialsKeepNaN() {
        #expect(exponentials([.nan, -1])[0].isNaN)
        #expect(exponentials([]).isEmpty)
    }
}
