import Regularization
import Testing

@Suite("Gradients")
struct GradientsTests {
    @Test("Zero in the layout of the parameters, changed by view or name, and set to zero again")
    func lifecycle() {
        let parameters = Parameters([("a", [2], [1, 2]), ("b", [1], [3])])
        var gradients = Gradients(like: parameters)
        #expect(gradients.layout === parameters.layout)
        #expect(gradients["a"] == [0, 0])
        var gradient = gradients.mutableWeights(1)
        gradient[0] = 7
        gradients["a"] = [5, 6]
        #expect(gradients.elements.indices.map { gradients.elements[$0] } == [5, 6, 7])
        #expect(gradients.weights(0)[1] == 6)
        gradients.setToZero()
        #expect(gradients["a"] == [0, 0])
        #expect(gradients["b"] == [0])
    }
}
