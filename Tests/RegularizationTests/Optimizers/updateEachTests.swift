import Regularization
import Testing

@Suite("updateEach")
struct UpdateEachTests {
    private let start = Parameters([("first", [2], [1, -2]), ("second", [1], [3])])

    @Test("Every weight is updated from its own gradient and states, which begin at zero")
    func states() {
        let gradients = Gradients(like: start, [1, 2, 3])
        var parameters = start
        updateEach(&parameters, along: gradients) { weight, gradient in weight -= gradient }
        #expect(parameters.values == [0, -4, 0])

        var velocity: [Float] = []
        for _ in 0..<2 {
            updateEach(&parameters, along: gradients, &velocity) { weight, gradient, velocity in
                velocity = 0.5 * velocity + gradient
                weight -= velocity
            }
        }
        #expect(velocity == [1.5, 3, 4.5])
        #expect(parameters.values == [-2.5, -9, -7.5])

        var (sum, count): ([Float], [Float]) = ([], [])
        updateEach(&parameters, along: gradients, &sum, &count) { weight, gradient, sum, count in
            sum += gradient
            count += 1
            weight = sum / count
        }
        #expect(parameters.values == [1, 2, 3])
        #expect(sum == [1, 2, 3] && count == [1, 1, 1])
    }

    @Test("A state of another model stops")
    func otherModel() async {
        await #expect(processExitsWith: .failure) {
            var parameters = Parameters([("weight", [2], [1, -2])])
            var state: [Float] = [0, 0, 0]
            updateEach(&parameters, along: Gradients(like: parameters), &state) { _, _, _ in }
        }
    }
}
