import Regularization
import Testing

@Suite("Multiple")
struct MultipleTests {
    @Test("A constraint times 0 is none: its value is 0 where it is broken, as a plan's at strength 0")
    func constraintTimesZero() throws {
        let ball = L2Ball(.rows, radius: 1)
        #expect(Tensor([1, 2], [3, 4]).value(ball) == .infinity)
        #expect(Tensor([1, 2], [3, 4]).value(0 * ball) == 0)
        let parameters = Parameters([("weight", [1, 2], [3, 4])])
        for penalty in [
            Penalty.proximalStep(ball, strength: 0),
            .proximalStep(ball).multiplyingStrength(by: .byName(["weight": 0])),
        ] {
            let plan = try PenaltyPlan([penalty], over: parameters)
            #expect(plan.value(at: parameters) == 0)
            #expect(plan.contributions(at: parameters)[0].weightedValue == 0)
        }
    }

    private let tensor = Tensor(vector: 3, -4)

    @Test("Value, gradient and both proximal points of c·R")
    func multiple() {
        let multiple = 0.5 * GroupLasso(.whole, weighting: .none)
        #expect(tensor.value(multiple) == 2.5)
        expectClose(tensor.gradient(multiple, scale: 2), [0.6, -0.8], ofInput: [1])
        expectClose(tensor.proximalPoint(multiple, scale: 2), [2.4, -3.2], ofInput: [4])
        expectClose(tensor.proximalPoint(multiple, stepSizes: [2, 2]), [2.4, -3.2], ofInput: [4])
    }

    @Test("It can be written in three ways, and nests")
    func spelling() {
        for multiple in [0.25 * L1(), L1() * 0.25, L1().multiplied(by: 0.25)] {
            #expect(tensor.proximalPoint(multiple, scale: 2) == [2.5, -3.5], "multiple \(multiple)")
            #expect(multiple.name == "0.25·L1", "multiple \(multiple)")
        }
        #expect(tensor.proximalPoint(4 * (0.25 * L1()), scale: 1) == [2, -3])
        #expect((4 * (0.25 * SquaredL2())).structure == .ridge(1))
    }

    @Test(
        "A multiple so small that it is 0 in Float32 is the identity", arguments: [0, 1e-300, 1e-50, 1e-42])
    func vanishing(factor: Double) {
        #expect(tensor.value(factor * L1()) <= 1e-41)
        #expect(tensor.proximalPoint(factor * L1(), scale: 1) == tensor.values)
        for ridge in [0, 1] as [Float] {
            let found = tensor.proximalPoint(
                factor * GroupLasso(.whole), stepSizes: [1, 2], factor: 1, ridge: ridge)
            #expect(found == tensor.values, "ridge \(ridge)")
            #expect(
                tensor.proximalPoint(factor * L1(), stepSizes: [1, 2], factor: 1, ridge: ridge)
                    == tensor.values, "ridge \(ridge)")
        }
    }

    @Test("A negative factor traps")
    func negative() async {
        await #expect(processExitsWith: .failure) { _ = -1 * L1() }
        await #expect(processExitsWith: .failure) { _ = Double.nan * L1() }
    }

    @Test("It passes on what its base states")
    func passedOn() throws {
        #expect((2 * (L1() + Unstated())).refusal != nil)
        #expect((2 * L1()).properties == L1().properties)
        #expect((2 * GroupLasso(.rows)).structure == .radial(.rows))
        #expect(throws: ShapeError.self) { try (2 * GroupLasso(.rows)).check([3]) }
    }
}
