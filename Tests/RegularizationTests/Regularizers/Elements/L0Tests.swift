import Regularization
import Testing

@Suite("L0")
struct L0Tests {
    @Test("Proximal points are those of proxop and pyproximal; at the threshold two are equally good")
    func proximalPoints() throws {
        try expectProximalPoints("prox_l0", where: { !$0.hasTies }) { (L0(), $0.strength! * $0.step!) }
        try expectProximalPoints("hard_threshold", largeOnes: true, where: { !$0.hasTies }) {
            (L0(), $0.threshold! * $0.threshold! / 2)
        }
    }

    @Test("The threshold is √(2t) of each element's own scale, and belongs to zero")
    func metric() {
        let tensor = Tensor(vector: 2, -2, Float(2).nextUp, -2, 2)
        let found = tensor.proximalPoint(L0(), stepSizes: [4, 4, 4, Float(4).nextDown, 0], factor: 0.5)
        #expect(found == [0, 0, Float(2).nextUp, -2, 2])
        #expect(found[1].sign == .plus)
    }

    @Test("The value counts")
    func value() {
        #expect(Tensor(vector: 0, -0.0, .leastNonzeroMagnitude, -3).value(L0()) == 2)
        #expect(Tensor(vector: 0, -.infinity).value(L0()) == .infinity)
        #expect(Tensor(vector: 0, .nan).value(L0()).isNaN)
    }
}
