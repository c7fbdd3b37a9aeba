import Regularization
import Testing

@Suite("Parameters")
struct ParametersTests {
    private var parameters: Parameters {
        Parameters([("a", [2, 2], [1, 2, 3, 4]), ("b", [1], [5])])
    }

    @Test("One buffer, read whole, by tensor and by name")
    func reading() {
        let parameters = parameters
        #expect(parameters.count == 5)
        #expect(parameters.elements.indices.map { parameters.elements[$0] } == [1, 2, 3, 4, 5])
        #expect(parameters["a"] == [1, 2, 3, 4])
        let weights = parameters.weights(0)
        #expect(weights[row: 1, column: 0] == 3)
        #expect(weights.row(1)[1] == 4)
        #expect(parameters.weights(1)[0] == 5)
    }

    @Test("A change through a view or by name changes the tensor, not its neighbors")
    func writing() {
        var parameters = parameters
        var weights = parameters.mutableWeights(0)
        weights[row: 1, column: 0] = 30
        parameters["b"] = [50]
        #expect(parameters["a"] == [1, 2, 30, 4])
        #expect(parameters["b"] == [50])
        var elements = parameters.mutableElements
        elements[0] = 10
        #expect(parameters["a"] == [10, 2, 30, 4])
    }

    @Test("A copy is independent")
    func copies() {
        let original = parameters
        var copy = original
        copy["b"] = [6]
        #expect(original["b"] == [5])
        #expect(copy.layout === original.layout)
        #expect(Parameters(zeros: original.layout)["a"] == [0, 0, 0, 0])
    }

    @Test("Values that do not fill the shape trap, as does a name that there is not")
    func mismatches() async {
        await #expect(processExitsWith: .failure) { _ = Parameters([("a", [2, 2], [1])]) }
        await #expect(processExitsWith: .failure) { _ = Parameters([("a", [1], [1])])["b"] }
        await #expect(processExitsWith: .failure) {
            var parameters = Parameters([("a", [1], [1])])
            parameters["a"] = [1, 2]
        }
    }
}
