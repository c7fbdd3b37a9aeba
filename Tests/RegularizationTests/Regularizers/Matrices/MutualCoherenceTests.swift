import Regularization
import Testing

@Suite("MutualCoherence")
struct MutualCoherenceTests {
    private static let shapes: [Shape] = [[1, 1], [1, 7], [7, 1], [3, 5], [5, 3], [6, 6], [4, 3, 2]]

    @Test(
        "The value is the largest entry of the definition",
        arguments: shapes + [[30, 64], [64, 30], [130, 129]])
    func values(shape: Shape) {
        for seed in 0..<(shape.count > 100 ? 1 : 6) as Range<UInt64> {
            let tensor = Tensor.random(shape, seed: seed).multiplied(by: Float(seed + 1) / 4)
            let expected = tensor.matrix.defect.largestMagnitude
            #expect(abs(tensor.value(MutualCoherence()) - expected) <= 1e-6 * expected, "seed \(seed)")
        }
    }

    @Test("The gradient is the slope of the value", arguments: shapes)
    func gradients(shape: Shape) {
        var compared = 0
        for seed in 0..<10 as Range<UInt64> {
            let tensor = Tensor.random(shape, seed: seed)
            let defect = tensor.matrix.defect
            let upper = (0..<defect.rows).flatMap { row in (row..<defect.rows).map { abs(defect[row, $0]) } }
            let sizes = upper.sorted(by: >)
            if sizes[0] < 0.1 || (sizes.count > 1 && sizes[0] - sizes[1] < 0.1) { continue }
            compared += 1
            let slopes = centralDifferences(tensor) { $0.value(MutualCoherence()) }
            let found = tensor.gradient(MutualCoherence())
            expectClose(found, slopes, within: 1e-4)
        }
        #expect(compared >= 2)
    }

    @Test("Off and on the diagonal, by rows and by columns")
    func known() {
        // Rows of length 1 with the inner product -0.8.
        let rows = Tensor([2, 3], [1, 0, 0, -0.8, 0.6, 0])
        expectClose(rows.value(MutualCoherence()), 0.8, within: 1e-7)
        expectClose(rows.gradient(MutualCoherence()), [0.8, -0.6, 0, -1, 0, 0], ofInput: [1])
        expectClose(rows.gradient(MutualCoherence(), scale: 0.5), [0.4, -0.3, 0, -0.5, 0, 0], ofInput: [1])
        let columns = rows.transposed
        expectClose(columns.value(MutualCoherence()), 0.8, within: 1e-7)
        expectClose(columns.gradient(MutualCoherence()), [0.8, -1, -0.6, 0, 0, 0], ofInput: [1])
        // A row that is too short, and one that is too long.
        #expect(Tensor([2, 2], [0.5, 0, 0, 1]).gradient(MutualCoherence()) == [-1, 0, 0, 0])
        #expect(Tensor([2, 2], [1, 0, 0, 2]).gradient(MutualCoherence()) == [0, 0, 0, 4])
        #expect(Tensor([2, 2], [1, 0, 0, 2]).value(MutualCoherence()) == 3)
    }

    @Test("Of equal entries the first in row-major order")
    func ties() {
        // The entries (0, 2) and (1, 3) are 0.5, and (1, 2) is -0.5.
        let tensor = Tensor(
            [4, 8],
            [
                1, 0, 0, 0, 0, 0, 0, 0,
                0, 1, 0, 0, 0, 0, 0, 0,
                0.5, -0.5, 0.5, 0.5, 0, 0, 0, 0,
                0, 0.5, 0, 0, 0.5, 0.5, 0.5, 0,
            ])
        var expected = [Double](repeating: 0, count: 32)
        for index in 0..<8 {
            expected[index] = Double(tensor.values[16 + index])
            expected[16 + index] = Double(tensor.values[index])
        }
        expectClose(tensor.gradient(MutualCoherence()), expected, ofInput: [1])
    }

    /// A panel has 100 rows of a side of 300, and at most 1024 columns.
    @Test(
        "Wherever the largest entry of a large Gram matrix is",
        arguments: [
            (300, [0, 299]), (300, [0, 1]), (300, [150, 299]), (300, [99, 100]), (300, [299, 299]),
            (1_030, [700, 1_028]),
        ])
    func panels(side: Int, place: [Int]) {
        var weights = [Float](repeating: 0, count: side * side)
        for index in 0..<side { weights[index * (side + 1)] = 1 }
        // One more entry at the second place of row `place[0]`, twice the size if that is the diagonal.
        weights[place[0] * side + place[1]] = place[0] == place[1] ? 2 : 0.25
        let tensor = Tensor([side, side], weights)
        #expect(tensor.value(MutualCoherence()) == (place[0] == place[1] ? 3 : 0.25))
        let slopes = tensor.gradient(MutualCoherence())
        var expected = [Float](repeating: 0, count: side * side)
        if place[0] == place[1] {
            expected[place[0] * (side + 1)] = 4
        } else {
            // By rows: wⱼ at i, wᵢ at j.
            expected[place[0] * side + place[1]] = 1
            expected[place[1] * side + place[0]] = 1
            expected[place[1] * side + place[1]] = 0.25
        }
        #expect(slopes == expected)
    }

    @Test("0 with no gradient at orthonormal rows; 1 at zeros")
    func orthonormal() {
        let tensor = Tensor([2, 3], [0, -1, 0, 0, 0, 1])
        #expect(tensor.value(MutualCoherence()) == 0)
        #expect(
            tensor.gradient(MutualCoherence()).allSatisfy { $0 == 0 }, "\(tensor.gradient(MutualCoherence()))"
        )
        #expect(Tensor([2, 2], [0, 0, 0, 0]).value(MutualCoherence()) == 1)
        #expect(Tensor([2, 2], [0, 0, 0, 0]).gradient(MutualCoherence()) == [0, 0, 0, 0])
    }

    @Test("Products that are too large for a Float, and too small")
    func sizes() {
        let tensor = Tensor([2, 3], [1e25, 0, 1e25, 2e25, -2e25, 2e25])
        let square = Double(2e25 as Float) * Double(2e25 as Float)
        expectClose(tensor.value(MutualCoherence()), 3 * square, relative: 1e-6)
        #expect(tensor.gradient(MutualCoherence()) == [0, 0, 0, 4e25, -4e25, 4e25])
        let tiny = Tensor([2, 2], [1e-30, 0, 1e-30, 1e-30])
        #expect(tiny.value(MutualCoherence()) == 1)
        expectClose(tiny.gradient(MutualCoherence()), [-2e-30, 0, 0, 0], ofInput: tiny.values)
    }

    @Test("NaN, infinity, empty, vectors")
    func edges() {
        let broken = Tensor([2, 2], [1, .nan, 0, 2])
        #expect(broken.value(MutualCoherence()).isNaN)
        #expect(
            broken.gradient(MutualCoherence()).allSatisfy { $0.isNaN },
            "\(broken.gradient(MutualCoherence()))")
        #expect(Tensor([2, 2], [1, -.infinity, 0, 2]).value(MutualCoherence()) == .infinity)
        #expect(Tensor([0, 2], []).value(MutualCoherence()) == 0)
        #expect(Tensor([0, 2], []).gradient(MutualCoherence()) == [])
        #expect(throws: ShapeError("mutual coherence needs a matrix, a tensor of rank 2 or more, not [3]")) {
            try MutualCoherence().check([3])
        }
    }
}
