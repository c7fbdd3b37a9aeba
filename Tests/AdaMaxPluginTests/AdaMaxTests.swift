import AdaMaxPlugin
import Regularization
import RegularizationLaws
import Testing

struct AdaMaxTests {
    static let optimizers = [
        AdaMax(), AdaMax(learningRate: 0.1, beta1: 0, beta2: 0),
        AdaMax(beta1: 0.5, beta2: 0.9, epsilon: 0.01),
    ]

    @Test(arguments: optimizers.indices)
    func obeysEveryLaw(index: Int) {
        let violations = OptimizerLaws.violations(of: Self.optimizers[index])
        #expect(violations.isEmpty, "\(violations.first!)")
        #expect(OptimizerLaws.violations(of: Self.optimizers[index].clipped(byNorm: 1)).isEmpty)
    }

    /// η = 0.1, β₁ = ½, β₂ = ¾, and an ε too small to see.
    @Test("Two updates by hand")
    func byHand() {
        var parameters = Parameters([("weight", [3], [1, 1, 1])])
        var optimizer = AdaMax(learningRate: 0.1, beta1: 0.5, beta2: 0.75, epsilon: 1e-20)
        // m = g/2, divided by ½, and u = |g|: every weight moves by the learning rate.
        update(&optimizer, &parameters, along: [4, -0.5, 0])
        expectClose(parameters["weight"], [0.9, 1.1, 1])
        #expect(optimizer.state["largest"] == [4, 0.5, 1e-20])
        // m = g₁/4 + g₂/2 = 1.5, 0.375, 1, divided by ¾; u = max(¾u, |g₂|) = 3, 1, 2.
        update(&optimizer, &parameters, along: [1, 1, 2])
        #expect(optimizer.state["mean"] == [1.5, 0.375, 1])
        #expect(optimizer.state["largest"] == [3, 1, 2])
        expectClose(
            parameters["weight"], [0.9 - 0.1 * 2 / 3, 1.1 - 0.1 * 0.5, 1 - 0.1 * 4 / 3 / 2])
    }

    @Test("ε is added to the gradient before the maximum is taken, as PyTorch does")
    func epsilon() {
        var parameters = Parameters([("weight", [2], [1, 1])])
        var optimizer = AdaMax(learningRate: 0.1, beta1: 0, beta2: 0.5, epsilon: 0.25)
        update(&optimizer, &parameters, along: [0.75, 0])
        expectClose(parameters["weight"], [1 - 0.075, 1])
        update(&optimizer, &parameters, along: [0, 0.25])
        #expect(optimizer.state["largest"] == [0.5, 0.5])
    }

    @Test("Many updates are those of the formula in double precision")
    func formula() {
        var generator = SeededGenerator(seed: 1)
        let gradients = (1...50).map { _ in (0..<8).map { _ in 2 * generator.nextUnitFloat() - 1 } }
        var parameters = Parameters([("weight", [8], Array(repeating: 1, count: 8))])
        var optimizer = AdaMax(learningRate: 0.01)
        var weights = [Double](repeating: 1, count: 8)
        var means = weights.map { _ in 0.0 }
        var (largest, power) = (means, 1.0)
        for gradient in gradients {
            update(&optimizer, &parameters, along: gradient)
            power *= 0.9
            for (index, derivative) in gradient.enumerated() {
                means[index] = 0.9 * means[index] + 0.1 * Double(derivative)
                largest[index] = max(0.999 * largest[index], Double(abs(derivative)) + 1e-8)
                weights[index] -= 0.01 / (1 - power) * means[index] / largest[index]
            }
        }
        for (found, expected) in zip(parameters["weight"], weights) {
            #expect(abs(Double(found) - expected) < 1e-5)
        }
    }

    @Test("A proximal step zeroes what is below strength · η/u")
    func zeros() throws {
        var parameters = Parameters([("layer.weight", [1, 3], [0.14, 0.14, 0.3])])
        var gradients = Gradients(like: parameters)
        gradients["layer.weight"] = [1, 10, 0.5]
        // snippet: use
        var optimizer = try AdaMax(learningRate: 0.1).regularized(
            by: [.proximalStep(L1(), strength: 0.5)], over: parameters)
        optimizer.update(&parameters, along: &gradients)
        // end snippet
        // Every weight moves by 0.1; the step sizes are 0.1, 0.01 and 0.2, the thresholds 0.05, 0.005 and 0.1.
        #expect(parameters["layer.weight"][0] == 0)
        expectClose(parameters["layer.weight"], [0, 0.035, 0.1])
    }

    @Test("Parameters that make no sense are refused")
    func parameters() async {
        await #expect(processExitsWith: .failure) { _ = AdaMax(beta1: 1) }
        await #expect(processExitsWith: .failure) { _ = AdaMax(beta2: -0.1) }
        await #expect(processExitsWith: .failure) { _ = AdaMax(epsilon: 0) }
    }

    private func update(_ optimizer: inout AdaMax, _ parameters: inout Parameters, along numbers: [Float]) {
        var gradients = Gradients(like: parameters)
        gradients["weight"] = numbers
        optimizer.update(&parameters, along: &gradients)
    }

    private func expectClose(_ found: [Float], _ expected: [Float]) {
        #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-6 }, "\(found)")
    }
}
