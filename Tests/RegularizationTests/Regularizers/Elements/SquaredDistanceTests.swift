import Regularization
import Testing

@Suite("SquaredDistance")
struct SquaredDistanceTests {
    private let tensor = Tensor([2, 3], [1, -2, 0.5, -0.25, 3, 0.75])
    private let center: [Float] = [0.5, 2, 0, -0.25, -1, 8]
    private var penalty: SquaredDistance { SquaredDistance(to: center) }
    /// The same seen from the center, where the penalty is squared L2.
    private var shifted: Tensor { Tensor(tensor.shape, zip(tensor.values, center).map { $0 - $1 }) }

    private func expectShifted(
        _ found: [Float], _ expected: [Float], _ comment: Comment,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        expectClose(
            found, zip(expected, center).map { Double($0) + Double($1) }, ofInput: [10], comment,
            sourceLocation: sourceLocation)
    }

    @Test("It is squared L2 seen from the center")
    func shift() {
        #expect(tensor.value(penalty) == shifted.value(SquaredL2()))
        #expect(tensor.gradient(penalty, scale: 0.5) == shifted.gradient(SquaredL2(), scale: 0.5))
        for scale in [0, 0.3, 7, 1e10] as [Float] {
            expectShifted(
                tensor.proximalPoint(penalty, scale: scale),
                shifted.proximalPoint(SquaredL2(), scale: scale), "scale \(scale)")
        }
        let sizes: [Float] = [1, 2, 0, 0.25, 40, 0.0625]
        for ridge in [0, 0.5] as [Float] {
            expectShifted(
                tensor.proximalPoint(penalty, stepSizes: sizes, factor: 0.5, ridge: ridge),
                shifted.proximalPoint(SquaredL2(), stepSizes: sizes, factor: 0.5, ridge: ridge),
                "ridge \(ridge)")
        }
    }

    @Test("About 0 its proximal points are pyproximal's of squared L2")
    func proximalPoints() throws {
        try expectProximalPoints("prox_l2sq_half") {
            (SquaredDistance(to: $0.input.map { _ in Float(0) }), $0.strength! * $0.step!)
        }
    }

    @Test("It leaves the center where it is, and weights at scale 0 to the bit")
    func fixedPoints() {
        let pretrained = Tensor(tensor.shape, center)
        #expect(pretrained.value(penalty) == 0)
        #expect(pretrained.proximalPoint(penalty, scale: 4) == center)
        #expect(tensor.proximalPoint(penalty, scale: 0) == tensor.values)
    }

    @Test("Infinity stays infinite, NaN stays NaN, huge numbers do not overflow, and a zero is +0")
    func extremes() {
        let penalty = SquaredDistance(to: [1, 1, 3e38, 0])
        let found = Tensor(vector: -.infinity, .nan, 3e38, -.leastNonzeroMagnitude).proximalPoint(
            penalty, scale: 1e30)
        #expect(found[0] == -.infinity && found[1].isNaN && found[2] == 3e38)
        #expect(found[3] == 0 && found[3].sign == .plus)
        #expect(Tensor(vector: .infinity, 1, 3e38, 0).value(penalty) == .infinity)
        #expect(Tensor(vector: 1, 1, -3e38, 0).value(penalty).isFinite)
        #expect(Tensor(vector: 1, .nan, 1, 0).value(penalty).isNaN)
    }

    @Test("What it states")
    func structure() throws {
        #expect(penalty.structure == .ridge(1, center: center))
        try penalty.check([3, 2])
        #expect(throws: ShapeError("a center of 6 elements is given for the 4 of [4]")) {
            try penalty.check([4])
        }
    }

    @Test("A center that is not finite traps, and a tensor of another size")
    func traps() async {
        await #expect(processExitsWith: .failure) { _ = SquaredDistance(to: [1, .nan]) }
        await #expect(processExitsWith: .failure) {
            _ = Tensor(vector: 1, 2).proximalPoint(SquaredDistance(to: [1]), scale: 1)
        }
    }
}
