import Regularization
import Testing

@Suite("RMSprop")
struct RMSpropTests {
    @Test("The step sizes are η/(√v + ε)")
    func stepSizes() {
        var optimizer = RMSprop(learningRate: 0.25, decay: 0.75, epsilon: 0.5)
        var parameters = Parameters([("weight", [2], [0, 0])])
        var gradients = Gradients(like: parameters, [4, 0])
        optimizer.update(&parameters, along: &gradients)
        var sizes: [Float] = [0, 0]
        var span = sizes.mutableSpan
        optimizer.writeStepSizes(of: 0..<2, to: &span)
        #expect(sizes == [0.25 / 2.5, 0.5])
    }
}
