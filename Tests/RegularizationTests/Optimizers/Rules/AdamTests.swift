import Regularization
import Testing

@Suite("Adam")
struct AdamTests {
    @Test("The step sizes are η/(√v̂ + ε) of the last update, for a range of the layout")
    func stepSizes() {
        var optimizer = Adam(learningRate: 0.25, beta2: 0.75, epsilon: 0.5)
        var parameters = Parameters([("a", [1], [0]), ("b", [2], [0, 0])])
        for values in [[1, 2, 0], [3, -2, 0]] as [[Float]] {
            var gradients = Gradients(like: parameters, values)
            optimizer.update(&parameters, along: &gradients)
        }
        var sizes: [Float] = [0, 0]
        var span = sizes.mutableSpan
        optimizer.writeStepSizes(of: 1..<3, to: &span)
        expectClose(sizes, [0.25 / 2.5, 0.5], ofInput: [1])
        var first: [Float] = [0]
        span = first.mutableSpan
        optimizer.writeStepSizes(of: 0..<1, to: &span)
        let mean = (0.75 * 0.25 * 1 + 0.25 * 9) / (1 - 0.75 * 0.75)
        expectClose(first, [0.25 / (mean.squareRoot() + 0.5)], ofInput: [1])
    }
}
