import Regularization
import Testing

@Suite("LHalf")
struct LHalfTests {
    @Test("Proximal points are skglm's")
    func proximalPoints() throws {
        try expectProximalPoints("prox_l05") { (LHalf(), $0.strength! * $0.step!) }
    }

    @Test("Proximal points are the minimizers at every scale")
    func metric() {
        expectScalarMinimizers(
            LHalf(), weights: scalarWeights, scales: [1e-4, 0.01, 0.05, 0.2, 0.5, 1, 2, 5]
        ) { size in size.squareRoot() }
    }

    @Test("It jumps from 0 to ⅔ of the weight")
    func jump() {
        // 1.5·8^(2/3) = 6
        let found = Tensor(vector: 6, -6, Float(6).nextUp, -6.00001).proximalPoint(LHalf(), scale: 8)
        expectClose(found, [0, 0, 4, -4.00001], ofInput: [6])
        #expect(found[..<2] == [0, 0])
    }

    @Test("The value is the sum of roots")
    func value() {
        #expect(Tensor(vector: 4, -9, 0).value(LHalf()) == 5)
    }
}
