import OwnParts
import Regularization
import Testing

struct AdaGradTests {
    /// The first step moves every weight by η against its gradient's sign; the second by η·g₂/√(g₁² + g₂²).
    @Test func dividesByTheRootOfAllSquares() {
        var parameters = Parameters([("weight", [1, 2], [1, 1])])
        var optimizer = AdaGrad(learningRate: 0.1)
        let steps: [(gradient: [Float], weights: [Float])] = [
            ([3, -5], [0.9, 1.1]), ([4, 12], [0.82, 1.1 - 1.2 / 13]),
        ]
        for step in steps {
            var gradients = Gradients(like: parameters)
            gradients["weight"] = step.gradient
            optimizer.update(&parameters, along: &gradients)
            for (found, expected) in zip(parameters["weight"], step.weights) {
                #expect(abs(found - expected) < 1e-6)
            }
        }
    }

    /// Step sizes η/√s of 0.1, 0.01 and 0.2 make thresholds of 0.05, 0.005 and 0.1 at strength ½.
    @Test func isTheMetricOfProximalSteps() throws {
        var parameters = Parameters([("weight", [1, 3], [0.14, 0.14, 0.3])])
        var optimizer = try AdaGrad(learningRate: 0.1).regularized(
            by: [.proximalStep(TiltedL1(rise: 1, fall: 9), strength: 0.5)], over: parameters)
        var gradients = Gradients(like: parameters)
        gradients["weight"] = [1, 10, 0.5]
        optimizer.update(&parameters, along: &gradients)
        let moved = parameters["weight"]
        #expect(moved[0] == 0, "0.14 − 0.1 is below 0.05")
        #expect(abs(moved[1] - 0.035) < 1e-6)
        #expect(abs(moved[2] - 0.1) < 1e-6)
    }
}
