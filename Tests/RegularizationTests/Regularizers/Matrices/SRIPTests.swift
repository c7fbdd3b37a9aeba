import Testing

@testable import Regularization

@Suite("SRIP")
struct SRIPTests {
    private static let shapes: [Shape] = [
        [1, 1], [1, 7], [7, 1], [3, 5], [5, 3], [6, 6], [4, 3, 2], [30, 64], [64, 30], [60, 60],
    ]

    /// The largest |σ² − 1|, by the singular value decomposition, with its smallest distance from another one.
    private func exact(_ tensor: Tensor) -> (value: Double, gap: Double) {
        let decomposition = SingularValueDecomposition(
            of: Weights(shape: tensor.shape, tensor.values.span), valuesOnly: true)
        let defects = decomposition!.values.map { abs($0 * $0 - 1) }.sorted(by: >)
        return (defects[0], defects.count == 1 ? .infinity : defects[0] - defects[1])
    }

    @Test("The value is the largest |σ² − 1|", arguments: shapes)
    func values(shape: Shape) {
        for seed in 0..<(shape.count > 100 ? 3 : 12) as Range<UInt64> {
            // Around lengths of 1, where the largest and the smallest singular value compete.
            let size = Float(seed + 1) / 6 / Float(max(shape.rows, shape.columns)).squareRoot()
            let tensor = Tensor.random(shape, seed: seed).multiplied(by: 2 * size)
            let expected = exact(tensor).value
            #expect(abs(tensor.value(SRIP()) - expected) <= 1e-9 * expected + 1e-12, "seed \(seed)")
        }
    }

    @Test("Positive and negative eigenvalues that nearly tie", arguments: [0, 1e-6, 1e-4, 1e-2, 0.1])
    func nearTies(difference: Double) {
        for (rows, columns) in [(2, 2), (3, 6), (40, 20), (45, 60)] {
            let count = min(rows, columns)
            let spectrum = (0..<count).map { index in
                let share = Double(index / 2) / Double(count)
                let defect = 0.5 - 0.3 * share
                return (1 + (index % 2 == 0 ? defect : -defect - (index == 1 ? difference : 0))).squareRoot()
            }
            let tensor = Tensor.random([rows, columns], singularValues: spectrum, seed: 4)
            let (expected, gap) = exact(tensor)
            #expect(
                abs(tensor.value(SRIP()) - expected) <= 1e-9 * expected, "rows \(rows), columns \(columns)")
            if gap < 1e-5 { continue }
            // 2 sign(μ) σ u vᵀ, with the norm 2σ and ⟨slopes, W⟩ = 2 sign(μ) σ².
            let slopes = tensor.gradient(SRIP()).map { Double($0) }
            let square = 1 - expected
            expectClose(
                slopes.reduce(0) { $0 + $1 * $1 }, 4 * square, within: 1e-4,
                "rows \(rows), columns \(columns)")
            let product = zip(slopes, tensor.values).reduce(0) { $0 + $1.0 * Double($1.1) }
            #expect(abs(product + 2 * square) < 1e-5, "rows \(rows), columns \(columns)")
        }
    }

    @Test("The gradient is the slope of the value", arguments: shapes.filter { $0.count < 100 })
    func gradients(shape: Shape) {
        var compared = 0
        for seed in 0..<8 as Range<UInt64> {
            let tensor = Tensor.random(shape, seed: seed)
            if exact(tensor).gap < 0.1 { continue }
            compared += 1
            let slopes = centralDifferences(tensor) { $0.value(SRIP()) }
            let found = tensor.gradient(SRIP())
            expectClose(found, slopes, within: 1e-4)
        }
        #expect(compared >= 2)
    }

    @Test("0 with no gradient at orthonormal rows or columns; 1 at zeros")
    func orthonormal() {
        let matrices = [
            Tensor([2, 2], [1, 0, 0, 1]), Tensor([2, 3], [0, -1, 0, 0, 0, 1]), Tensor([3, 1], [0, -1, 0]),
        ]
        for tensor in matrices {
            #expect(tensor.value(SRIP()) == 0, "\(tensor.values)")
            #expect(
                tensor.gradient(SRIP()).allSatisfy { $0 == 0 }, "\(tensor.values): \(tensor.gradient(SRIP()))"
            )
        }
        let rotation = Tensor([2, 2], [0.6, 0.8, -0.8, 0.6])
        #expect(rotation.value(SRIP()) < 1e-6)
        #expect(Tensor([3, 2], [0, 0, 0, 0, 0, 0]).value(SRIP()) == 1)
        #expect(Tensor([3, 2], [0, 0, 0, 0, 0, 0]).gradient(SRIP()) == [0, 0, 0, 0, 0, 0])
    }

    @Test("Known: a diagonal; repeated eigenvalues; the same bits each time")
    func known() {
        expectClose(Tensor([2, 3], [2, 0, 0, 0, 0.5, 0]).value(SRIP()), 3, within: 1e-12)
        expectClose(Tensor([3, 2], [0.5, 0, 0, 1, 0, 0]).value(SRIP()), 0.75, within: 1e-12)
        let gradient = Tensor([2, 2], [2, 0, 0, 0.5]).gradient(SRIP())
        expectClose(gradient, [4, 0, 0, 0], ofInput: [4])
        expectClose(Tensor([2, 2], [1, 0, 0, 0.5]).gradient(SRIP()), [0, 0, 0, -1], ofInput: [1])
        let repeated = Tensor.random([20, 30], singularValues: Array(repeating: 2, count: 20), seed: 3)
        expectClose(repeated.value(SRIP()), 3, within: 1e-5)
        #expect(repeated.gradient(SRIP()) == repeated.gradient(SRIP()))
    }

    @Test(
        "Many eigenvalues close to the largest one",
        arguments: [[60, 60], [50, 100], [100, 50]] as [Shape])
    func clustered(shape: Shape) {
        let count = min(shape.rows, shape.columns)
        let spectrum = (0..<count).map { (2 - 0.9 * (Double($0) / Double(count))).squareRoot() }
        let tensor = Tensor.random(shape, singularValues: spectrum, seed: 8)
        expectClose(tensor.value(SRIP()), exact(tensor).value, relative: 1e-9)
    }

    @Test("Sizes, NaN, infinity, empty, vectors")
    func edges() {
        let tensor = Tensor.random([4, 3], seed: 8)
        let ratio = tensor.multiplied(by: 1e30).value(SRIP()) / (exact(tensor).value + 1) / 1e60
        expectClose(ratio, 1, within: 1e-6)
        #expect(tensor.multiplied(by: 1e30).gradient(SRIP()).allSatisfy { $0.isFinite })
        #expect(tensor.multiplied(by: 1e-30).value(SRIP()) == 1)
        let broken = Tensor([2, 2], [1, .nan, 0, 2])
        #expect(broken.value(SRIP()).isNaN)
        #expect(broken.gradient(SRIP()).allSatisfy { $0.isNaN }, "\(broken.gradient(SRIP()))")
        #expect(Tensor([2, 2], [1, -.infinity, 0, 2]).value(SRIP()) == .infinity)
        #expect(Tensor([0, 2], []).value(SRIP()) == 0)
        #expect(throws: ShapeError("SRIP needs a matrix, a tensor of rank 2 or more, not [3]")) {
            try SRIP().check([3])
        }
    }
}
