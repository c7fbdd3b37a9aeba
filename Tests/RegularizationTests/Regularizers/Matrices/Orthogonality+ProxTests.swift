import Testing

@testable import Regularization

@Suite("Orthogonality's proximal point")
struct OrthogonalityProxTests {
    private static let scales: [Float] = [0.01, 0.1, 0.25, 0.2500001, 0.3, 1, 10]
    private static let shapes: [Shape] = [[1, 3], [3, 1], [2, 2], [3, 2], [3, 5], [2, 2, 2]]

    /// ½‖P − W‖² + t‖defect(P)‖².
    private func objective(_ point: DenseMatrix, _ weights: DenseMatrix, _ scale: Float) -> Double {
        0.5 * (point - weights).sumOfSquares + Double(scale) * point.defect.sumOfSquares
    }

    private func inputs(_ shape: Shape) -> [Tensor] {
        let (rows, columns) = (shape.rows, shape.columns)
        let random = Tensor.random(shape, seed: 11)
        return [
            random, random.multiplied(by: 3), random.multiplied(by: 0.01),
            Tensor(shape, Array(repeating: 0, count: shape.count)),
            Tensor(shape, Array(repeating: 0.5, count: shape.count)),
            Tensor(shape, Tensor.random([rows, columns], singularValues: [1], seed: 3).values),
        ]
    }

    @Test("On one number it is the minimizer on a grid")
    func numbers() throws {
        for scale in Self.scales + [100] {
            for weight in [-2.5, -1, -0.7, -0.01, 0, 1e-5, 0.3, 0.999, 1, 1.5] as [Float] {
                let found = try #require(
                    Tensor([1, 1], [weight]).proximalPoint(Orthogonality(), scale: scale).first)
                let cost = { (point: Double) in
                    let (distance, defect) = (point - Double(weight), point * point - 1)
                    return 0.5 * distance * distance + Double(scale) * defect * defect
                }
                let lowest = minimizer(between: -3, and: 3, steps: 600, of: cost)
                let comment: Comment = "of \(weight) at scale \(scale) it is \(found), not \(lowest)"
                #expect(cost(Double(found)) <= cost(lowest) + 1e-6 * (cost(lowest) + 0.01), comment)
                if weight != 0 { expectClose(Double(found), lowest, within: 2e-4, comment) }
            }
        }
    }

    @Test("No perturbation, no rotation and no other singular value has a lower objective", arguments: shapes)
    func probes(shape: Shape) {
        for (number, tensor) in inputs(shape).enumerated() {
            for scale in Self.scales {
                let weights = tensor.matrix
                let point = Tensor(shape, tensor.proximalPoint(Orthogonality(), scale: scale)).matrix
                let lowest = objective(point, weights, scale)
                let slack = 1e-6 * (lowest + 0.1)
                var probes: [DenseMatrix] = [weights, DenseMatrix(point.rows, point.columns)]
                for seed in 0..<10 as Range<UInt64> {
                    for size in [1, 0.1, 0.01, 0.001] {
                        let noise = Tensor.random(shape, seed: seed).matrix
                        probes.append(
                            DenseMatrix(
                                point.rows, point.columns,
                                zip(point.elements, noise.elements).map { $0 + size * $1 }))
                        probes.append(point * DenseMatrix.rotation(point.columns, seed: seed, size: size))
                        probes.append(DenseMatrix.rotation(point.rows, seed: seed, size: size) * point)
                    }
                }
                let decomposition = SingularValueDecomposition(of: Weights(shape: shape, tensor.values.span))!
                let values = SingularValueDecomposition(of: Weights(shape: shape, point.tensor.values.span))!
                    .values
                for index in values.indices {
                    for change in [-0.5, -0.05, -0.005, 0.005, 0.05, 0.5] {
                        var others = values
                        others[index] += change
                        var product = tensor.values
                        var view = MutableWeights(shape: shape, product.mutableSpan)
                        decomposition.write(others, to: &view)
                        probes.append(Tensor(shape, product).matrix)
                    }
                }
                let best = probes.map { objective($0, weights, scale) }.min()!
                #expect(lowest <= best + slack, "input \(number) at \(scale): \(lowest), not \(best)")
            }
        }
    }

    @Test("No descent from a random start ends lower", arguments: [[2, 2], [3, 2], [2, 4]] as [Shape])
    func descents(shape: Shape) throws {
        for tensor in inputs(shape) {
            for scale in [0.1, 0.3, 2] as [Float] {
                let weights = tensor.matrix
                let point = Tensor(shape, tensor.proximalPoint(Orthogonality(), scale: scale)).matrix
                var best = Double.infinity
                for seed in 0..<5 as Range<UInt64> {
                    var probe = Tensor.random(shape, seed: seed).matrix
                    for _ in 0..<250 {
                        let defect = probe.defect
                        let slope = probe.rows <= probe.columns ? defect * probe : probe * defect
                        for index in probe.elements.indices {
                            let change = probe.elements[index] - weights.elements[index]
                            probe.elements[index] -=
                                (change + 4 * Double(scale) * slope.elements[index]) * 0.04
                        }
                    }
                    best = min(best, objective(probe, weights, scale))
                }
                let lowest = objective(point, weights, scale)
                #expect(
                    lowest <= best + 1e-5 * (1 + best), "\(tensor.values) at \(scale): \(lowest), not \(best)"
                )
            }
        }
    }

    @Test("A large scale leads to a polar factor, also from low rank", arguments: shapes)
    func polarFactor(shape: Shape) {
        for tensor in inputs(shape) {
            let polar = tensor.proximalPoint(Stiefel(), scale: 1)
            for scale in [1e9, 1e38, .infinity] as [Float] {
                let found = tensor.proximalPoint(Orthogonality(), scale: scale)
                expectClose(
                    found, polar.map { Double($0) }, relative: 1e-5, ofInput: [1],
                    "\(tensor.values), scale \(scale)")
            }
        }
    }

    @Test("Zero stays until 4t exceeds 1, then lengths are √(1 − 1/(4t))")
    func zeros() {
        let zeros = Tensor([2, 3], [0, 0, 0, 0, 0, 0])
        #expect(zeros.proximalPoint(Orthogonality(), scale: 0.25) == zeros.values)
        let found = zeros.proximalPoint(Orthogonality(), scale: 1)
        expectClose(found.reduce(0) { $0 + $1 * $1 }, 1.5, within: 1e-5)
        #expect(abs(found[0] * found[3] + found[1] * found[4] + found[2] * found[5]) < 1e-6)
        #expect(zeros.proximalPoint(Orthogonality(), scale: 1) == found)
    }

    @Test("Orthonormal rows stay, scale 0 is the identity, sizes, NaN, empty")
    func edges() {
        let orthonormal = Tensor([2, 3], [0.6, 0.8, 0, -0.8, 0.6, 0])
        let point = orthonormal.proximalPoint(Orthogonality(), scale: 3)
        expectClose(point, orthonormal.values.map { Double($0) }, ofInput: [1])
        let large = Tensor.random([3, 4], seed: 1).multiplied(by: 1e30)
        #expect(large.proximalPoint(Orthogonality(), scale: 0) == large.values)
        #expect(
            large.proximalPoint(Orthogonality(), scale: 1).allSatisfy { $0.isFinite && abs($0) < 1e11 },
            "\(large.proximalPoint(Orthogonality(), scale: 1))")
        let small = Tensor.random([3, 4], seed: 1).multiplied(by: 1e-30)
        let shares = zip(small.proximalPoint(Orthogonality(), scale: 0.125), small.values)
        #expect(shares.allSatisfy { abs($0 - 2 * $1) <= 1e-5 * abs($1) }, "\(shares)")
        let broken = Tensor([2, 2], [1, .nan, 0, 2])
        #expect(
            broken.proximalPoint(Orthogonality(), scale: 1).allSatisfy { $0.isNaN },
            "\(broken.proximalPoint(Orthogonality(), scale: 1))")
        #expect(Tensor([0, 3], []).proximalPoint(Orthogonality(), scale: 1) == [])
    }
}
