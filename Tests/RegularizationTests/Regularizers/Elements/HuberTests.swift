import Regularization
import Testing

@Suite("Huber")
struct HuberTests {
    @Test("Values and gradients are PyTorch's, which divides by β where it is called smooth L1")
    func values() throws {
        try expectValuesAndGradients("torch_huber_delta0.1", Huber(delta: 0.1))
        try expectValuesAndGradients("torch_smooth_l1_beta0.1", 10 * Huber(delta: 0.1))
    }

    @Test("Proximal points are the minimizers", arguments: [0.01, 0.5, 2])
    func proximalPoints(delta: Double) {
        expectScalarMinimizers(
            Huber(delta: delta), weights: scalarWeights, scales: [0.01, 0.2, 1, 3, 50]
        ) { size in size < delta ? size * size / 2 : delta * size - delta * delta / 2 }
    }

    @Test("Far below δ it is squared L2, far above L1 times δ")
    func limits() {
        let tensor = Tensor(vector: 1, -3, 0.25)
        let square = tensor.proximalPoint(SquaredL2(), scale: 0.75).map { Double($0) }
        expectClose(tensor.proximalPoint(Huber(delta: 1e30), scale: 0.75), square, ofInput: tensor.values)
        let absolute = tensor.proximalPoint(L1(), scale: 0.125).map { Double($0) }
        expectClose(
            tensor.proximalPoint(Huber(delta: 1e-8), scale: 0.125e8), absolute, ofInput: tensor.values)
    }

    @Test("A delta that is not positive and finite traps")
    func traps() async {
        await #expect(processExitsWith: .failure) { _ = Huber(delta: 0) }
        await #expect(processExitsWith: .failure) { _ = Huber(delta: .nan) }
        await #expect(processExitsWith: .failure) { _ = Huber(delta: .infinity) }
    }
}
