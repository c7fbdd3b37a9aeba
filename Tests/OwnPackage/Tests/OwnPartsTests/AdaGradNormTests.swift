import OwnParts
import Regularization
import RegularizationLaws
import Testing

struct AdaGradNormTests {
    @Test func obeysEveryLaw() {
        let violations = OptimizerLaws.violations(of: AdaGradNorm(learningRate: 0.1))
        #expect(violations.isEmpty, "\(violations.first!)")
    }

    /// The first step has the length η; the second is η·g₂/√(‖g₁‖² + ‖g₂‖²).
    @Test func dividesByTheNormOfAllGradients() {
        var parameters = Parameters([("weight", [1, 2], [1, 2]), ("bias", [1], [1])])
        var optimizer = AdaGradNorm(learningRate: 0.1)
        let steps: [(gradient: [Float], weights: [Float])] = [
            ([3, -4], [0.94, 2.08]), ([0, 12], [0.94, 2.08 - 1.2 / 13]),
        ]
        for step in steps {
            var gradients = Gradients(like: parameters)
            gradients["weight"] = step.gradient
            optimizer.update(&parameters, along: &gradients)
            for (found, expected) in zip(parameters["weight"], step.weights) {
                #expect(abs(found - expected) < 1e-6)
            }
            #expect(parameters["bias"] == [1])
        }
        #expect(optimizer.state["squares"] == [169, 169, 0])
    }

    /// The step size η/5 of the tensor makes thresholds of 0.01 and 0.09 at strength ½.
    @Test func isTheMetricOfProximalSteps() throws {
        var parameters = Parameters([("weight", [1, 2], [0.064, -0.2])])
        var optimizer = try AdaGradNorm(learningRate: 0.1).regularized(
            by: [.proximalStep(TiltedL1(rise: 1, fall: 9), strength: 0.5)], over: parameters)
        var gradients = Gradients(like: parameters)
        gradients["weight"] = [3, -4]
        optimizer.update(&parameters, along: &gradients)
        #expect(parameters["weight"][0] == 0, "0.064 − 0.06 is below 0.01")
        #expect(abs(parameters["weight"][1] + 0.03) < 1e-6)
    }
}
