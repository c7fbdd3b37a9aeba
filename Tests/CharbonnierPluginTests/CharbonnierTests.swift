import CharbonnierPlugin
import Regularization
import RegularizationLaws
import Testing

struct CharbonnierTests {
    @Test(arguments: [Float(1e-3), 1e-2, 1, 30])
    func obeysEveryLaw(width: Float) {
        #expect(RegularizerLaws.violations(of: Charbonnier(width: width)).isEmpty)
    }

    @Test func isTheAbsoluteValueFarFromZero() {
        let regularizer = Charbonnier(width: 1e-3)
        #expect(abs(regularizer.value(at: Float(-5)) - 4.999) < 1e-6)
        #expect(abs(regularizer.derivative(at: -5) + 1) < 1e-6)
        #expect(regularizer.derivative(at: 1e30) == 1)
    }

    @Test func keepsItsDigitsNearZero() {
        // w²/(2c) to first order; √(w² + c²) − c computed naively is 0 here.
        #expect(abs(Charbonnier(width: 1).value(at: Float(1e-10)) / 0.5e-20 - 1) < 1e-6)
    }

    @Test func makesWeightsSmallAsALossTerm() throws {
        var parameters = Parameters([("layer.weight", [1, 2], [0.5, -0.2])])
        // snippet: use
        var optimizer = try SGD(learningRate: 0.1).regularized(
            by: [.lossTerm(Charbonnier(width: 0.01), strength: 0.1)], over: parameters)
        // end snippet
        for _ in 0..<100 {
            var gradients = Gradients(like: parameters)
            optimizer.update(&parameters, along: &gradients)
        }
        #expect(parameters["layer.weight"].allSatisfy { abs($0) < 1e-2 })
    }
}
