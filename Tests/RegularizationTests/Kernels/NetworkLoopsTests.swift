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
}
