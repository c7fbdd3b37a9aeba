import Regularization
import Testing

struct NetworkLoopsTests {
    /// The generator as its authors wrote it, once for each lane.
    @Test("Dropout draws from sixteen xoshiro128+ generators")
    func dropout() {
        var words = SeededGenerator(seed: 5)
        let seeds = (0..<64).map { _ in UInt32(truncatingIfNeeded: words.next() >> 32) }
        var lanes = (0..<16).map { lane in (0..<4).map { seeds[16 * $0 + lane] } }
        let expected = (0..<100).map { index -> Float in
            let s = lanes[index % 16]
            var next = s
            next[2] ^= s[0]
            next[3] ^= s[1]
            next[1] ^= next[2]
            next[0] ^= next[3]
            next[2] ^= s[1] << 9
            next[3] = next[3] << 11 | next[3] >> 21
            lanes[index % 16] = next
            return Float((s[0] &+ s[3]) >> 8) * 0x1p-24 < 0.25 ? 0 : 4.0 / 3
        }
        var generator = SeededGenerator(seed: 5)
        var dropout = DropoutGenerator(using: &generator)
        #expect(draw(100, from: &dropout) == expected)
        #expect(draw(100, from: &dropout) != expected)
    }

    private func draw(_ count: Int, from generator: inout DropoutGenerator) -> [Float] {
        var factors = Array(repeating: Float(7), count: count)
        var span = factors.mutableSpan
        generator.draw(rate: 0.25, into: &span)
        return factors
    }

    @Test("Column sums add row by row", arguments: [(0, 3), (1, 1), (5, 17), (3, 40)])
    func columnSums(rows: Int, columns: Int) {
        let matrix = (0..<rows * columns).map { Float($0 * 7919 % 101) / 8 }
        var sums = Array(repeating: Float(9), count: columns)
        var span = sums.mutableSpan
        sumColumns(of: matrix.span, into: &span)
        #expect(sums == (0..<columns).map { j in (0..<rows).reduce(0) { $0 + matrix[$1 * columns + j] } })
    }
}
