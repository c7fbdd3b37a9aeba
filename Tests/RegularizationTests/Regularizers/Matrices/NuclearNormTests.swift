import Regularization
import Testing

@Suite("NuclearNorm")
struct NuclearNormTests {
    @Test("Proximal points are PyProximal's")
    func proximalPoints() throws {
        let cases = try Reference.cases("prox_nuclear", largeOnes: true)
        #expect(cases.count >= 10)
        for reference in cases {
            let tensor = reference.tensor
            let scale = try #require(reference.strength) * #require(reference.step)
            let expected = try #require(reference.output)
            let found = tensor.proximalPoint(NuclearNorm(), scale: Float(scale))
            expectClose(found, expected, ofInput: tensor.values, "\(reference.name): \(found)")
            #expect(zerosArePositive(found, madeFrom: tensor.values), "\(reference.name)")
            if expected.allSatisfy({ $0 == 0 }) {
                #expect(found.allSatisfy { $0 == 0 }, "\(reference.name): \(found)")
            }
        }
    }

    @Test("Values and gradients are PyTorch's")
    func valuesAndGradients() throws {
        try expectValuesAndGradients("torch_nuclear", NuclearNorm(), largeOnes: true)
    }

    @Test("The rank falls, to exactly zero where the scale reaches the largest singular value")
    func rank() {
        let tensor = Tensor.random([5, 4], singularValues: [3, 2, 1, 0.5], seed: 4)
        let point = Tensor([5, 4], tensor.proximalPoint(NuclearNorm(), scale: 1.5))
        expectClose(point.value(NuclearNorm()), 2, within: 1e-6)
        #expect(point.value(RankBall(rank: 2)) == 0)
        #expect(point.value(RankBall(rank: 1)) == .infinity)
        #expect(
            tensor.proximalPoint(NuclearNorm(), scale: 2.99).contains { $0 != 0 },
            "\(tensor.proximalPoint(NuclearNorm(), scale: 2.99))")
        #expect(
            tensor.proximalPoint(NuclearNorm(), scale: 3.0001).allSatisfy { $0 == 0 && $0.sign == .plus },
            "\(tensor.proximalPoint(NuclearNorm(), scale: 3.0001))")
        #expect(Tensor([1, 2], [3, 4]).proximalPoint(NuclearNorm(), scale: 5) == [0, 0])
        #expect(
            tensor.proximalPoint(NuclearNorm(), scale: .infinity).allSatisfy { $0 == 0 },
            "\(tensor.proximalPoint(NuclearNorm(), scale: .infinity))")
    }

    @Test("A row is a group norm, a single number its magnitude")
    func vectors() {
        let row = Tensor([1, 2], [3, -4])
        expectClose(row.value(NuclearNorm()), 5, within: 1e-12)
        expectClose(row.gradient(NuclearNorm()), [0.6, -0.8], ofInput: row.values)
        expectClose(row.proximalPoint(NuclearNorm(), scale: 2.5), [1.5, -2], ofInput: row.values)
        #expect(Tensor([1, 1], [-3]).proximalPoint(NuclearNorm(), scale: 1) == [-2])
    }

    @Test("A gradient of a matrix of lower rank has no part where singular values are rounding")
    func lowRank() {
        let tensor = Tensor([3, 3], [1, 2, 3, 2, 4, 6, 3, 6, 9])
        let slopes = tensor.gradient(NuclearNorm())
        expectClose(slopes, tensor.values.map { Double($0) / 14 }, ofInput: [1])
        #expect(Tensor([2, 3], [0, 0, 0, 0, 0, 0]).gradient(NuclearNorm()) == [0, 0, 0, 0, 0, 0])
    }

    @Test("Sizes", arguments: [1e30, 1e-30] as [Float])
    func sizes(factor: Float) {
        let tensor = Tensor.random([4, 3], seed: 8)
        let large = tensor.multiplied(by: factor)
        let ratio = large.value(NuclearNorm()) / (Double(factor) * tensor.value(NuclearNorm()))
        expectClose(ratio, 1, within: 1e-6)
        expectClose(
            large.gradient(NuclearNorm()), tensor.gradient(NuclearNorm()).map { Double($0) }, ofInput: [1])
        let expected = tensor.proximalPoint(NuclearNorm(), scale: 0.5).map { Double($0) * Double(factor) }
        expectClose(large.proximalPoint(NuclearNorm(), scale: 0.5 * factor), expected, ofInput: large.values)
        #expect(large.proximalPoint(NuclearNorm(), scale: 0) == large.values)
    }

    @Test("NaN, infinity, empty matrices, vectors")
    func edges() throws {
        let broken = Tensor([2, 2], [1, .nan, 0, 2])
        #expect(broken.value(NuclearNorm()).isNaN)
        #expect(broken.gradient(NuclearNorm()).allSatisfy { $0.isNaN }, "\(broken.gradient(NuclearNorm()))")
        #expect(
            broken.proximalPoint(NuclearNorm(), scale: 9).allSatisfy { $0.isNaN },
            "\(broken.proximalPoint(NuclearNorm(), scale: 9))")
        #expect(Tensor([2, 2], [1, .infinity, 0, 2]).value(NuclearNorm()) == .infinity)
        #expect(Tensor([0, 2], []).value(NuclearNorm()) == 0)
        #expect(throws: ShapeError("the nuclear norm needs a matrix, a tensor of rank 2 or more, not [3]")) {
            try NuclearNorm().check([3])
        }
        try NuclearNorm().check([3, 2, 2, 2])
    }
}
