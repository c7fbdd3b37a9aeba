import Regularization
import Testing

@Suite("SGD")
struct SGDTests {
    @Test("The metric is the step size at rest, η(1 − τ)/(1 − β)")
    func metric() {
        #expect(SGD(learningRate: 0.5).metric.stepSize == 0.5)
        #expect(SGD(learningRate: 0.5, dampening: 0.5).metric.stepSize == 0.5)
        #expect(SGD(learningRate: 0.5, momentum: 0.75).metric.stepSize == 2)
        #expect(SGD(learningRate: 0.5, momentum: 0.75, nesterov: true).metric.stepSize == 2)
        #expect(SGD(learningRate: 0.5, momentum: 0.75, dampening: 0.75).metric.stepSize == 0.5)
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
            #expect(abs(parameters["weight"][0] + optimizer.metric.stepSize) < 1e-6)
        }
    }

    @Test("Nesterov's variant without momentum traps")
    func invalid() async {
        await #expect(processExitsWith: .failure) { _ = SGD(learningRate: 1, nesterov: true) }
    }
}
