import Regularization
import Testing

@Suite("Nonnegative")
struct NonnegativeTests {
    @Test("Projections are jaxopt's and Keras', at every scale")
    func projections() throws {
        for scale in [0, 1, 1e8] {
            try expectProximalPoints("proj_nonnegative") { _ in (Nonnegative(), scale) }
        }
        for reference in try Reference.cases("keras_constraint_nonneg", largeOnes: true) {
            let found = reference.tensor.proximalPoint(Nonnegative(), scale: 1)
            #expect(found == reference.output!.map { Float($0) }, "\(reference.name)")
        }
    }

    @Test("The value is infinite as soon as one weight is negative, and −0 is none")
    func value() {
        #expect(Tensor(vector: 0, -0.0, 2).value(Nonnegative()) == 0)
        #expect(Tensor(vector: 0, .infinity).value(Nonnegative()) == .infinity)
        #expect(Tensor(vector: 0, 2, -.leastNonzeroMagnitude).value(Nonnegative()) == .infinity)
        #expect(Tensor(vector: 0, .nan, -1).value(Nonnegative()).isNaN)
    }

    @Test("A zero is +0, NaN stays, and infinity becomes NaN")
    func edges() {
        let found = Tensor(vector: -0.0, -1, -.infinity, .nan, .infinity).proximalPoint(
            Nonnegative(), stepSizes: [0, 1, 0, 1, 0])
        #expect(found[..<2] == [0, 0])
        #expect(found[..<2].allSatisfy { $0.sign == .plus }, "\(found[..<2])")
        #expect(found[2...].allSatisfy { $0.isNaN }, "\(found[2...])")
    }
}
