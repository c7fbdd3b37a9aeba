import Regularization
import Testing

@Suite("WeightedL1")
struct WeightedL1Tests {
    private let tensor = Tensor([2, 3], [1, -2, 0.5, -0.25, 3, 0.75])
    private let penalty = WeightedL1([0, 0.5, 1, 2, 0.25, 8])

    @Test("With equal weights its proximal points are jaxopt's of L1")
    func proximalPoints() throws {
        try expectProximalPoints("prox_l1") {
            (WeightedL1($0.input.map { _ in Float(0.5) }), 2 * $0.strength! * $0.step!)
        }
    }

    @Test("Proximal points are those of L1 in a metric with the scales ωt")
    func metric() {
        for factor in [0.125, 0.5, 4] as [Float] {
            let expected = tensor.proximalPoint(L1(), stepSizes: penalty.factors, factor: factor)
            #expect(tensor.proximalPoint(penalty, scale: factor) == expected, "factor \(factor)")
        }
        let sizes: [Float] = [1, 2, 0, 0.25, 4, 0.0625]
        let products = zip(sizes, penalty.factors).map { $0 * $1 }
        #expect(
            tensor.proximalPoint(penalty, stepSizes: sizes, factor: 0.5)
                == tensor.proximalPoint(L1(), stepSizes: products, factor: 0.5))
        #expect(
            tensor.proximalPoint(penalty, stepSizes: [1, 1, 1, 1, 1, 1], factor: 1, ridge: 1)
                == tensor.proximalPoint(penalty, scale: 0.5))
    }

    @Test("Value and gradient")
    func values() {
        #expect(tensor.value(penalty) == 0 + 1 + 0.5 + 0.5 + 0.75 + 6)
        #expect(tensor.gradient(penalty, scale: 2) == [0, -1, 2, -4, 0.5, 16])
        #expect(Tensor([2, 3], [0, 0, 0, 0, 0, 0]).gradient(penalty) == [0, 0, 0, 0, 0, 0])
    }

    @Test("Infinity is not multiplied by a weight of 0, a threshold does not overflow, and NaN stays NaN")
    func extremes() {
        #expect(Tensor(vector: .infinity, 2).value(WeightedL1([0, 3])) == 6)
        #expect(Tensor(vector: .nan, 2).value(WeightedL1([1, 3])).isNaN)
        let found = Tensor(vector: .infinity, 1e30, .nan, -.infinity).proximalPoint(
            WeightedL1([1e30, 1e30, 1, 0]), scale: 1e30)
        #expect(found[0] == .infinity && found[1] == 0 && found[2].isNaN && found[3] == -.infinity)
    }

    @Test("It accepts the shapes with one element for each factor")
    func shapes() throws {
        try penalty.check([6])
        try WeightedL1([]).check([0, 3])
        #expect(throws: ShapeError("6 factors are given for the 4 elements of [2, 2]")) {
            try penalty.check([2, 2])
        }
    }

    @Test("Weights out of range trap, and a tensor of another size")
    func traps() async {
        await #expect(processExitsWith: .failure) { _ = WeightedL1([1, -1]) }
        await #expect(processExitsWith: .failure) { _ = WeightedL1([.nan]) }
        await #expect(processExitsWith: .failure) {
            _ = Tensor(vector: 1, 2).proximalPoint(WeightedL1([1]), scale: 1)
        }
    }
}
