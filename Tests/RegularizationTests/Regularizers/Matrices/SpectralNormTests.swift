import Regularization
import Testing

@Suite("SpectralNorm")
struct SpectralNormTests {
    @Test("Values and gradients are PyTorch's")
    func valuesAndGradients() throws {
        try expectValuesAndGradients("torch_spectral", SpectralNorm(), largeOnes: true)
    }

    @Test(
        "The proximal point takes the scale off the nuclear norm's ball",
        arguments: [0.25, 1, 3, 6] as [Float])
    func moreau(scale: Float) throws {
        for shape in [[4, 6], [6, 4], [3, 3]] as [Shape] {
            let tensor = Tensor.random(shape, singularValues: [3, 2, 1], seed: 2)
            let point = Tensor(shape, tensor.proximalPoint(SpectralNorm(), scale: scale))
            // Σ(σ − θ)₊ = t at θ = 3 − t, then (5 − t)/2, then (6 − t)/3.
            let bound = ["0.25": 2.75, "1.0": 2, "3.0": 1, "6.0": 0][String(scale)]!
            expectClose(point.value(SpectralNorm()), bound, within: 1e-5, "shape \(shape)")
            let expected = min(3, bound) + min(2, bound) + min(1, bound)
            expectClose(point.value(NuclearNorm()), expected, within: 1e-5, "shape \(shape)")
            // W − P has the dual norm t, and aligns with P.
            let rest = (tensor.matrix - point.matrix).tensor
            expectClose(rest.value(NuclearNorm()), Double(scale), within: 1e-5, "shape \(shape)")
            let product = zip(rest.values, point.values).reduce(0) { $0 + Double($1.0) * Double($1.1) }
            expectClose(product, Double(scale) * bound, within: 1e-5, "shape \(shape)")
        }
    }

    @Test("Zero where the scale reaches the nuclear norm, the point itself at scale 0")
    func extremes() {
        let tensor = Tensor.random([3, 4], singularValues: [3, 2, 1], seed: 2)
        #expect(
            tensor.proximalPoint(SpectralNorm(), scale: 6.001).allSatisfy { $0 == 0 && $0.sign == .plus },
            "\(tensor.proximalPoint(SpectralNorm(), scale: 6.001))")
        #expect(
            tensor.proximalPoint(SpectralNorm(), scale: .infinity).allSatisfy { $0 == 0 },
            "\(tensor.proximalPoint(SpectralNorm(), scale: .infinity))")
        #expect(tensor.proximalPoint(SpectralNorm(), scale: 0) == tensor.values)
        #expect(Tensor([2, 2], [0, 0, 0, 0]).gradient(SpectralNorm()) == [0, 0, 0, 0])
        #expect(Tensor([2, 2], [0, 0, 0, 0]).proximalPoint(SpectralNorm(), scale: 1) == [0, 0, 0, 0])
        #expect(Tensor([0, 2], []).value(SpectralNorm()) == 0)
    }

    @Test("Sizes", arguments: [1e30, 1e-30] as [Float])
    func sizes(factor: Float) {
        let tensor = Tensor.random([4, 3], seed: 8)
        let large = tensor.multiplied(by: factor)
        let ratio = large.value(SpectralNorm()) / (Double(factor) * tensor.value(SpectralNorm()))
        expectClose(ratio, 1, within: 1e-6)
        let slopes = tensor.gradient(SpectralNorm()).map { Double($0) }
        expectClose(large.gradient(SpectralNorm()), slopes, ofInput: [1])
    }

    @Test("Repeated singular values: a subgradient, and the same one each time")
    func repeated() {
        let tensor = Tensor([2, 2], [0.6, 0.8, -0.8, 0.6])
        let slopes = tensor.gradient(SpectralNorm())
        // u vᵀ with norm 1 and ⟨u vᵀ, W⟩ = σ₁.
        expectClose(slopes.reduce(0) { $0 + $1 * $1 }, 1, within: 1e-5)
        expectClose(zip(slopes, tensor.values).reduce(0) { $0 + $1.0 * $1.1 }, 1, within: 1e-5)
        #expect(tensor.gradient(SpectralNorm()) == slopes)
    }

    @Test("NaN and infinity, and vectors")
    func nonfinite() {
        let broken = Tensor([2, 2], [1, .nan, 0, 2])
        #expect(broken.value(SpectralNorm()).isNaN)
        #expect(broken.gradient(SpectralNorm()).allSatisfy { $0.isNaN }, "\(broken.gradient(SpectralNorm()))")
        #expect(
            broken.proximalPoint(SpectralNorm(), scale: 9).allSatisfy { $0.isNaN },
            "\(broken.proximalPoint(SpectralNorm(), scale: 9))")
        #expect(Tensor([2, 2], [1, .infinity, 0, 2]).value(SpectralNorm()) == .infinity)
        #expect(throws: ShapeError.self) { try SpectralNorm().check([3]) }
    }
}
