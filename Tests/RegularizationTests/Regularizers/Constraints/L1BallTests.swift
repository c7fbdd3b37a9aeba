import Regularization
import Testing

@Suite("L1Ball")
struct L1BallTests {
    @Test("Projections are jaxopt's")
    func projections() throws {
        try expectProximalPoints("proj_l1_ball") { (L1Ball(radius: $0.radius!), 1) }
    }

    @Test("In a diagonal metric it is the bisected point", arguments: GroupLassoTests.stepSizes)
    func metric(stepSizes: [Float]) {
        let values = GroupLassoTests.weights
        for radius in [0.01, 0.7, 3, 7] {
            let expected = bisectedL1BallPoint(values, scales: stepSizes, radius: radius)
            let found = Tensor([2, 3], values).proximalPoint(L1Ball(radius: radius), stepSizes: stepSizes)
            expectClose(found, expected, ofInput: values, "radius \(radius)")
        }
    }

    @Test("A group inside stays bit for bit, and each group is judged on its own")
    func inside() {
        let tensor = Tensor([2, 3], [0.1, -0.3, 0.6, 3, -4, 0.1])
        let found = tensor.proximalPoint(L1Ball(.rows, radius: 1), scale: 7)
        #expect(found == [0.1, -0.3, 0.6, 0, -1, 0])
        #expect(found.allSatisfy { $0 != 0 || $0.sign == .plus }, "\(found)")
        #expect(
            tensor.proximalPoint(L1Ball(.rows, radius: 9), stepSizes: [1, 2, 3, 0, 5, 6]) == tensor.values)
    }

    @Test("Numbers far larger than the radius keep its precision")
    func cancellation() {
        #expect(Tensor(vector: 1e30, -1e30, 1).proximalPoint(L1Ball(radius: 1), scale: 1) == [0.5, -0.5, 0])
        #expect(
            Tensor(vector: 0x3p100, -0x1p100, 1).proximalPoint(L1Ball(radius: 1), stepSizes: [3, 1, 1])
                == [0.75, -0.25, 0])
    }

    @Test("Where a group has to move, a scale of 0 counts as small, and equal ones as equal")
    func zeroScales() {
        let tensor = Tensor(vector: 10, -15)
        #expect(tensor.proximalPoint(L1Ball(radius: 20), stepSizes: [0, 1]) == [10, -10])
        #expect(tensor.proximalPoint(L1Ball(radius: 4), stepSizes: [0, 1]) == [4, 0])
        #expect(tensor.proximalPoint(L1Ball(radius: 20), stepSizes: [0, 0]) == [7.5, -12.5])
    }

    @Test("The value is 0 inside, infinite outside and NaN at NaN")
    func value() {
        #expect(Tensor(vector: 1, -2).value(L1Ball(radius: 3)) == 0)
        #expect(Tensor(vector: 1, -2.0001).value(L1Ball(radius: 3)) == .infinity)
        #expect(Tensor([2, 2], [1, -1, 5, 0]).value(L1Ball(.rows, radius: 3)) == .infinity)
        #expect(Tensor(vector: 1, .nan).value(L1Ball(radius: 3)).isNaN)
    }
}
