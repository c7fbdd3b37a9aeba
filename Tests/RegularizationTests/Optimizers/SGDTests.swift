import Regularization
import Testing

@Suite("SGD")
struct SGDTests {
    @Test("50 updates are PyTorch's: plain, with momentum, dampening, Nesterov")
    func updates() throws {
        try expectUpdates(of: SGD(learningRate: 0.0625), "sgd")
        try expectUpdates(of: SGD(learningRate: 0.0625, momentum: 0.9), "sgd momentum")
        try expectUpdates(
            of: SGD(learningRate: 0.0625, momentum: 0.9, dampening: 0.5), "sgd momentum dampening")
        try expectUpdates(of: SGD(learningRate: 0.0625, momentum: 0.9, nesterov: true), "sgd nesterov")
    }

    @Test("The metric is the step size at rest, η(1 − τ)/(1 − β)")
    func metric() {
        #expect(SGD(learningRate: 0.5).metric == .scalar(0.5))
        #expect(SGD(learningRate: 0.5, dampening: 0.5).metric == .scalar(0.5))
        #expect(SGD(learningRate: 0.5, momentum: 0.75).metric == .scalar(2))
        #expect(SGD(learningRate: 0.5, momentum: 0.75, nesterov: true).metric == .scalar(2))
        #expect(SGD(learningRate: 0.5, momentum: 0.75, dampening: 0.75).metric == .scalar(0.5))
    }

    @Test("The published step size is the one it moves by when the gradient does not change")
    func rest() {
        for var optimizer in [
            SGD(learningRate: 0.5, momentum: 0.75), SGD(learningRate: 0.5, momentum: 0.75, dampening: 0.5),
            SGD(learningRate: 0.5, momentum: 0.75, nesterov: true),
        ] {
            var parameters = Parameters([("weight", [1], [0])])
            for _ in 0..<100 {
                parameters["weight"] = [0]
                var gradients = Gradients(like: parameters, [1])
                optimizer.update(&parameters, along: &gradients)
            }
            guard case .scalar(let size) = optimizer.metric else { continue }
            #expect(abs(parameters["weight"][0] + size) < 1e-6)
        }
    }

    @Test("Momentum out of range and Nesterov without it trap")
    func invalid() async {
        await #expect(processExitsWith: .failure) { _ = SGD(learningRate: 1, momentum: 1) }
        await #expect(processExitsWith: .failure) { _ = SGD(learningRate: 1, nesterov: true) }
    }
}
