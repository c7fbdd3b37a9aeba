import Regularization
import Testing

@Suite("RankBall")
struct RankBallTests {
    @Test(
        "The largest singular values stay, the others vanish",
        arguments: [[4, 6], [6, 4], [4, 4]] as [Shape])
    func truncation(shape: Shape) {
        let values = [4.0, 3, 2, 1]
        let tensor = Tensor.random(shape, singularValues: values, seed: 3)
        for rank in 1...3 {
            let ball = RankBall(rank: rank)
            let point = Tensor(shape, tensor.proximalPoint(ball, scale: 0))
            #expect(tensor.value(ball) == .infinity, "rank \(rank)")
            #expect(point.value(ball) == 0, "rank \(rank)")
            expectClose(
                point.value(NuclearNorm()), values.prefix(rank).reduce(0, +), within: 1e-5, "rank \(rank)")
            // Eckart, Young: the squares of what is dropped.
            let distance = (tensor.matrix - point.matrix).sumOfSquares
            expectClose(
                distance, values.dropFirst(rank).reduce(0) { $0 + $1 * $1 }, within: 1e-5, "rank \(rank)")
            #expect(tensor.proximalPoint(ball, scale: 5) == point.values, "rank \(rank)")
            #expect(point.proximalPoint(ball, scale: 1) == point.values, "rank \(rank)")
        }
    }

    @Test("No matrix of that rank is nearer")
    func nearest() {
        let tensor = Tensor.random([4, 5], seed: 12)
        let point = Tensor([4, 5], tensor.proximalPoint(RankBall(rank: 2), scale: 1)).matrix
        let distance = (point - tensor.matrix).sumOfSquares
        for seed in 0..<200 as Range<UInt64> {
            let (left, right) = (
                Tensor.random([4, 4], seed: seed), Tensor.random([5, 5], seed: seed + 1_000)
            )
            for size in [1, 0.1, 0.01] {
                // (I + sL) P (I + sR) has no larger rank.
                let moved = DenseMatrix(4, 5) - point * right.matrix
                let first = DenseMatrix(4, 5, zip(point.elements, moved.elements).map { $0 - size * $1 })
                let more = left.matrix * first
                let probe = DenseMatrix(4, 5, zip(first.elements, more.elements).map { $0 + size * $1 })
                #expect(distance <= (probe - tensor.matrix).sumOfSquares + 1e-6, "seed \(seed), size \(size)")
            }
        }
    }

    @Test("Nothing changes where the rank is large enough, bit for bit, NaN included")
    func whole() {
        let tensor = Tensor([2, 3], [1, .nan, -0.0, .infinity, 5, 6])
        for rank in [2, 3, .max] {
            let point = tensor.proximalPoint(RankBall(rank: rank), scale: 1)
            #expect(zip(point, tensor.values).allSatisfy { $0.bitPattern == $1.bitPattern }, "rank \(rank)")
            #expect(tensor.value(RankBall(rank: rank)).isNaN, "rank \(rank)")
        }
        #expect(Tensor([2, 2], [1, 2, 3, .infinity]).value(RankBall(rank: 2)) == .infinity)
        let rankOne = Tensor([3, 3], [1, 2, 3, 2, 4, 6, 3, 6, 9])
        #expect(rankOne.value(RankBall(rank: 1)) == 0)
        #expect(rankOne.proximalPoint(RankBall(rank: 1), scale: 1) == rankOne.values)
    }

    @Test("Sizes, zeros, empty, NaN", arguments: [1e30, 1e-30, 0] as [Float])
    func sizes(factor: Float) {
        let tensor = Tensor.random([5, 4], seed: 2).multiplied(by: factor)
        let point = Tensor([5, 4], tensor.proximalPoint(RankBall(rank: 2), scale: 1))
        #expect(point.value(RankBall(rank: 2)) == 0)
        #expect(point.value(RankBall(rank: 1)) == (factor == 0 ? 0 : .infinity))
        #expect(Tensor([0, 4], []).value(RankBall(rank: 1)) == 0)
        #expect(Tensor([2, 2], [1, .infinity, 0, 2]).value(RankBall(rank: 1)) == .infinity)
        let broken = Tensor([2, 2], [1, .nan, 0, 2])
        #expect(broken.value(RankBall(rank: 1)).isNaN)
        #expect(
            broken.proximalPoint(RankBall(rank: 1), scale: 1).allSatisfy { $0.isNaN },
            "\(broken.proximalPoint(RankBall(rank: 1), scale: 1))")
    }

    @Test("A name and a shape")
    func name() {
        #expect(RankBall(rank: 3).name == "RankBall(3)")
        #expect(throws: ShapeError.self) { try RankBall(rank: 3).check([3]) }
    }

    @Test("A rank below 1 is refused")
    func precondition() async {
        await #expect(processExitsWith: .failure) { _ = RankBall(rank: 0) }
    }
}
