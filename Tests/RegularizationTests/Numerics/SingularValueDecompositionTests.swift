import Testing

@testable import Regularization

@Suite("SingularValueDecomposition")
struct SingularValueDecompositionTests {
    private static let shapes: [Shape] = [
        [1, 1], [1, 5], [5, 1], [3, 5], [5, 3], [4, 4], [6, 6], [64, 30], [30, 64], [0, 3], [3, 0],
    ]

    private func decompose(_ tensor: Tensor) throws -> SingularValueDecomposition {
        let decomposition = SingularValueDecomposition(of: Weights(shape: tensor.shape, tensor.values.span))
        return try #require(decomposition)
    }

    private func values(_ tensor: Tensor) throws -> [Double] { try decompose(tensor).values }

    /// Σ sᵢuᵢvᵢᵀ.
    private func product(_ tensor: Tensor, _ multiples: ([Double]) -> [Double]) throws -> Tensor {
        let decomposition = try decompose(tensor)
        var product = [Float](repeating: .nan, count: tensor.shape.count)
        var view = MutableWeights(shape: tensor.shape, product.mutableSpan)
        decomposition.write(multiples(decomposition.values), to: &view)
        return Tensor(tensor.shape, product)
    }

    @Test("The product is the matrix, the vectors are orthonormal", arguments: shapes)
    func product(shape: Shape) throws {
        for factor in [1, 1e30, 1e-30, 0x1p-140] as [Float] {
            let tensor = Tensor.random(shape, seed: 3).multiplied(by: factor)
            let found = try self.product(tensor) { $0 }
            expectClose(
                found.values, tensor.values.map { Double($0) }, ofInput: tensor.values, "factor \(factor)")
            let polar = try self.product(tensor) { $0.map { _ in 1 } }
            #expect(polar.matrix.defect.largestMagnitude < 1e-6, "factor \(factor)")
            let values = try values(tensor)
            #expect(values.count == min(shape.rows, shape.columns), "factor \(factor)")
            #expect(zip(values, values.dropFirst()).allSatisfy { $0 >= $1 }, "factor \(factor)")
            let squares = values.reduce(0) { $0 + $1 * $1 }
            #expect(abs(squares - tensor.matrix.sumOfSquares) <= 1e-12 * squares, "factor \(factor)")
        }
    }

    @Test("Singular values that are known: of two numbers by hand, of Hadamard's matrix, and given spectra")
    func knownValues() throws {
        // (21 ± √377)/32
        let found = try values(Tensor([2, 2], [1, 0.5, 0.5, 0.3125]))
        expectClose(found[0], 1.2630152449671126, relative: 1e-12)
        expectClose(found[1], 0.0494847550328875, relative: 1e-12)
        let hadamard = Tensor([4, 4], [1, 1, 1, 1, 1, -1, 1, -1, 1, 1, -1, -1, 1, -1, -1, 1])
        let twos = try values(hadamard)
        #expect(twos.allSatisfy { abs($0 - 2) < 1e-12 }, "\(twos)")
        for shape in [[12, 7], [7, 12], [7, 7]] as [Shape] {
            for spectrum in [
                [3, 3, 3, 1, 1, 1, 0.5], [4, 2, 1, 0, 0, 0, 0], [1, 1e-1, 1e-2, 1e-3, 0, 0, 0],
            ] {
                let found = try values(Tensor.random(shape, singularValues: spectrum, seed: 9))
                #expect(zip(found, spectrum).allSatisfy { abs($0 - $1) < 3e-7 * spectrum[0] }, "\(found)")
            }
        }
    }

    @Test("Small singular values are as good as large ones where vectors of the smaller side are small")
    func graded() throws {
        // Orthogonal columns, in no order.
        let columns: [(Float, [Float])] = [
            (1, [1, 1, 1, 1]), (0x1p-90, [1, -1, 1, -1]), (0x1p90, [1, 1, -1, -1]),
            (0x1p-30, [1, -1, -1, 1]),
        ]
        let weights = (0..<4).flatMap { row in columns.map { $0.0 * $0.1[row] } }
        for tensor in [Tensor([5, 4], weights + [0, 0, 0, 0]), Tensor([4, 4], weights).transposed] {
            let found = try values(tensor)
            for (value, expected) in zip(found, [0x1p91, 2, 0x1p-29, 0x1p-89]) {
                expectClose(value, expected, relative: 1e-10, "\(found)")
            }
            let same = try self.product(tensor) { $0 }
            #expect(same.values == tensor.values, "\(tensor.values)")
        }
    }

    @Test("Missing singular vectors are completed, the same ones each time", arguments: shapes)
    func completion(shape: Shape) throws {
        let (rows, columns) = (shape.rows, shape.columns)
        var last = [Float](repeating: 0, count: shape.count)
        if !last.isEmpty { last[last.count - 1] = 3 }
        let factors = (0..<max(rows, columns)).map { Float($0 % 2 + 1) }
        let product = (0..<rows).flatMap { row in (0..<columns).map { factors[row] * factors[$0] } }
        let (zeros, ones) = (last.map { _ in Float(0) }, last.map { _ in Float(1) })
        for weights in [zeros, ones, last, product] {
            let tensor = Tensor(shape, weights)
            let polar = try self.product(tensor) { $0.map { _ in 1 } }
            #expect(polar.matrix.defect.largestMagnitude < 1e-6, "\(polar.values)")
            let again = try self.product(tensor) { $0.map { _ in 1 } }
            #expect(again.values == polar.values, "weights \(weights)")
            try expectClose(
                self.product(tensor) { $0 }.values, weights.map { Double($0) }, ofInput: weights,
                "weights \(weights)")
            let rank = try values(tensor).count { $0 > 1e-12 }
            #expect(rank <= 1, "weights \(weights)")
        }
    }

    @Test("Zero rows and columns stay exactly zero")
    func zeros() throws {
        let tensor = Tensor([3, 4], [1, 0, 2, 3, 0, 0, 0, 0, -4, 0, 5, 7])
        let found = try self.product(tensor) { [$0[0], 0, 0] }
        #expect(zip(found.values, tensor.values).allSatisfy { ($0 == 0) == ($1 == 0) })
        #expect(zerosArePositive(found.values, madeFrom: tensor.values))
    }

    @Test("NaN and infinity have no decomposition", arguments: [Float.nan, .infinity, -.infinity])
    func nonfinite(weight: Float) {
        let weights: [Float] = [1, 2, weight, 4]
        #expect(SingularValueDecomposition(of: Weights(shape: [2, 2], weights.span)) == nil)
    }

    @Test("Values alone are those with vectors")
    func valuesOnly() throws {
        let tensor = Tensor.random([9, 14], seed: 5)
        let alone = SingularValueDecomposition(
            of: Weights(shape: tensor.shape, tensor.values.span), valuesOnly: true)
        let values = try self.values(tensor)
        #expect(alone?.values == values)
    }
}
