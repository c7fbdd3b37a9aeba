import Regularization
import Testing

/// An optimizer that takes no penalties along: they come before and after its update, which is what the
/// protocol does for those that say nothing else.
private struct OneAfterTheOther<Base: Optimizer>: Optimizer {
    var base: Base

    var learningRate: Float {
        get { base.learningRate }
        set { base.learningRate = newValue }
    }

    var metric: Base.MetricType { base.metric }

    var state: OptimizerState {
        get { base.state }
        set { base.state = newValue }
    }

    mutating func update(_ parameters: inout Parameters, along gradients: inout Gradients) {
        base.update(&parameters, along: &gradients)
    }

    func writeStepSizes(of range: Range<Int>, to sizes: inout MutableSpan<Float>) {
        base.writeStepSizes(of: range, to: &sizes)
    }
}

/// Penalties that ride along with an update do what they do around it, to the bit.
struct UpdateLoopTests {
    /// Elementwise, groupwise and neither; in both stages and metrics; a schedule; more than a piece of weights.
    static let penalties: [[Penalty]] = [
        [],
        [.lossTerm(L1(), strength: 0.1)],
        [.lossTerm(Unstated(), strength: 0.1), .lossTerm(GroupLasso(.rows), strength: 0.3)],
        [.lossTerm(Orthogonality(), strength: 0.01), .lossTerm(L1() + SquaredL2(), strength: 0.1, on: .all)],
        [.proximalStep(L1(), strength: 0.2)],
        [.proximalStep(L1(), strength: 0.2, metric: .euclidean)],
        [
            .proximalStep(
                Unstated() + 0.5 * SquaredL2(), strength: .linear(from: 0, to: 0.4, over: 3), on: .all)
        ],
        [
            .decay(0.3),
            .proximalStep(L1() + GroupLasso(.columns), strength: 0.05),
        ],
        [.proximalStep(GroupLasso(.rows), strength: 0.3, on: .named("first.weight"))],
    ]

    @Test(arguments: penalties.indices)
    func sameBits(index: Int) throws {
        try expectSameBits(Adam(learningRate: 0.01), Self.penalties[index])
        try expectSameBits(RMSprop(learningRate: 0.01), Self.penalties[index])
        try expectSameBits(SGD(learningRate: 0.1), Self.penalties[index])
        try expectSameBits(SGD(learningRate: 0.1, momentum: 0.5, nesterov: true), Self.penalties[index])
        try expectSameBits(Adam(amsGrad: .ofSquares).clipped(byNorm: 1), Self.penalties[index])
        try expectSameBits(RMSprop(centered: true, momentum: 0.5), Self.penalties[index])
        try expectSameBits(Adagrad(), Self.penalties[index])
    }

    @Test("A mean gradient that no weight feels any more is zero")
    func adamForgets() {
        var parameters = Parameters([("weight", [1], [0])])
        var adam = Adam(learningRate: 1)
        var gradients = Gradients(like: parameters, [1e-36])
        adam.update(&parameters, along: &gradients)
        #expect(parameters["weight"] == [0])
    }

    @Test("The state of one model does not fit another")
    func otherModel() async {
        await #expect(processExitsWith: .failure) {
            var (first, second) = (Parameters([("a", [2], [1, 2])]), Parameters([("a", [3], [1, 2, 3])]))
            var adam = Adam()
            var gradients = Gradients(like: first)
            adam.update(&first, along: &gradients)
            gradients = Gradients(like: second)
            adam.update(&second, along: &gradients)
        }
    }

    @Test("Square roots of many numbers are those of each", arguments: [0, 1, 15, 33])
    func squareRoots(count: Int) {
        let numbers = (0..<count).map { Float($0 * $0) * 0.37 }
        var roots = numbers
        var span = roots.mutableSpan
        takeSquareRoots(of: &span)
        #expect(roots == numbers.map { $0.squareRoot() })
    }

    private func expectSameBits(_ optimizer: some Optimizer, _ penalties: [Penalty]) throws {
        let start = Parameters([
            ("first.weight", [70, 60], Self.uniform(4200, seed: 1)),
            ("first.bias", [70], Self.uniform(70, seed: 2)),
            ("second.weight", [130, 70], Self.uniform(9100, seed: 3)),
        ])
        var together = try optimizer.regularized(by: penalties, over: start)
        var apart = try OneAfterTheOther(base: optimizer).regularized(by: penalties, over: start)
        var (first, second) = (start, start)
        for step in 0..<4 {
            let slopes = Self.uniform(start.count, seed: UInt64(10 + step))
            var gradients = Gradients(like: start)
            var elements = gradients.mutableElements
            for index in elements.indices { elements[index] = slopes[index] }
            var others = gradients
            together.update(&first, along: &gradients)
            apart.update(&second, along: &others)
        }
        #expect(Self.bits(first) == Self.bits(second))
        #expect(Self.bits(first) != Self.bits(start))
    }

    private static func bits(_ parameters: Parameters) -> [UInt32] {
        parameters.elements.indices.map { parameters.elements[$0].bitPattern }
    }

    private static func uniform(_ count: Int, seed: UInt64) -> [Float] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in 2 * generator.nextUnitFloat() - 1 }
    }
}
