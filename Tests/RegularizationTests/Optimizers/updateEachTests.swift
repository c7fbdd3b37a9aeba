import Regularization
import Testing

@Suite("updateEach")
struct UpdateEachTests {
    @Test("It passes every weight with its gradient")
    func weights() {
        var parameters = network
        updateEach(&parameters, along: Gradients(like: network, network.values)) { weight, gradient in
            weight -= gradient
        }
        #expect(parameters.values.allSatisfy { $0 == 0 }, "\(parameters.values)")
    }
}
