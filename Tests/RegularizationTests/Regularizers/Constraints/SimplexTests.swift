import Regularization
import Testing

@Suite("Simplex")
struct SimplexTests {
    @Test("Projections are jaxopt's")
    func projections() throws {
        try expectProximalPoints("proj_simplex") { (Simplex(.whole, total: $0.radius!), 1) }
    }

    @Test("In a diagonal metric it is the bisected point", arguments: GroupLassoTests.stepSizes)
    func metric(stepSizes: [Float]) {
        for sign in [1, -1] as [Float] {
            let values = GroupLassoTests.weights.map { sign * $0 }
            for total in [0.01, 1, 7] {
                let expected = bisectedSimplexPoint(
                    values.map { Double($0) }, scales: stepSizes, total: total)
                let found = Tensor([1, 6], values).proximalPoint(
                    Simplex(total: total), stepSizes: stepSizes)
                expectClose(found, expected, ofInput: values, "sign \(sign), total \(total)")
            }
        }
    }

    @Test("Each group is judged on its own, and one on the simplex stays bit for bit")
    func groups() {
        let tensor = Tensor([2, 3], [0.1, 0.3, 0.6, -3, -4, -3])
        #expect(tensor.proximalPoint(Simplex(), scale: 7) == [0.1, 0.3, 0.6, 0.5, 0, 0.5])
        #expect(tensor.proximalPoint(Simplex(.columns), scale: 7) == [1, 1, 1, 0, 0, 0])
    }

    @Test("Numbers far larger than the total keep its precision")
    func cancellation() {
        #expect(
            Tensor(vector: 1e30, 1e30, 1).proximalPoint(Simplex(.whole), scale: 1) == [0.5, 0.5, 0])
        #expect(
            Tensor(vector: -1e30, -1e30, -3e30).proximalPoint(Simplex(.whole), scale: 1) == [0.5, 0.5, 0])
        #expect(
            Tensor(vector: 0x3p100, 0x1p100, 1).proximalPoint(Simplex(.whole), stepSizes: [3, 1, 1])
                == [0.75, 0.25, 0])
    }

    @Test("Where a group has to move, a scale of 0 counts as small")
    func zeroScales() {
        #expect(
            Tensor(vector: 0.25, 5, -1).proximalPoint(Simplex(.whole), stepSizes: [0, 1, 0])
                == [0.25, 0.75, 0])
    }

    @Test("The value is 0 on the simplex and at empty groups, infinite elsewhere and NaN at NaN")
    func value() {
        #expect(Tensor(vector: 0.25, 0.75).value(Simplex(.whole)) == 0)
        #expect(Tensor(vector: 0.25, 0.7).value(Simplex(.whole)) == .infinity)
        #expect(Tensor(vector: -0.25, 1.25).value(Simplex(.whole)) == .infinity)
        #expect(Tensor(vector: .nan, 1).value(Simplex(.whole)).isNaN)
        #expect(Tensor([3, 0], []).value(Simplex()) == 0)
    }
}
