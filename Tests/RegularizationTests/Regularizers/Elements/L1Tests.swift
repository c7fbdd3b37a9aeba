import Regularization
import Testing

@Suite("L1")
struct L1Tests {
    @Test("Proximal points are jaxopt's")
    func proximalPoints() throws {
        try expectProximalPoints("prox_l1") { (L1(), $0.strength! * $0.step!) }
    }

    @Test("Values and gradients are PyTorch's and Keras', which has the subgradient 1 at 0")
    func values() throws {
        try expectValuesAndGradients("torch_l1", L1())
        try expectValuesAndGradients("keras_l1", 0.01 * L1()) { !$0.name.hasPrefix("zeros") }
    }

    @Test("Each element has the threshold of its own scale")
    func metric() {
        let tensor = Tensor(vector: 1, -1, 1, -1)
        let found = tensor.proximalPoint(L1(), stepSizes: [0.25, 0.5, 2, 0], factor: 0.5)
        #expect(found == [0.875, -0.75, 0, -1])
    }

    @Test("A ridge in the scales lowers the thresholds")
    func ridge() {
        let found = Tensor(vector: 1, -1).proximalPoint(L1(), stepSizes: [1, 2], factor: 0.5, ridge: 1)
        expectClose(found, [1 - 0.5 / 1.5, -1 + 0.5], ofInput: [1])
    }
}
