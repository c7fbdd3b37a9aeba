import Regularization
import Testing

@Suite("OptimizerState")
struct OptimizerStateTests {
    private func update(_ optimizer: inout some Optimizer, _ parameters: inout Parameters, _ times: Int) {
        for _ in 0..<times {
            let values = parameters.values.enumerated().map { $1 * Float($0 % 3) }
            var gradients = Gradients(like: parameters, values)
            optimizer.update(&parameters, along: &gradients)
        }
    }

    @Test("Buffers are listed, read and written by name, and go on to the same bits in a new optimizer")
    func goesOn() throws {
        let penalties: [Penalty] = [
            .lossTerm(L1(), strength: .linear(from: 0, to: 1, over: 4)), .decay(0.1),
            .proximalStep(L1(), strength: .linear(from: 0, to: 0.1, over: 5)),
        ]
        func check(_ make: () -> some UpdateRule) throws {
            var whole = try make().regularized(by: penalties, over: network)
            var expected = network
            update(&whole, &expected, 3)
            let (names, half) = (whole.state.names, expected)
            let buffers = names.map { whole.state[$0] }
            let updates = whole.state.updates
            update(&whole, &expected, 3)

            var rest = try make().regularized(by: penalties, over: network)
            for (name, buffer) in zip(names, buffers) { rest.state[name] = buffer }
            rest.state.updates = updates
            var found = half
            update(&rest, &found, 3)
            #expect(found.values == expected.values)
            #expect(rest.state.updates == 6)
            for name in names { #expect(rest.state[name] == whole.state[name]) }
        }
        try check { SGD(learningRate: 0.1, momentum: 0.9, dampening: 0.5) }
        try check { Adam(amsGrad: .ofSquares) }
        try check { RMSprop(centered: true, momentum: 0.5) }
        try check { Adagrad(learningRateDecay: 0.1, initialSum: 0.5) }
        try check { Adam().clipped(byNorm: 0.5) }
    }

    @Test("Buffers are empty before the first update, and start at the number that the rule says")
    func start() {
        var (parameters, adagrad) = (network, Adagrad(initialSum: 2))
        #expect(adagrad.state.count == 0)
        #expect(adagrad.state["sum"].isEmpty)
        var gradients = Gradients(like: network)
        adagrad.update(&parameters, along: &gradients)
        #expect(adagrad.state["sum"] == Array(repeating: 2, count: network.count))
        #expect(adagrad.state.names == ["sum"])
    }

    @Test("Many weights: buffers do not overlap", arguments: [1023, 1024, 5000])
    func large(count: Int) {
        var state = OptimizerState(["a", "b"])
        state["a"] = (0..<count).map { Float($0) }
        state["b"] = (0..<count).map { -Float($0) }
        #expect(state["a"] == (0..<count).map { Float($0) })
        #expect(state.count == count)
    }

    @Test("Parameters without an element have updates too, and those of whole tensors are counted")
    func withoutElements() {
        var (parameters, optimizer) = (Parameters([("a", [0, 3], [])]), DiagonalSteps(sizes: []))
        var (gradients, adam) = (Gradients(like: parameters), Adam())
        optimizer.update(&parameters, along: &gradients)
        adam.update(&parameters, along: &gradients)
        #expect(optimizer.state.updates == 1 && adam.state.updates == 1)
    }

    @Test("A wrong name, a wrong count, one name twice and an optimizer that does not count trap")
    func traps() async {
        await #expect(processExitsWith: .failure) { _ = OptimizerState("mean")["means"] }
        await #expect(processExitsWith: .failure) { _ = OptimizerState("mean", "mean") }
        await #expect(processExitsWith: .failure) {
            var state = OptimizerState("a", "b")
            state["a"] = [1, 2]
            state["b"] = [1]
        }
        await #expect(processExitsWith: .failure) {
            var state = OptimizerState("a", "b")
            state["a"] = [1, 2]
            state.updates = 1
            _ = state.piece(1..<3)
        }
        await #expect(processExitsWith: .failure) {
            var state = OptimizerState("a")
            state.updates = -1
        }
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            struct Standing: Optimizer {
                var learningRate: Float = 1
                var state = OptimizerState()
                var metric: ScalarMetric { ScalarMetric(learningRate) }
                mutating func update(_ parameters: inout Parameters, along gradients: inout Gradients) {}
            }
            var (parameters, gradients) = (network, Gradients(like: network))
            var optimizer = try Standing().regularized(by: [.lossTerm(L1())], over: network)
            optimizer.update(&parameters, along: &gradients)
        }
        let output = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(output.contains("Standing made an update that its state did not count"))
    }
}
