import Regularization
import Testing

@Suite("SquaredL2")
struct SquaredL2Tests {
    @Test("Proximal points are pyproximal's in both conventions")
    func proximalPoints() throws {
        try expectProximalPoints("prox_l2sq_half") { (SquaredL2(), $0.strength! * $0.step!) }
        try expectProximalPoints("prox_l2sq_full") { (2 * SquaredL2(), $0.strength! * $0.step!) }
    }

    @Test("Values and gradients are those of twice as much in PyTorch and Keras, which have no ½")
    func values() throws {
        try expectValuesAndGradients("torch_l2sq", 2 * SquaredL2())
        try expectValuesAndGradients("keras_l2", 0.02 * SquaredL2())
    }

    @Test("Each element shrinks by its own scale")
    func metric() {
        let found = Tensor(vector: 1, -6, 1).proximalPoint(SquaredL2(), stepSizes: [1, 2, 0])
        #expect(found == [0.5, -2, 1])
    }
}
