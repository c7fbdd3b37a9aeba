import Regularization
import Testing

struct OptimizerNonfiniteTests {
    private static let start = Parameters([("a.weight", [2, 2], [1, 2, 3, 4]), ("b.weight", [2], [5, 6])])

    private func gradients(_ values: [Float] = [1, 1, 1, 1, 1, 1]) -> Gradients {
        Gradients(like: Self.start, values)
    }

    @Test func whatIsFiniteHasNone() throws {
        let penalties: [Penalty] = [
            .lossTerm(L1(), strength: 1), .decay(0.1), .proximalStep(GroupLasso(.whole), strength: 0.1),
        ]
        let optimizer = try Adam().regularized(by: penalties, over: Self.start)
        #expect(optimizer.firstNonfinite(updating: Self.start, along: gradients()) == nil)
        #expect(optimizer.state.updates == 0, "the update is made on a copy")
    }

    @Test func parametersComeFirst() {
        var parameters = Self.start
        parameters["b.weight"] = [0, .infinity]
        #expect(
            SGD(learningRate: 1).firstNonfinite(
                updating: parameters, along: gradients([0, .nan, 0, 0, 0, 0]))
                == NonfiniteNumber(.parameter("b.weight"), value: .infinity))
    }

    @Test func thenGradients() {
        let found = SGD(learningRate: 1).firstNonfinite(
            updating: Self.start, along: gradients([0, 0, 0, 0, .nan, 0]))
        #expect(found == NonfiniteNumber(.gradient(of: "b.weight"), value: .nan))
    }

    /// The gradients of two may be finite, and their sum not.
    @Test func thenTheLossTermsOneByOne() throws {
        let large = [
            Penalty.lossTerm(SquaredL2(), strength: 2e38, on: .named("b.weight"), label: "one"),
            .lossTerm(SquaredL2(), strength: 1e38, on: .named("b.weight"), label: "two"),
        ]
        func found(_ penalties: [Penalty]) throws -> NonfiniteNumber? {
            try SGD(learningRate: 1e-30).regularized(by: penalties, over: Self.start).firstNonfinite(
                updating: Self.start, along: gradients())
        }
        #expect(try found([large[0]])?.origin == .penaltyGradient("one", of: "b.weight"))
        #expect(try found([large[1]])?.origin == .penaltyGradient("two", of: "b.weight"))
        let half = Penalty.lossTerm(SquaredL2(), strength: 0.5e38, on: .named("b.weight"), label: "half")
        #expect(try found([half]) == nil)
        let two = Penalty.lossTerm(SquaredL2(), strength: 0.2e38, on: .named("b.weight"), label: "two")
        #expect(try found([half, two])?.origin == .penaltyGradient("two", of: "b.weight"))
    }

    @Test func thenTheUpdateAlone() throws {
        let optimizer = try SGD(learningRate: 3e38).regularized(
            by: [.proximalStep(L1(), strength: 1)], over: Self.start)
        let found = optimizer.firstNonfinite(updating: Self.start, along: gradients([0, 0, 0, -2, 0, 0]))
        #expect(found == NonfiniteNumber(.update(of: "a.weight"), value: .infinity))
    }

    @Test func thenTheBuffers() throws {
        let optimizer = try Adam().regularized(by: [.lossTerm(L1(), strength: 1)], over: Self.start)
        let found = optimizer.firstNonfinite(updating: Self.start, along: gradients([0, 0, 0, 0, 0, 1e22]))
        #expect(found == NonfiniteNumber(.buffer("square", of: "b.weight"), value: .infinity))
    }

    /// Of the two penalties on a tensor neither can be told from the other.
    @Test func thenDecaysAndProximalSteps() throws {
        let optimizer = try SGD(learningRate: 1).regularized(
            by: [
                .proximalStep(L1(), strength: 1, on: .named("b.weight"), label: "elsewhere"),
                .decay(3e38, on: .named("a.weight")),
                .proximalStep(L1(), strength: 1, on: .named("a.weight"), label: "L1"),
            ], over: Self.start)
        let found = optimizer.firstNonfinite(updating: Self.start, along: gradients())
        guard case .proximalStep(let labels, "a.weight") = found?.origin else {
            Issue.record("\(String(describing: found))")
            return
        }
        #expect(labels.count == 2)
        #expect(labels.contains("L1"))
    }

    @Test("The state says whether all is finite, on several threads too", arguments: [6, 700_000])
    func state(count: Int) throws {
        let values = Array(repeating: Float(1), count: count)
        func isFinite(_ optimizer: some Optimizer, _ gradient: Float, at index: Int) -> Bool? {
            var (optimizer, parameters) = (optimizer, Parameters([("a.weight", [count], values)]))
            var gradients = Gradients(like: parameters)
            var elements = gradients.mutableElements
            elements[index] = gradient
            optimizer.update(&parameters, along: &gradients)
            return optimizer.state.isFinite
        }
        let parameters = Parameters([("a.weight", [count], values)])
        for index in [0, count / 2, count - 1] {
            for gradient in [Float.nan, .infinity, 1e22] {
                #expect(isFinite(Adam(), gradient, at: index) == false)
                #expect(isFinite(Adam().clipped(byNorm: 1), gradient, at: index) == (gradient == 1e22))
                let penalized = try Adam().regularized(
                    by: [.proximalStep(L1(), strength: 1)], over: parameters)
                #expect(isFinite(penalized, gradient, at: index) == false)
            }
            #expect(isFinite(Adam(), 1, at: index) == true)
        }
    }

    @Test func whatIsNotKnown() {
        var state = OptimizerState("mean")
        #expect(state.isFinite == nil)
        var (parameters, gradients) = (Self.start, gradients())
        state.update(&parameters, along: &gradients) { _ in }
        #expect(state.isFinite == true)
        state.updates += 1
        #expect(state.isFinite == nil)
    }

    /// The whole view is moved after all pieces.
    @Test func aProximalStepOnAWholeView() throws {
        struct Breaking: ProximalRegularizer {
            func check(_ shape: Shape) {}
            func value(at weights: Weights) -> Double { 0 }
            func applyProx(to weights: inout MutableWeights, scale: Float) { weights[3] = .nan }
        }
        var optimizer = try SGD(learningRate: 1).regularized(
            by: [.proximalStep(Breaking(), strength: 1, on: .named("a.weight"), label: "mine")],
            over: Self.start)
        let found = optimizer.firstNonfinite(updating: Self.start, along: gradients())
        #expect(found == NonfiniteNumber(.proximalStep(["mine"], of: "a.weight"), value: .nan))
        var (parameters, gradients) = (Self.start, gradients())
        optimizer.update(&parameters, along: &gradients)
        #expect(optimizer.state.isFinite == false)
    }
}
