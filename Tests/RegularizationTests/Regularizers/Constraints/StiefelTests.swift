import Regularization
import Testing

@Suite("Stiefel")
struct StiefelTests {
    @Test(
        "Points are orthonormal on the smaller side and inside",
        arguments: [[1, 1], [1, 5], [5, 1], [4, 4], [3, 7], [7, 3], [3, 2, 2], [40, 60], [0, 3]] as [Shape])
    func orthonormal(shape: Shape) {
        for factor in [1, 1e30, 1e-30, 0] as [Float] {
            let tensor = Tensor.random(shape, seed: 6).multiplied(by: factor)
            let point = Tensor(shape, tensor.proximalPoint(Stiefel(), scale: 0))
            #expect(point.value(Stiefel()) == 0, "factor \(factor)")
            #expect(point.matrix.defect.largestMagnitude < 1e-6, "factor \(factor)")
            #expect(tensor.proximalPoint(Stiefel(), scale: 7) == point.values, "factor \(factor)")
        }
    }

    @Test("The polar factor of a rotated diagonal is the rotation")
    func polarFactor() {
        // [[0.6, 0.8], [-0.8, 0.6]] · diag(5, 0.1)
        let point = Tensor([2, 2], [3, 0.08, -4, 0.06]).proximalPoint(Stiefel(), scale: 1)
        expectClose(point, [0.6, 0.8, -0.8, 0.6], ofInput: [1])
        #expect(Tensor([2, 2], [2, 0, 0, -3]).proximalPoint(Stiefel(), scale: 1) == [1, 0, 0, -1])
    }

    @Test("No orthonormal matrix is nearer, not even to a matrix of lower rank")
    func nearest() {
        for tensor in [
            Tensor.random([3, 5], seed: 2), Tensor([3, 4], Array(repeating: 0.5, count: 12)),
            Tensor.random([4, 4], singularValues: [3, 1, 0, 0], seed: 5),
        ] {
            let point = Tensor(tensor.shape, tensor.proximalPoint(Stiefel(), scale: 1)).matrix
            let distance = (point - tensor.matrix).sumOfSquares
            for seed in 0..<40 as Range<UInt64> {
                for size in [3, 0.3, 0.03] {
                    let probes = [
                        point * DenseMatrix.rotation(point.columns, seed: seed, size: size),
                        DenseMatrix.rotation(point.rows, seed: seed, size: size) * point,
                    ]
                    for probe in probes {
                        #expect(
                            distance <= (probe - tensor.matrix).sumOfSquares + 1e-5,
                            "seed \(seed), size \(size)")
                    }
                }
            }
        }
    }

    @Test("The value tells rounding from more")
    func values() {
        let tensor = Tensor([2, 3], [0.6, 0.8, 0, -0.8, 0.6, 0])
        #expect(tensor.value(Stiefel()) == 0)
        #expect(tensor.multiplied(by: 1.000_000_3).value(Stiefel()) == 0)
        #expect(tensor.multiplied(by: 1.000_003).value(Stiefel()) == .infinity)
        #expect(Tensor([2, 2], [1, 0, 1e-4, 1]).value(Stiefel()) == .infinity)
        #expect(Tensor([2, 2], [0, 0, 0, 0]).value(Stiefel()) == .infinity)
        #expect(Tensor([2, 2], [1e30, -1e30, 1e30, 1e30]).value(Stiefel()) == .infinity)
        #expect(Tensor([2, 2], [1, 0, 0, .infinity]).value(Stiefel()) == .infinity)
        #expect(Tensor([2, 2], [1, 0, 0, .nan]).value(Stiefel()).isNaN)
        #expect(Tensor([3, 0], []).value(Stiefel()) == 0)
    }

    @Test("A wrong entry in any panel of a large Gram matrix shows", arguments: [0, 170, 299])
    func panels(column: Int) {
        var weights = [Float](repeating: 0, count: 300 * 300)
        for index in 0..<300 { weights[index * 301] = index % 2 == 0 ? 1 : -1 }
        #expect(Tensor([300, 300], weights).value(Stiefel()) == 0)
        weights[column * 301] = 0.999
        #expect(Tensor([300, 300], weights).value(Stiefel()) == .infinity)
    }

    @Test("NaN and infinity make all NaN; a vector is refused")
    func edges() {
        for weight in [Float.nan, .infinity] {
            #expect(
                Tensor([2, 2], [1, weight, 0, 2]).proximalPoint(Stiefel(), scale: 1).allSatisfy { $0.isNaN },
                "weight \(weight)")
        }
        #expect(throws: ShapeError.self) { try Stiefel().check([3]) }
    }
}
